from . import fallback, v1
