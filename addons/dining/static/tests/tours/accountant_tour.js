import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dining_accountant", {
    steps: () => [
        { content: "the accountant lands on the days", trigger: ".o_breadcrumb:contains('Register Sessions')" },
        { trigger: ".o_data_row:contains('Closed') .o_data_cell[name=name]", run: "click" },
        { trigger: "button[name=action_dining_open_entry]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=line_ids] .o_data_row:contains('100.50')" },
        { trigger: "[data-menu-xmlid='dining.dining_menu_books']", run: "click" },
        { trigger: "[data-menu-xmlid='dining.dining_menu_clearing']", run: "click" },
        { trigger: ".o_breadcrumb:contains('WeChat Clearing Account')" },
        { trigger: ".o_list_view .o_data_row:contains('100.50')" },
        { content: "no new order, store or dish for the accountant", trigger: "body:not(:has([data-menu-xmlid='dining.dining_menu_stores']))" },
    ],
});
