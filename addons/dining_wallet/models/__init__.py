from . import (
    dining_member,
    dining_wallet,
    dining_wallet_entry,
    dining_wallet_hold,
    dining_wallet_lot,
    dining_wallet_pin,
    ir_actions_report,
    res_company,
    res_config_settings,
)
