import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const printers = (method, args) =>
    rpc(`/web/dataset/call_kw/dining.printer/${method}`, { model: "dining.printer", method, args, kwargs: {} });

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
        { trigger: ".modal .o_field_widget[name=reason] input", run: "edit Torn paper" },
        { trigger: ".modal button[name=action_print]", run: "click" },
        { trigger: ".o_field_widget[name=job_ids] .o_data_row:contains('Torn paper'):contains('tour-manager')" },
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

registry.category("web_tour.tours").add("dining_kitchen_printers_now", {
    steps: () => [
        { trigger: ".o_kanban_record:contains('Wok') .dining_health_ok" },
        {
            content: "A test page from the card; the page counts it by itself",
            trigger: ".o_kanban_record:contains('Wok') button[name=action_print_test]",
            run: "click",
        },
        { trigger: ".o_notification:contains('Test page queued')" },
        { trigger: ".o_kanban_record:contains('Wok') .dining_waiting:contains('1')" },
        {
            content: "Another test page, queued from somewhere else, is counted by itself",
            trigger: ".o_kanban_record:contains('Bar') .dining_waiting:contains('0')",
            run: async () => {
                const ids = await printers("search", [[["name", "=", "Bar"]]]);
                await printers("action_print_test", [ids]);
            },
        },
        { trigger: ".o_kanban_record:contains('Bar') .dining_waiting:contains('1')" },
        { trigger: ".o_kanban_record:contains('Wok') button[name=action_view_jobs]", run: "click" },
        { trigger: ".o_data_row .o_data_cell[name=state]:contains('Queued')" },
    ],
});

registry.category("web_tour.tours").add("dining_kitchen_times", {
    steps: () => [
        { trigger: ".o_pivot table th:contains('Wok')" },
        { trigger: ".o_pivot table td.o_pivot_cell_value:contains('14.0')" },
        { trigger: ".o_switch_view.o_graph", run: "click" },
        { trigger: ".o_graph_canvas_container canvas" },
        { trigger: ".o_switch_view.o_list", run: "click" },
        { trigger: ".o_data_row .o_data_cell[name=kitchen_minutes]:contains('14.0')" },
    ],
});
