import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dining_kitchen_printer", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=name]:contains('Wok')", run: "click" },
        { trigger: "button[name=action_print_test]", run: "click" },
        { trigger: ".o_notification:contains('Test page queued')" },
        { trigger: "button[name=action_view_jobs]:contains('1')", run: "click" },
        { trigger: ".o_data_row .o_data_cell[name=state]:contains('Queued')" },
    ],
});

registry.category("web_tour.tours").add("dining_kitchen_ticket", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=table_name]:contains('B12')", run: "click" },
        { trigger: ".dining_paper .dining_inverse" },
        { trigger: "button[name=action_reprint]", run: "click" },
        { trigger: ".modal button.btn-primary", run: "click" },
        { trigger: ".o_field_widget[name=job_ids] .o_data_row:nth-child(2)" },
    ],
});

registry.category("web_tour.tours").add("dining_kitchen_station", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".alert:contains('come out at the pass')" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Cold dishes" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible" },
    ],
});

registry.category("web_tour.tours").add("dining_kitchen_job", {
    steps: () => [
        { trigger: ".o_data_row:contains('Failed') button[name=action_retry]", run: "click" },
        { trigger: ".o_data_row:contains('Queued')" },
    ],
});

const OPEN_VOID = [
    { trigger: ".o_form_view button:contains('Take off or hurry')", run: "click" },
    { trigger: ".modal .o_field_widget[name=line_id] input", run: "edit chicken" },
    { trigger: ".o-autocomplete--dropdown-item:contains('Steam-pot chicken')", run: "click" },
];

registry.category("web_tour.tours").add("dining_kitchen_void", {
    steps: () => [
        ...OPEN_VOID,
        { trigger: ".modal .o_field_widget[name=portions] input:value(2)" },
        { trigger: ".modal .o_field_widget[name=portions] input", run: "edit 1" },
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit Sold out" },
        { trigger: ".modal button[name=action_void]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_field_widget[name=lines] .o_data_row:contains('Steam-pot chicken')" },
        ...OPEN_VOID,
        { trigger: ".modal .o_field_widget[name=portions] input:value(1)" },
        { trigger: ".modal button[name=action_rush]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_form_view" },
    ],
});
