#!/bin/sh
# Installs Chromium for the browser tests where that needs no question: as root on Debian.
set -eu
cd "$(dirname "$0")/.."
[ "${CHROMIUM-}" ] || command -v chromium-headless-shell >/dev/null && exit
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0 # the tests will say what they left out
echo "Installing Chromium for the browser tests ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq --no-install-recommends chromium-headless-shell >/dev/null ||
  apt-get install -qq --no-install-recommends chromium >/dev/null ||
  echo "Chromium could not be installed; apt says why above." >&2
