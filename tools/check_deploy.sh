#!/bin/sh
# Collects the static files and checks the settings as on a real host, in a folder of its own.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export VAR_DIR="$folder" SITE_URL=https://www.example.org DEBUG=false
export EMAIL_URL=smtp+tls://user:password@mail.example.org
SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')
SUPPRESSION_KEY=$SECRET_KEY
export SECRET_KEY SUPPRESSION_KEY
set -x
.venv/bin/python manage.py collectstatic --noinput --verbosity 0
.venv/bin/python manage.py check --deploy --fail-level WARNING
