from . import table_codes
