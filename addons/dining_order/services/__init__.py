"""Plain classes beside the models: what phones do, in few SQL statements.

Everything here runs as superuser, because diners are no Odoo users: each query
names the store and the session that the caller's token opens, and nothing
else is reachable.
"""
