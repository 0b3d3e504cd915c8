from . import dining_void
