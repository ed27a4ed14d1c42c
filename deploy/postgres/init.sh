#!/bin/sh
# First start of the database container: the roles and the database of the platform.
set -eu
psql --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname postgres \
  --set database=rcp \
  --set owner_password="$(cat /run/secrets/owner_password)" \
  --set runtime_password="$(cat /run/secrets/runtime_password)" \
  --file /etc/platform/roles.sql
