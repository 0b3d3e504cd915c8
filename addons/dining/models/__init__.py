from . import (
    account_account,
    account_tax,
    dining_demo,
    pos_config,
    pos_order,
    pos_session,
    restaurant_floor,
    restaurant_table,
)
