#!/usr/bin/env bash
# desk.sh URL FOLDER OUT TEXT
#
# A typist's day at an open desk, in Chromium (desk.mjs). Exit 0 when all of it went as it should.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 4 "URL FOLDER OUT TEXT"
readable "$4"
[ -d "$tools/node/node_modules/playwright-core" ] || die "playwright-core is missing: run tests/run.sh once, it installs it"
node=$(node_program)
JIANBAO_TEST_CHROMIUM=$(chromium_program)
export JIANBAO_TEST_CHROMIUM
# Chinese letters on the screen come from the crate's own fonts.
FONTCONFIG_FILE=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/fonts.conf
export FONTCONFIG_FILE
scratch=$(mktemp -d "$tools/node/desk.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
# A module finds its packages by its own place.
cp "$(dirname "${BASH_SOURCE[0]}")/desk.mjs" "$scratch"
limited 900 "$node" "$scratch/desk.mjs" "$1" "$2" "$3" "$4" "$tools/venv/bin/python"
