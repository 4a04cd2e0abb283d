#!/usr/bin/env bash
# pages.sh FILE.docx OUTDIR [DPI]
#
# Opens a document with LibreOffice and leaves OUTDIR/<stem>.pdf and one picture a page,
# OUTDIR/<stem>-N.png (60 dpi unless told), N padded to one width. Prints `pages: N`. Each run has a
# profile of its own, so several may run at once; the crate's fonts stand in for an office's
# (fonts.conf). Exit 1 when LibreOffice cannot open the file.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
usage $# 2 "FILE.docx OUTDIR [DPI]"
readable "$1"
have soffice
have pdftoppm
have pdfinfo
file=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
stem=$(basename "${file%.*}")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -f "$out/$stem.pdf" "$out/$stem"-*.png
# soffice exits 0 even when it could not load the file; the PDF decides.
log=$(FONTCONFIG_FILE=$here/fonts.conf limited 240 soffice "-env:UserInstallation=file://$scratch/profile" --headless --norestore \
    --convert-to pdf --outdir "$scratch/out" "$file" 2>&1) || true
[ -s "$scratch/out/$stem.pdf" ] || {
    printf '%s\n' "$log" >&2
    printf 'pages.sh: LibreOffice could not open %s\n' "$1" >&2
    exit 1
}
mv "$scratch/out/$stem.pdf" "$out/$stem.pdf"
pdftoppm -r "${3:-60}" -png "$out/$stem.pdf" "$out/$stem"
printf 'pages: %s\n' "$(pdfinfo "$out/$stem.pdf" | sed -n 's/^Pages: *//p')"
