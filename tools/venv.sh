#!/bin/sh
# Makes .venv hold what a lock file says, and does nothing where it does already.
# Usage: tools/venv.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."
lock=$1
stamp=.venv/installed-$lock

fail() {
  echo "Newsroom: $*" >&2
  exit 1
}

find_python() {
  for python in ${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3}; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
  done
  fail "Python 3.11 or later is needed, and this machine has $(python3 -V 2>/dev/null || echo none):" \
    "install one (Debian: apt install python3 python3-venv), or name yours, as in" \
    "PYTHON=/path/to/python3.12 make run"
}

make_venv() {
  find_python
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "$("$python" -V) is here without its venv module: install it (Debian: apt install python3-venv)."
  room=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$room" -ge 700 ] ||
    fail "the disk is full: $room MB are free here, and the packages need 700; free some space."
  echo "Making .venv with $("$python" -V) ..."
  rm -rf .venv
  "$python" -m venv .venv || fail ".venv could not be made; Python says why above."
}

umask 022 # started by root, the database runs as another account and must read its programs
[ "$(.venv/bin/python -c 'print(1)' 2>/dev/null)" ] || make_venv
cmp -s "$lock" "$stamp" && exit
echo "Installing what $lock names; this happens once and takes about a minute ..."
.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade
.venv/bin/python -m pip install --disable-pip-version-check --no-input --only-binary :all: \
  --require-hashes --requirement "$lock" ||
  fail "the packages were not installed; pip says why above (mostly the network or a full disk)."
# requirements-dev.txt holds all of requirements.txt too.
[ "$lock" = requirements.txt ] || cp requirements.txt .venv/installed-requirements.txt
cp "$lock" "$stamp"
