from . import dining_open_store, dining_open_store_floor
