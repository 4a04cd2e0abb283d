#!/usr/bin/env bash
# ace.sh FILE.epub OUTDIR
#
# DAISY Ace, the accessibility checker for EPUB. The report is left in OUTDIR. Prints each
# violation, then `ace: pass` or `ace: fail, N violations`. Exit 0 only when the report's
# earl:outcome is pass; 1 when it is not; 2 when the file could not be checked.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 2 "FILE.epub OUTDIR"
readable "$1"
epub=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
ace=$tools/node/node_modules/@daisy/ace/bin/ace-puppeteer.js
[ -f "$ace" ] || die "Ace is missing: run tests/run.sh once, it installs it"
node=$(node_program)
chromium=$(chromium_program)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -f "$out/report.json"
# Ace passes --no-sandbox itself, so root may run it. It gives Chromium five seconds to start, too
# few on a busy machine. Its log and Chromium's caches go to the scratch folder, so that several
# runs at once don't share them.
log=$(cd "$scratch" && HOME=$scratch XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache \
    XDG_DATA_HOME=$scratch/data XDG_STATE_HOME=$scratch/state \
    PUPPETEER_EXECUTABLE_PATH=$chromium ACE_TIMEOUT_INITIAL=90000 \
    limited 300 "$node" "$ace" --force --lang en --tempdir "$scratch/tmp" --outdir "$out" "$epub" 2>&1) || {
    printf '%s\n' "$log" >&2
    die "Ace did not finish on $1"
}
[ -s "$out/report.json" ] || {
    printf '%s\n' "$log" >&2
    die "Ace wrote no report on $1"
}

python - "$out/report.json" <<'PY'
import json, sys

report = json.load(open(sys.argv[1], encoding="utf-8"))
violations = 0
for document in report.get("assertions", []):
    name = document["earl:testSubject"]["url"]
    for found in document["assertions"]:
        if found["earl:result"]["earl:outcome"] == "pass":
            continue
        violations += 1
        test = found["earl:test"]
        what = " ".join(found["earl:result"]["dct:description"].split())
        where = (found["earl:result"].get("earl:pointer") or {}).get("cfi", [""])[0]
        print(f'{test["earl:impact"]} {test["dct:title"]} {name} {where} {what}')
outcome = report["earl:result"]["earl:outcome"]
version = report["earl:assertedBy"]["doap:release"]["doap:revision"]
if outcome == "pass" and violations == 0:
    print(f"ace {version}: pass")
else:
    print(f"ace {version}: {outcome}, {violations} violations")
    sys.exit(1)
PY
