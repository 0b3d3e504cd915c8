#!/bin/sh
# Starts Odoo, or whatever command is given, with the secrets in the process's environment:
# on a command line every program of the machine could read them.
set -eu

PGPASSWORD="$(cat "${PGPASSWORD_FILE:-/run/secrets/db_password}")"
export PGPASSWORD

# The database manager is switched off; should anybody switch it on, its password is nobody's.
ODOO_ADMIN_PASSWD="$(head -c 32 /dev/urandom | base64)"
export ODOO_ADMIN_PASSWD

# The official image's own script waits for PostgreSQL first.
exec /entrypoint.sh "$@"
