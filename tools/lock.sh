#!/bin/sh
# Writes requirements.txt and requirements-dev.txt anew from pyproject.toml, for every Python from
# 3.11 on, with hashes. Given arguments are for uv, for instance --upgrade.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
lock() {
  .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-annotate --custom-compile-command "make lock" pyproject.toml "$@"
}
lock --output-file requirements.txt "$@"
lock --output-file requirements-dev.txt --constraint requirements.txt --group dev "$@"
