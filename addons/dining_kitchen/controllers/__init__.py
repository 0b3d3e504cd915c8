from . import agent, display
