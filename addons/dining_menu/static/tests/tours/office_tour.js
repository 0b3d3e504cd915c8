import { registry } from "@web/core/registry";

const SAVE = [
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible" },
];

registry.category("web_tour.tours").add("dining_menu_dish", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Pu')" },
        { trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Baked rice cake" },
        { trigger: ".o_field_widget[name=list_price] input", run: "edit 9.5" },
        { trigger: ".o_field_widget[name=pos_categ_ids] input", run: "edit Drinks" },
        { trigger: ".ui-menu-item a:contains('Drinks')", run: "click" },
        { trigger: ".o_field_widget[name=dining_allergen_ids] input", run: "edit Pea" },
        { trigger: ".ui-menu-item a:contains('Peanuts')", run: "click" },
        { trigger: ".o_field_widget[name=attribute_line_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".o_selected_row .o_field_widget[name=attribute_id] input", run: "edit Extras" },
        { trigger: ".ui-menu-item a:contains('Extras')", run: "click" },
        { trigger: ".o_selected_row .o_tag:contains('Egg')" },
        { trigger: ".o_selected_row .o_field_widget[name=dining_max] input", run: "edit 2" },
        ...SAVE,
        { trigger: ".o_field_widget[name=dining_option_ids] .o_data_row:contains('Egg') td[name=price_extra]", run: "click" },
        { trigger: ".o_selected_row .o_field_widget[name=price_extra] input", run: "edit 3.5" },
        { trigger: ".nav-link:contains('Sale Hours')", run: "click" },
        { trigger: ".o_field_widget[name=dining_hours_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".o_selected_row .o_field_widget[name=start] input", run: "edit 06:30" },
        ...SAVE,
        { trigger: "button[name=action_dining_sell_out]", run: "click" },
        { trigger: ".ribbon:contains('Sold out')" },
    ],
});

registry.category("web_tour.tours").add("dining_menu_sold_out", {
    steps: () => [
        { trigger: ".o_data_row:contains('Pu') td[name=sold_out] input", run: "click" },
        { trigger: ".o_data_row:contains('Pu') td[name=state]:contains('Sold out')" },
        { trigger: ".o_data_row:contains('noodles') td[name=limited] input", run: "click" },
        { trigger: ".o_data_row:contains('noodles') td[name=remaining]", run: "click" },
        { trigger: ".o_selected_row td[name=remaining] input", run: "edit 7 && press Enter" },
        { trigger: ".o_data_row:contains('noodles') td[name=state]:contains('Limited')" },
    ],
});

registry.category("web_tour.tours").add("dining_menu_allergen", {
    steps: () => [
        { trigger: ".o_data_row:contains('Peanuts')" },
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Lupin" },
        { trigger: ".o_field_widget[name=code] input", run: "edit lupin" },
        { trigger: ".o_field_widget[name=dish_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".modal .o_data_row:contains('Pu') td[name=name]", run: "click" },
        { trigger: ".o_field_widget[name=dish_ids] .o_data_row:contains('Pu')" },
        ...SAVE,
    ],
});
