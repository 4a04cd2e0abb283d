#!/usr/bin/env bash
# web.sh OUT
#
# Builds the desk's page of web/ into OUT, with the packages of its lock file, after its types were looked over.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 1 "OUT"
[ -d "$tools/web/node_modules/esbuild" ] || die "esbuild is missing: run tests/run.sh once, it installs it"
node=$(node_program)
out=$(realpath "$1")
scratch=$(mktemp -d "$tools/web/page.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cp -r "$root/web/src" "$root/web/build.mjs" "$root/web/tsconfig.json" "$root/web/package.json" "$scratch"
cd "$scratch"
limited 300 "$node" ../node_modules/typescript/bin/tsc --noEmit
limited 300 "$node" build.mjs "$out"
