//! Copies that lost what they were: their styles, their headings. Nothing is made of them that nobody wrote.

use crate::returned::{edit, merge, merged, sent, source, untracked};
use crate::support::{Folder, fixture, sample};

/// Some programs drop all styles. The text that comes back is merged; what lines are is not taken from it, nor is
/// the frame before the text a part of it.
#[test]
fn a_copy_without_styles_changes_no_structure() {
    for (name, old, new) in
        [("rich.md", "跑道只有六十米", "跑道只有八十米"), ("sample", "一年时间", "半年时间")]
    {
        let folder = Folder::new();
        let from = if name == "sample" { sample() } else { fixture(name) };
        folder.write("s.md", std::fs::read(from).unwrap());
        folder.run(&["excerpt", "s.md", "-o", "a.docx"]).exits(0);
        let copy = folder.join("x.docx");
        edit(&folder.join("a.docx"), &copy, &|xml| {
            let mut xml = untracked(xml, old, new);
            while let Some(at) = xml.find("<w:pStyle ") {
                let end = at + xml[at..].find("/>").unwrap() + 2;
                xml.replace_range(at..end, "");
            }
            xml
        });
        let ran = merge(&folder, &[&copy], &[]).exits(0);
        assert_eq!(merged(&folder), source(&folder).replacen(old, new, 1), "{}", ran.err());
    }
}

/// A copy whose headings are gone is no book: which they are is said. Names taken out are edits like others.
#[test]
fn a_copy_without_its_headings_is_sent_back() {
    let folder = sent();
    let copy = folder.join("x.docx");
    let without = |xml: String, styles: &[&str]| {
        let (head, mut rest) =
            xml.split_once("<w:body>").map(|(a, b)| (a.to_owned() + "<w:body>", b)).unwrap();
        let mut out = head;
        while let Some(end) = rest.find("</w:p>") {
            let one = &rest[..end + "</w:p>".len()];
            if !styles.iter().any(|s| one.contains(&format!("<w:pStyle w:val=\"{s}\"/>"))) {
                out += one;
            }
            rest = &rest[one.len()..];
        }
        out + rest
    };
    edit(&folder.join("a.docx"), &copy, &|xml| without(xml, &["Heading1", "JbSpeaker"]));
    let ran = merge(&folder, &[&copy], &[]).exits(1);
    assert!(ran.err().contains("《织密老城小微绿地 让居民推窗见绿》"), "{}", ran.err());
    assert!(!folder.join("m.md").exists());
    edit(&folder.join("a.docx"), &copy, &|xml| without(xml, &["JbSpeaker"]));
    merge(&folder, &[&copy], &[]).exits(0);
    let gone = [
        "沈怀瑾 市政协副主席,民盟市委主委\n\n",
        "秦守拙 市政协委员,市工商联副主席,澜州恒益纺织有限公司董事长\n\n",
    ];
    let expected = gone.iter().fold(source(&folder), |text, line| text.replacen(line, "", 1));
    assert_eq!(merged(&folder), expected);
}
