# Sourced by the wrappers in this folder: where the tools are, and how to complain.
#
# The tools are in $JIANBAO_TEST_TOOLS, by default the `tools` folder of the target folder;
# tests/run.sh puts them there.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=${JIANBAO_TEST_TOOLS:-${CARGO_TARGET_DIR:-$root/target}/tools}

# die SENTENCE: exit 2, "could not be checked", which is not the same as "checked and bad" (1).
die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 2
}

# usage COUNT WANTED WORDS: dies unless COUNT arguments are WANTED.
usage() {
    [ "$1" -ge "$2" ] || die "usage: $(basename "$0") $3"
}

# readable FILE: dies unless it is a file that can be read and is not empty.
readable() {
    [ -f "$1" ] && [ -r "$1" ] || die "$1: no such file, or it cannot be read"
    [ -s "$1" ] || die "$1: the file is empty"
}

# have PROGRAM SENTENCE
have() {
    command -v "$1" >/dev/null || die "$1 is missing: run tests/run.sh once, it installs it"
}

# The Python of the virtual environment.
python() {
    [ -x "$tools/venv/bin/python" ] || die "$tools/venv is missing: run tests/run.sh once, it makes it"
    "$tools/venv/bin/python" -I "$@"
}

# node_program: prints the path of the Node.js to use.
node_program() {
    if [ -x "$tools/venv/bin/node" ]; then
        printf '%s\n' "$tools/venv/bin/node"
    else
        command -v node || die "node is missing: run tests/run.sh once, it installs it"
    fi
}

# chromium_program: prints the path of Chromium.
chromium_program() {
    local name
    for name in "${JIANBAO_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name"; then
            return
        fi
    done
    die "chromium is missing: run tests/run.sh once, it installs it"
}

# limited SECONDS COMMAND…: kills the command when it takes longer, and says so.
limited() {
    local seconds=$1 status=0
    shift
    timeout --kill-after=10 "$seconds" "$@" || status=$?
    [ "$status" -ne 124 ] && [ "$status" -ne 137 ] || die "gave up after $seconds s: $*"
    return "$status"
}
