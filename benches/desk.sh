#!/usr/bin/env bash
# benches/desk.sh [TEXT…]
#
# From key to page at the desk, in Chromium, for the sample, for the texts named, and for a book of about a thousand
# speeches; beside it `typst watch` on the exported project of the same text, from a changed character to its
# `compiled` line. Needs the tools of tests/run.sh and target/release/jianbao as it is shipped (optimised).

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/tests/tools/env.sh"
tools=$JIANBAO_TEST_TOOLS
program=${JIANBAO:-${CARGO_TARGET_DIR:-$root/target}/release/jianbao}
node=$(command -v node || printf '%s' "$tools/venv/bin/node")
work=$(mktemp -d "$tools/node/bench.XXXXXX")
pids=()
cleanup() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT
cp "$root/benches/desk.mjs" "$work"
mkdir "$work/desk"

cp "$root/examples/sample.md" "$work/desk/sample.md"
for text in "$@"; do cp "$text" "$work/desk/$(basename "$text")"; done
# The sample's speeches again and again, each a little different.
python3 - "$root/examples/sample.md" "$work/desk/thousand.md" <<'PY'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
head, *speeches = re.split(r"(?m)^(?=### )", text)
out = [head]
n = 0
while n < 1000:
    for speech in speeches:
        n += 1
        out.append(speech.replace("。", f"（{n}）。", 1))
open(sys.argv[2], "w", encoding="utf-8").write("".join(out))
PY

"$program" serve "$work/desk" --lang en >"$work/address" &
pids+=($!)
for _ in $(seq 50); do [ -s "$work/address" ] && break || sleep 0.1; done
url=$(head -1 "$work/address")
for file in "$work"/desk/*.md; do
    name=$(basename "$file")
    keys=20
    [ "$name" != thousand.md ] || keys=6
    printf 'desk  %s  ' "$name"
    "$node" "$work/desk.mjs" "$url" "$name" "$keys"
    # The next file begins where a new user does.
done

for file in "$work"/desk/*.md; do
    name=$(basename "$file" .md)
    "$program" export-typst "$file" -o "$work/typst-$name" -q
    data=$work/typst-$name/data.json
    "$JIANBAO_TYPST" watch --ignore-system-fonts --font-path "$root/fonts" "$work/typst-$name/main.typ" \
        "$work/$name.pdf" >"$work/log" 2>&1 &
    pid=$!
    pids+=("$pid")
    python3 - "$data" "$work/log" "$name" <<'PY'
import re, sys, time
data, log, name = sys.argv[1:]
def compiled():
    return len(re.findall(r"compiled (?:successfully|with)", open(log, encoding="utf-8", errors="replace").read()))
def wait(n):
    end = time.time() + 300
    while compiled() <= n:
        if time.time() > end: raise SystemExit("typst watch says nothing")
        time.sleep(0.005)
wait(0)
times = []
for k in range(6):
    text = open(data, encoding="utf-8").read()
    at = text.rindex("。")
    new = text[:at] + "好" + text[at:]
    n, begun = compiled(), time.time()
    open(data, "w", encoding="utf-8").write(new)
    wait(n)
    times.append(round((time.time() - begun) * 1000))
    time.sleep(0.5)
print("typst watch ", name, sorted(times)[len(times) // 2], times)
PY
    kill "$pid"
done
