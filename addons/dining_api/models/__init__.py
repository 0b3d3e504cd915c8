from . import dining_api_token, ir_http, pos_config
