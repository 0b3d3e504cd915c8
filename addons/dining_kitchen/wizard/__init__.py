from . import dining_reprint, dining_void
