//! What an archive and a screen reader need is in the PDF: somebody else's library reads it.

use std::path::Path;

use serde_json::Value;

use crate::support::{build, built, fixture, program, python, sources};

/// Output intent, metadata, language and structure of a PDF, as pikepdf reads them.
fn read(pdf: &Path) -> Value {
    const SCRIPT: &str = r#"
import json, sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
root = pdf.Root
kinds, without_alt = {}, 0
def walk(node, depth=0):
    global without_alt
    if depth > 200: return
    if isinstance(node, pikepdf.Array):
        for kid in node: walk(kid, depth + 1)
    elif isinstance(node, pikepdf.Dictionary) and '/S' in node:
        kind = str(node['/S'])
        kinds[kind] = kinds.get(kind, 0) + 1
        if kind == '/Figure' and '/Alt' not in node: without_alt += 1
        if '/K' in node: walk(node['/K'], depth + 1)
walk(root.StructTreeRoot['/K'])
with pdf.open_metadata() as meta:
    xmp = {key: str(meta.get(key)) for key in ('pdfaid:part', 'pdfaid:conformance', 'pdfuaid:part', 'dc:title', 'dc:language')}
print(json.dumps({
    'intents': [str(i['/S']) for i in root.OutputIntents], 'profile': '/DestOutputProfile' in root.OutputIntents[0],
    'marked': bool(root.MarkInfo['/Marked']), 'lang': str(root.Lang), 'title_shown': bool(root.ViewerPreferences['/DisplayDocTitle']),
    'kinds': kinds, 'figures_without_alt': without_alt, 'xmp': xmp, 'outlines': '/Outlines' in root,
    'tabs': all(str(p.get('/Tabs', '/S')) == '/S' for p in pdf.pages),
}))
"#;
    let said = program(python().to_str().unwrap(), &["-c", SCRIPT, pdf.to_str().unwrap()]);
    serde_json::from_str(&said).unwrap()
}

#[test]
fn an_archive_and_a_screen_reader_find_what_they_need() {
    for source in sources() {
        let folder = build(&source, "pdf");
        let found = read(&built(&folder, "pdf"));
        assert_eq!(found["intents"], serde_json::json!(["/GTS_PDFA1"]), "{found}");
        for key in ["profile", "marked", "title_shown", "outlines", "tabs"] {
            assert_eq!(found[key], true, "{key}: {found}");
        }
        assert!(found["lang"].as_str().unwrap().starts_with("zh"), "{found}");
        let xmp = &found["xmp"];
        assert_eq!(
            (&xmp["pdfaid:part"], &xmp["pdfaid:conformance"], &xmp["pdfuaid:part"]),
            (&"2".into(), &"A".into(), &"1".into())
        );
        assert!(xmp["dc:title"].as_str().unwrap().chars().count() > 4, "{found}");
        assert_eq!(found["figures_without_alt"], 0, "{found}");
        for kind in ["/P", "/H1", "/TOC", "/TOCI", "/Link"] {
            assert!(found["kinds"][kind].as_u64().unwrap_or(0) > 0, "{kind}: {found}");
        }
        if source == fixture("rich.md") {
            for kind in ["/Figure", "/Table", "/TH", "/Note", "/L"] {
                assert!(found["kinds"][kind].as_u64().unwrap_or(0) > 0, "{kind}: {found}");
            }
        }
    }
}
