from . import dining_open_store
