#!/usr/bin/env bash
# Sends the four examples to a running service, and prints the verdict on each.
#   examples/screen.sh [http://127.0.0.1:3000]
set -euo pipefail

service=${1:-http://127.0.0.1:3000}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The answer is one line of canonical JSON, in which a quote inside a text is always escaped: so this finds the key and nothing else.
verdict_in() { sed -nE 's/.*"verdict":"([a-z]+)".*/\1/p' <<<"$1"; }

for name in eligible review incomplete ineligible; do
  answer=$(curl --silent --show-error --fail-with-body \
    --header 'Content-Type: application/json' --data-binary "@$here/$name.json" "$service/screen") || {
    status=$?
    printf '%s\n' "$answer" >&2
    exit "$status"
  }
  printf '%-16s %s\n' "$name.json" "$(verdict_in "$answer")"
done
