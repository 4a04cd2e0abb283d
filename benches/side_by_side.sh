#!/usr/bin/env bash
# benches/side_by_side.sh RUNS 'COMMAND' 'OTHER COMMAND'
#
# Runs two commands in turn, so that what else the machine does meets both alike, and prints the least,
# the median and the most of their seconds, their processor seconds and their megabytes. Outputs are thrown
# away. Two builds:      benches/side_by_side.sh 20 'old/jianbao check a.md' 'new/jianbao check a.md'
# Another program:       benches/side_by_side.sh 20 'jianbao build a.md -f epub -o o' 'pandoc a.md -o a.epub'

set -euo pipefail
[ $# -eq 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
exec python3 "$(dirname "${BASH_SOURCE[0]}")/measure.py" "$@"
