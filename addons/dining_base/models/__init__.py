from . import dining_store_mixin, ir_http, pos_config
