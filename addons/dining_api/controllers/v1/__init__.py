from . import auth, orders, payments, stores, tables
