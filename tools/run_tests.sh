#!/bin/sh
# Run the tests (`make test`): tools/run_tests.sh BIN [PYTEST ARGUMENTS]
#
# Finds or installs the browser first. Without one the browser tests skip, and the closing lines say so; under CI=true
# that is a failure, for nobody reads the closing lines there.
set -u
cd "$(dirname "$0")/.." || exit 1
bin=$1
shift

reasons=$(mktemp)
trap 'rm -f "$reasons"' EXIT
if KG_CHROMIUM=$(tools/install_browser.sh 2>"$reasons"); then
  export KG_CHROMIUM
else
  KG_CHROMIUM=
fi

"$bin/python" -m pytest "$@" </dev/null
status=$?

if [ -z "$KG_CHROMIUM" ]; then
  {
    echo
    echo "!!! NOT RUN: the tests that open the explorer in a real browser (tests/test_viewer.py)."
    sed 's/^/!!! /' "$reasons"
  } >&2
  if [ "${CI:-}" = true ]; then
    echo "!!! With CI=true that is a failure." >&2
    [ "$status" -ne 0 ] || status=1
  fi
fi
exit "$status"
