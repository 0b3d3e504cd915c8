from . import account_tax, dining_demo, pos_config, restaurant_floor, restaurant_table
