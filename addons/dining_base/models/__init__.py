from . import dining_store_mixin, pos_config
