#!/bin/sh
# For the image of PostgreSQL, when the database is new: the role as which the site uses it. Its rights
# it gets from manage.py migrate.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set password="$NEWSROOM_PASSWORD" <<'SQL'
CREATE ROLE newsroom LOGIN PASSWORD :'password';
SQL
