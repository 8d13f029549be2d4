#!/bin/sh
# Installs Varnish and nginx for the tests of deploy/ where that needs no question: as root on Debian.
set -eu
missing() { ! PATH="$PATH:/usr/sbin" command -v "$1" >/dev/null; }
missing nginx || missing varnishd || exit 0
[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 0 # the tests will say what they left out
echo "Installing Varnish and nginx for the tests of deploy/ ..."
export DEBIAN_FRONTEND=noninteractive
export RUNLEVEL=1 # so that neither is started as a service
apt-get update -qq
apt-get install -qq --no-install-recommends nginx varnish varnish-modules \
  libnginx-mod-http-brotli-static >/dev/null ||
  echo "They could not be installed; apt says why above." >&2
