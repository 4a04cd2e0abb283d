//! A Word file gives the tree that the same words give as Markdown, whoever saved it; and a foreign
//! file says what it is.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::one_tree::{bare, same_tree, saved_again};
use crate::support::{Folder, fixture, python, real_text, sample, tree_of};

/// Runs a Python script that writes `out.docx` with python-docx.
fn written(folder: &Folder, script: &str) -> PathBuf {
    let python = python();
    let file = folder.write("make.py", script);
    let ran = Command::new(&python)
        .current_dir(folder.path())
        .arg(file)
        .output()
        .unwrap_or_else(|e| panic!("{}: {e}; tests/run.sh installs it", python.display()));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    folder.join("out.docx")
}

#[test]
fn our_own_file_gives_the_tree_it_was_made_of() {
    for source in [Some(sample()), Some(fixture("levels.md")), Some(fixture("rich.md")), real_text()] {
        let Some(source) = source else { continue };
        let folder = Folder::new();
        folder.run(&["build", source.to_str().unwrap(), "-f", "docx", "-o", "own.docx"]).exits(0);
        let own = folder.join("own.docx");
        let mut expected = bare(tree_of(&source));
        // Settings do not stand in the text, and pictures have names of the package's own.
        expected["meta"] = serde_json::json!({});
        let text = expected.to_string().replace("pictures/chart.png", "media/picture1.png");
        let expected: Value = serde_json::from_str(&text).unwrap();
        // Runs that an escape in Markdown parted are one here.
        let expected = joined(expected);
        same_tree(&own, &expected, "own");
        let again = saved_again(&folder, &own);
        let text = expected.to_string().replace("media/picture1.png", "media/image1.png");
        same_tree(&again, &serde_json::from_str(&text).unwrap(), "LibreOffice's copy of our own");
    }
}

/// Neighbouring runs of text as one.
fn joined(mut value: Value) -> Value {
    fn join(value: &mut Value) {
        match value {
            Value::Object(map) => map.values_mut().for_each(join),
            Value::Array(list) => {
                let mut out: Vec<Value> = Vec::new();
                for item in list.drain(..) {
                    let is_text = |v: &Value| v["type"] == "text";
                    match out.last_mut() {
                        Some(last) if is_text(last) && is_text(&item) => {
                            let text = format!(
                                "{}{}",
                                last["text"].as_str().unwrap(),
                                item["text"].as_str().unwrap()
                            );
                            last["text"] = text.into();
                        }
                        _ => out.push(item),
                    }
                }
                *list = out;
                list.iter_mut().for_each(join);
            }
            _ => {}
        }
    }
    join(&mut value);
    value
}

#[test]
fn a_word_file_is_built_with_its_pictures() {
    let folder = Folder::new();
    folder.run(&["build", fixture("rich.md").to_str().unwrap(), "-f", "docx", "-o", "in.docx"]).exits(0);
    let ran = folder.run(&["build", "in.docx", "-o", "o"]).exits(0);
    assert!(!ran.err().contains("left out;") || ran.err().contains("table of contents"), "{}", ran.err());
    let names = |file: &str| {
        let zip = zip::ZipArchive::new(std::fs::File::open(folder.join(file)).unwrap()).unwrap();
        zip.file_names().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(names("o/in.docx").iter().any(|n| n.starts_with("word/media/")));
    assert!(names("o/in.epub").iter().any(|n| n.contains("images/") && n.ends_with(".png")));
    assert!(std::fs::read(folder.join("o/in.pdf")).unwrap().starts_with(b"%PDF"));
}

const HEAD: &str = "
from docx import Document
from docx.shared import Pt
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.oxml import OxmlElement, parse_xml
d = Document()
W = 'xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"'
";

#[test]
fn soft_line_breaks_part_the_clauses_of_a_heading() {
    let folder = Folder::new();
    let script = HEAD.to_owned()
        + "
d.add_heading('澜州会议发言摘编', 0)
h = d.add_heading('', 1)
h.add_run('修好一座桥')
h.runs[0].add_break()
h.add_run('连起两岸人')
d.add_paragraph('苏明远 市政协委员，市交通局总工程师')
d.add_paragraph('先把桥修稳。大桥用了四十年，桥面裂缝逐年增多。')
d.save('out.docx')
";
    let tree = tree_of(&written(&folder, &script));
    assert_eq!(tree["title"], "澜州会议发言摘编");
    assert_eq!(tree["speeches"][0]["heading"]["clauses"], serde_json::json!(["修好一座桥", "连起两岸人"]));
    assert_eq!(tree["speeches"][0]["speakers"][0]["name"], "苏明远");
}

#[test]
fn numbering_is_text_and_revisions_are_accepted() {
    let folder = Folder::new();
    let script = HEAD.to_owned()
        + r#"
d.add_heading('澜州会议发言摘编', 0)
d.add_heading('修好一座桥', 1)
d.add_paragraph('苏明远 市政协委员')
numbering = d.part.numbering_part.element
levels = ''.join('<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%s"/></w:lvl>' % l for l in [(0, '%1、'), (1, '（%2）')])
numbering.insert(0, parse_xml('<w:abstractNum %s w:abstractNumId="77">%s</w:abstractNum>' % (W, levels)))
numbering.append(parse_xml('<w:num %s w:numId="77"><w:abstractNumId w:val="77"/></w:num>' % W))
def numbered(text, level):
    p = d.add_paragraph(text)
    p._p.get_or_add_pPr().append(parse_xml('<w:numPr %s><w:ilvl w:val="%d"/><w:numId w:val="77"/></w:numPr>' % (W, level)))
numbered('查清桥的病害', 0)
numbered('分段检测', 1)
numbered('筹足修桥的钱', 0)
p = d.add_paragraph('桥面')
p._p.append(parse_xml('<w:ins %s w:id="1" w:author="甲"><w:r><w:t>裂缝</w:t></w:r></w:ins>' % W))
p._p.append(parse_xml('<w:del %s w:id="2" w:author="甲"><w:r><w:delText>破损</w:delText></w:r></w:del>' % W))
p.add_run('逐年增多。')
d.save('out.docx')
"#;
    let word = written(&folder, &script);
    let body: Vec<String> = tree_of(&word)["speeches"][0]["body"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(body, ["一、查清桥的病害", "（一）分段检测", "二、筹足修桥的钱", "桥面裂缝逐年增多。"]);
    let err = folder.run(&["tree", "out.docx"]).exits(0).err();
    assert!(err.contains("1 insertions, 1 deletions"), "{err}");
}

#[test]
fn lines_that_only_look_like_headings_are_given_with_their_look() {
    use jianbao::tree::{BlockKind, FileId, Inline};
    let folder = Folder::new();
    let script = HEAD.to_owned()
        + r#"
d.styles['Normal'].font.size = Pt(16)
def line(text, bold=False, size=None, face=None, centred=False, indent=None):
    p = d.add_paragraph()
    run = p.add_run(text)
    run.bold = bold or None
    if size: run.font.size = Pt(size)
    if face:
        run.font.name = face
        run._r.get_or_add_rPr().rFonts.set(qn('w:eastAsia'), face)
    if centred: p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent: p.paragraph_format.first_line_indent = Pt(indent)
line('澜州会议发言摘编', size=22, face='方正小标宋简体', centred=True)
d.add_paragraph()
line('修好一座桥 连起两岸人', bold=True, centred=True)
line('苏明远 市政协委员', face='楷体')
line('一、查清桥的病害', face='黑体', indent=32)
line('先把桥修稳。大桥用了四十年。', indent=32)
d.save('out.docx')
"#;
    let bytes = std::fs::read(written(&folder, &script)).unwrap();
    let document = jianbao::source::read(FileId(0), "out.docx", &bytes).unwrap();
    let shown: Vec<String> = document
        .blocks
        .iter()
        .map(|raw| {
            let BlockKind::Paragraph(p) = &raw.block.kind else { panic!("{:?}", raw.block) };
            let is_strong = matches!(p.inlines.as_slice(), [Inline::Strong { .. }]);
            let look = &raw.look;
            let told = [
                (is_strong, "bold"),
                (look.centred, "centred"),
                (look.heading_face, "face"),
                (look.gap, "gap"),
            ];
            let told: Vec<&str> = told.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect();
            format!(
                "{} {:?} {:?} {}",
                raw.block.text(),
                look.size.unwrap(),
                look.indent.unwrap(),
                told.join(" ")
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "澜州会议发言摘编 44 0 centred face",
            "修好一座桥 连起两岸人 32 0 bold centred gap",
            "苏明远 市政协委员 32 0 ",
            "一、查清桥的病害 32 2 face",
            "先把桥修稳。大桥用了四十年。 32 2 ",
        ]
    );
}

#[test]
fn every_foreign_file_says_what_it_is() {
    let folder = Folder::new();
    let mut said = String::new();
    for (name, bytes) in [
        ("a.docx", b"%PDF-1.7\n%".to_vec()),
        ("b.doc", b"{\\rtf1\\ansi a}".to_vec()),
        ("c.docx", vec![0, 1, 2, 3, 4]),
        ("d.docx", Vec::new()),
        ("e.docx", b"PK\x03\x04 cut off".to_vec()),
        ("f.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n".to_vec()),
        ("g.md", b"Rar!\x1a\x07\x01\x00".to_vec()),
        ("h.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
    ] {
        folder.write(name, bytes);
        let ran = folder.run(&["tree", name]);
        assert!(matches!(ran.code(), 1 | 3), "{name}: {}", ran.err());
        said += &format!("{name}: exit {}\n{}\n", ran.code(), ran.err().trim_end());
    }
    insta::assert_snapshot!(said);
}
