#!/usr/bin/env bash
# benches/check.sh [SOURCE.md [JIANBAO]]
#
# Time and memory of `jianbao check` on a source (default: the tests' clean prose), on its speeches repeated
# to 10 MB with other numbers, and of `jianbao --version`, which is what starting costs.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=${1:-$here/../tests/fixtures/clean.md}
jianbao=${2:-$here/../target/release/jianbao}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 - "$source" "$folder/10mb.md" <<'PY'
import re
import sys

text = open(sys.argv[1], encoding="utf-8").read()
start = text.index("### ")
out, size, k = [text[:start]], 0, 0
while size < 10_000_000:
    k += 1
    out.append(re.sub(r"\d+", lambda m: str((int(m.group()) * 7 + k * 13) % 10 ** len(m.group())), text[start:]) + "\n\n")
    size += len(out[-1].encode())
open(sys.argv[2], "w", encoding="utf-8").write("".join(out))
PY

python3 "$here/measure.py" 20 "$jianbao --version" "$jianbao check $source"
python3 "$here/measure.py" 5 "$jianbao check $folder/10mb.md"
