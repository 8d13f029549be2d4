#!/bin/sh
# Makes var/npm/NAME hold what tools/npm/NAME/package-lock.json names, where there is npm.
# Usage: tools/npm.sh tests
# The locks name versions and hashes but no registry: npm install --package-lock-only \
#   --omit-lockfile-registry-resolved
set -eu
cd "$(dirname "$0")/.."
lock=tools/npm/$1/package-lock.json folder=var/npm/$1
cmp -s "$lock" "$folder/installed.json" && exit
command -v npm >/dev/null || exit 0 # the tests will say what they left out
echo "Installing what $lock names ..."
mkdir -p "$folder"
cp "tools/npm/$1/package.json" "$lock" "$folder"
if npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent; then
  cp "$lock" "$folder/installed.json"
else
  echo "It could not be installed; npm says why above." >&2
fi
