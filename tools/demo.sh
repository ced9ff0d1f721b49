#!/bin/sh
# The main job on the book in ledgers/: how it stands, what settled what, the aging, and one customer's statement.
# `make demo` sets up first. Everything is printed as on a terminal of 100 columns; nothing is written.
set -eu
cd "$(dirname "$0")/.."
custledger=.venv/bin/custledger
as_of=${AS_OF:-2026-03-31}
customer=${CUSTOMER:-}
COLUMNS=${COLUMNS:-100}
export COLUMNS

show() {
    printf '\n\033[1m$ custledger'
    printf ' %s' "$@"
    printf '\033[0m\n'
    "$custledger" --book ledgers "$@"
}
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || show() {
    printf '\n$ custledger'
    printf ' %s' "$@"
    printf '\n'
    "$custledger" --book ledgers "$@"
}

show --as-of "$as_of"
show reconcile --as-of "$as_of"
show aging --as-of "$as_of"
show statement ${customer:-blueocean} --as-of "$as_of" --period 2026Q1
