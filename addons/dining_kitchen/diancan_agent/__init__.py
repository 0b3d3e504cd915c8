"""Prints a restaurant's kitchen tickets: the engine of Odoo's print worker, and the agent in the shop's network.

Needs the standard library, python-escpos and requests; nothing of Odoo. `python -m diancan_agent` is the agent.
"""

VERSION = "1.0"
