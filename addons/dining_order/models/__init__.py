from . import (
    dining_allergen,
    dining_cart_entry,
    dining_round,
    dining_table_guest,
    dining_table_session,
    pos_config,
    pos_order,
    pos_order_line,
    pos_session,
    restaurant_floor,
    restaurant_order_course,
    restaurant_table,
)
