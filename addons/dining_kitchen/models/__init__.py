from . import (
    dining_dish_event,
    dining_print_agent,
    dining_print_job,
    dining_printer,
    dining_printer_alarm,
    dining_round,
    dining_station,
    dining_ticket,
    pos_config,
    pos_order,
    pos_order_line,
)
