#!/usr/bin/env bash
# Screens NDJSON, an intake a line, against a running service: prints the number of the line, the subject and the verdict, or why it was refused.
#   examples/batch.sh [patients.ndjson] [http://127.0.0.1:3000]
# It ends with 1 where a line was refused, and stops where the service cannot be reached.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=${1:-$here/patients.ndjson}
service=${2:-http://127.0.0.1:3000}

# A text in one line of JSON, in which a quote inside a text is always escaped: so this finds the key and nothing else.
text_of() { sed -nE "s/.*\"$1\":\"(([^\"\\\\]|\\\\.)*)\".*/\1/p" <<<"$2"; }

refused=0
line=0
while IFS= read -r intake || [[ -n $intake ]]; do
  line=$((line + 1))
  [[ $intake =~ ^[[:space:]]*$ ]] && continue
  # The last line that curl prints is the status of the answer. What was sent comes from stdin, so that it is in no list of processes.
  reply=$(curl --silent --show-error --write-out '\n%{http_code}' \
    --header 'Content-Type: application/json' --data-binary @- "$service/screen" <<<"$intake")
  body=${reply%$'\n'*}
  status=${reply##*$'\n'}
  if [[ $status == 200 ]]; then
    printf '%3d  %-24s %s\n' "$line" "$(text_of subject "$body")" "$(text_of verdict "$body")"
  else
    printf '%3d  %-24s refused with %s: %s\n' "$line" "$(text_of subject "$intake")" "$status" "$(text_of title "$body")"
    refused=1
  fi
done <"$file"
exit "$refused"
