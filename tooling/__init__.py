"""The work behind ./manage: fetch, prepare, run, test, look after.

Only the standard library is imported here, because these modules run before
the virtual environment exists. A map of the package:

- console, locks, paths, shell: small helpers everything else uses
- debian, odoo_source, venv, browser, node: fetch what the machine lacks
- postgres, addons, templates, odoo: databases and Odoo processes
- services, supervisor: what ``./manage run`` starts and how it is watched
- suites, odoo_log: what ``./manage test`` runs and how a log is judged
- cmd_*: one module for each command
"""
