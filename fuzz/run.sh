#!/usr/bin/env bash
# fuzz/run.sh [TARGET [SECONDS]]
#
# Fuzzes one target (markdown, text, html, docx, normalize, check), or all in turn, for so many
# seconds each (60). Stable Rust and a C++ compiler are all it needs. What breaks a law is kept in
# fuzz/found/TARGET/; new inputs that reach new code too, so that the next run begins there.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

targets=(markdown text html docx normalize check)
[ $# -eq 0 ] || targets=("$1")
seconds=${2:-60}
host=$(rustc -vV | sed -n 's/^host: //p')

# The counters that libFuzzer is guided by. `--target` keeps the flags from build scripts.
flags='-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing'
RUSTFLAGS=$flags cargo build --release --target "$host" --bins

for target in "${targets[@]}"; do
    echo "== $target"
    mkdir -p "found/$target/new" "corpus/$target"
    "target/$host/release/$target" "found/$target/new" "corpus/$target" \
        -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=16384 \
        -artifact_prefix="found/$target/" -print_final_stats=1 2>&1 |
        grep -E 'panicked|assertion|left:|right:|SUMMARY|ERROR|DONE|stat::|Test unit|^#[0-9]+.*INITED' || true
    if find "found/$target" -maxdepth 1 -type f | grep -q .; then
        echo "$target: an input breaks a law, see fuzz/found/$target/"
        exit 1
    fi
done
echo 'every law held'
