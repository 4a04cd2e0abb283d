#!/usr/bin/env bash
# pandoc.sh ARGUMENTS…
#
# Pandoc of the virtual environment, as an independent reader of EPUB and DOCX:
# `pandoc.sh -t plain --wrap=none book.epub`.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 1 "ARGUMENTS…"
pandoc=$(python -c 'import os, pypandoc; print(os.path.join(os.path.dirname(pypandoc.__file__), "files", "pandoc"))')
[ -x "$pandoc" ] || die "pandoc is not in the virtual environment"
exec "$pandoc" "$@"
