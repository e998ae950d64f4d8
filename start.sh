#!/bin/sh
# Find a Python (3.8 or newer suffices here) or uv, and leave the rest to start.py.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
PATH="$PATH:$HOME/.local/bin"

begin() {
  for python in python3 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then
      "$python" "$here/start.py" "$@"
      return
    fi
  done
  if command -v uv >/dev/null && uv run --no-project --python 3.12 python -c ''; then
    uv run --no-project --python 3.12 "$here/start.py" "$@"
    return
  fi
  cat "$here/ita_helpers/language/th/program/no_python.txt" >&2
  return 1
}

begin "$@"
status=$?
if [ "$status" -ne 0 ] && [ "$#" -eq 0 ] && [ -t 0 ]; then
  read -r _
fi
exit "$status"
