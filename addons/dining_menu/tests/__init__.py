from . import test_access
from . import test_builder
from . import test_dish
from . import test_register_parity
from . import test_stock
from . import test_version
