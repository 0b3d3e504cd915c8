from . import account_tax
from . import dining_demo
from . import pos_config
from . import restaurant_floor
from . import restaurant_table
