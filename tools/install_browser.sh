#!/bin/sh
# Print the path of a Chromium for the browser tests. Where there is none and apt can install Debian's, install it first
# (with a font that has Chinese characters, without which every picture is boxes). Exits 1, printing nothing on
# standard output, where there is none and none can be installed; the reason goes to standard error.
#
# A browser named in KG_CHROMIUM is taken as it is. KG_INSTALL_BROWSER=no only looks.
set -u

found() {
  if [ -n "${KG_CHROMIUM:-}" ]; then
    [ -x "$KG_CHROMIUM" ] && printf '%s\n' "$KG_CHROMIUM"
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  return 1
}

found && exit 0

if [ -n "${KG_CHROMIUM:-}" ]; then
  echo "KG_CHROMIUM=$KG_CHROMIUM cannot be executed." >&2
  exit 1
fi
if [ "${KG_INSTALL_BROWSER:-yes}" = no ]; then
  echo "No Chromium on this machine, and KG_INSTALL_BROWSER=no." >&2
  exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "No Chromium on this machine, and no apt-get to install one with. Install Chromium, or name one in KG_CHROMIUM." >&2
  exit 1
fi
# Ubuntu's package of that name only points to a snap, which neither works in a container nor for Playwright.
if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
  echo "No Chromium on this machine, and Ubuntu has it as a snap only. Install Chrome, or name a browser in KG_CHROMIUM." >&2
  exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }; then
    echo "No Chromium on this machine. Install it as root: apt-get install chromium fonts-wqy-zenhei" >&2
    exit 1
  fi
  as_root="sudo -n"
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing Debian's chromium for the browser tests (once) …" >&2
if ! { $as_root apt-get -q update && DEBIAN_FRONTEND=noninteractive $as_root apt-get -q -y install \
  --no-install-recommends chromium fonts-wqy-zenhei; } </dev/null >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "Debian's chromium could not be installed." >&2
  exit 1
fi
found
