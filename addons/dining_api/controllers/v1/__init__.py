from . import auth, member, orders, payments, stores, tables, topups, wallet
