# Sourced (bash): sets the variables the tests find their tools by. tests/run.sh sources it; for a
# single test by hand, `. tests/tools/env.sh` after tests/run.sh has run once.

TYPST_VERSION=0.15.1

_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export JIANBAO_TEST_TOOLS=${JIANBAO_TEST_TOOLS:-$(realpath -m "${CARGO_TARGET_DIR:-$_tests/../target}")/tools}

# Prints the path of a Chromium.
chromium_path() {
    local name
    for name in "${JIANBAO_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        [ -z "$name" ] || ! command -v "$name" || return 0
    done
    return 1
}

# Prints the path of a typst of the right version.
typst_path() {
    local program
    for program in "${JIANBAO_TYPST:-}" typst "$JIANBAO_TEST_TOOLS/typst/bin/typst"; do
        [ -n "$program" ] && program=$(command -v "$program") || continue
        case $("$program" --version 2>/dev/null) in
        "typst $TYPST_VERSION" | "typst $TYPST_VERSION "*)
            realpath "$program"
            return
            ;;
        esac
    done
    return 1
}

# Sets the variables; fails when a program is missing.
export_tools() {
    JIANBAO_TYPST=$(typst_path) &&
        JIANBAO_TEST_CHROMIUM=$(chromium_path) &&
        JIANBAO_TEST_SOFFICE=$(command -v soffice) &&
        JIANBAO_TEST_QPDF=$(command -v qpdf) &&
        JIANBAO_TEST_POPPLER=$(dirname "$(command -v pdftotext)") || return 1
    JIANBAO_TEST_PYTHON=$JIANBAO_TEST_TOOLS/venv/bin/python
    JIANBAO_TEST_EPUBCHECK=$_tests/tools/epubcheck.sh
    JIANBAO_TEST_ACE=$_tests/tools/ace.sh
    JIANBAO_TEST_OOXML=$_tests/tools/ooxml.sh
    JIANBAO_TEST_PAGES=$_tests/tools/pages.sh
    JIANBAO_TEST_PANDOC=$_tests/tools/pandoc.sh
    [ -x "$JIANBAO_TEST_PYTHON" ] || return 1
    export JIANBAO_TYPST JIANBAO_TEST_CHROMIUM JIANBAO_TEST_SOFFICE JIANBAO_TEST_QPDF JIANBAO_TEST_POPPLER \
        JIANBAO_TEST_PYTHON JIANBAO_TEST_EPUBCHECK JIANBAO_TEST_ACE JIANBAO_TEST_OOXML JIANBAO_TEST_PAGES \
        JIANBAO_TEST_PANDOC
}

export_tools || echo "tests/tools/env.sh: some tools are missing; tests/run.sh installs them" >&2
