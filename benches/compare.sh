#!/usr/bin/env bash
# benches/compare.sh [SOURCE.md]
#
# jianbao beside its peers, in turn and on one machine: three outputs of a source (default: the sample) and of
# 1,008 speeches beside one `typst compile` of the exported project with the same fonts; 60 sources in one run
# beside 60 such processes; three outputs beside pandoc's; starting, and `check`. Prints seconds and megabytes,
# and last the ratios.
#
# The programs: JIANBAO (default: target/release/jianbao), JIANBAO_TYPST (typst 0.15), PANDOC. A peer that is not
# there is left out, and that is said.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(realpath "${1:-$here/../examples/sample.md}")
jianbao=$(realpath "${JIANBAO:-$here/../target/release/jianbao}")
typst=${JIANBAO_TYPST:-typst}
pandoc=${PANDOC:-pandoc}
fonts=$here/../fonts
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

measure() { python3 "$here/measure.py" "$@"; }

ratios=()

# beside RUNS NAME COMMAND PEER: both in turn; the ratio is kept for the end.
beside() {
    local runs=$1 name=$2 told
    told=$(measure "$runs" "$3" "$4")
    printf '== %s\n%s\n\n' "$name" "$told"
    ratios+=("$(printf '%-44s %s' "$name" "${told##*: }")  memory $(awk '/memory/ { m[++n] = $5 } END { printf "%.2f", m[1] / m[2] }' <<<"$told")")
}

cp "$source" one.md
python3 - <<'PY'
import re

text = open("one.md", encoding="utf-8").read()
start = text.index("\n### ") + 1
head, body = text[:start], text[start:]
count = body.count("\n### ") + 1
other = lambda k: re.sub(r"\d+", lambda m: str((int(m.group()) * 7 + k * 13) % 10 ** len(m.group())), body)
open("many.md", "w", encoding="utf-8").write(head + "\n\n".join(other(k) for k in range(-(-1008 // count))))
for k in range(60):
    open(f"s{k:02}.md", "w", encoding="utf-8").write(head.replace("# ", f"# {k + 1}：", 1) + other(k))
PY
for name in one many; do "$jianbao" export-typst "$name.md" -o "$name-typst" -q; done
cat >peers.sh <<'SH'
for k in $(seq -w 0 59); do "$1" compile --font-path "$2" --font-path "p$k" "p$k/main.typ" "p$k.pdf"; done
SH
cat >pandoc.sh <<'SH'
"$1" one.md -o p.epub && "$1" one.md -o p.docx && "$1" one.md -o p.pdf --pdf-engine "$2" \
    --pdf-engine-opt=--font-path="$3" -V mainfont='Noto Serif SC'
SH

if [ -x "$(command -v "$typst")" ]; then
    compile() { echo "$typst compile --font-path $fonts --font-path $1-typst $1-typst/main.typ $1.pdf"; }
    beside 15 'three outputs / typst compile' "$jianbao build one.md -o out -q --force" "$(compile one)"
    beside 3 'three outputs of 1,008 speeches / typst' "$jianbao build many.md -o out -q --force" "$(compile many)"
    for k in $(seq -w 0 59); do "$jianbao" export-typst "s$k.md" -o "p$k" -q; done
    beside 3 '60 sources in one run / 60 typst processes' "$jianbao build $(echo s??.md) -o sixty -q --force" \
        "bash peers.sh $typst $fonts"
else
    echo "left out: $typst is not here"
fi
if [ -x "$(command -v "$pandoc")" ]; then
    beside 5 'three outputs / pandoc'"'"'s three' "$jianbao build one.md -o out -q --force" "bash pandoc.sh $pandoc $typst $fonts"
else
    echo "left out: $pandoc is not here"
fi
beside 20 'check / starting' "$jianbao check one.md" "$jianbao --version"
printf '%s\n' "${ratios[@]}"
