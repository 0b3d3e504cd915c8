import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dining_open_store", {
    steps: () => [
        { trigger: ".modal .o_field_widget[name=name] input", run: "edit 翠湖店" },
        { trigger: ".modal .o_field_widget[name=name_en] input", run: "edit Green Lake" },
        { trigger: ".modal .o_field_widget[name=seat_charge] input", run: "edit 3" },
        { trigger: ".modal .o_data_row td[name=count]", run: "click" },
        { trigger: ".modal .o_selected_row td[name=count] input", run: "edit 4" },
        { trigger: ".modal button[name=action_open]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=dining_name_en] input:value('Green Lake')" },
        { trigger: ".nav-link:contains('Floors and Tables')", run: "click" },
        { trigger: ".o_field_widget[name=floor_ids] .o_tag:contains('A4')" },
        { trigger: "button[name=action_dining_print_codes]", run: "click" },
        { trigger: ".modal:contains('No WeChat mini-program is set up')" },
    ],
});
