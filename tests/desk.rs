//! A typist's day at the desk, in a browser: a text pasted, looked over, mended, set, taken home, sent out, merged
//! and made again. What is taken home stands before the same judges as whatever `build` makes.

use crate::support::{Desk, Folder, jianbao, judge, judge_words, pandoc_text, program, real_text, sample};

/// A text with a doubled word and a half-width comma.
fn text(folder: &Folder) -> std::path::PathBuf {
    let own = std::fs::read_to_string(sample()).unwrap();
    let faulty = own.replacen("，", ",", 3).replacen("。", "，推进推进工作。", 1);
    folder.write("pasted.md", faulty)
}

fn day(text: &std::path::Path) {
    let folder = Folder::new();
    for name in ["desk", "out"] {
        std::fs::create_dir(folder.join(name)).unwrap();
    }
    let desk = Desk::start(jianbao().args(["serve", "desk", "--lang", "zh-CN"]).current_dir(folder.path()));
    let (inside, out) = (folder.join("desk"), folder.join("out"));
    // Pictures of a run that failed can be looked at.
    let kept = std::env::var_os("JIANBAO_TEST_PICTURES").map(std::path::PathBuf::from);
    let out = kept.inspect(|path| std::fs::create_dir_all(path).unwrap()).unwrap_or(out);
    judge_words(
        "desk.sh",
        &[&desk.url, inside.to_str().unwrap(), out.to_str().unwrap(), text.to_str().unwrap()],
    );
    for which in ["first", "second"] {
        let made = |ending: &str| out.join(format!("{which}.{ending}"));
        program("qpdf", &["--check", made("pdf").to_str().unwrap()]);
        judge("epubcheck.sh", &[&made("epub")]);
        judge("ooxml.sh", &[&made("docx")]);
        let merged = pandoc_text(&made("docx"));
        for (words, is_there) in [("乙单位改的话", which == "second"), ("甲单位改的话", false)] {
            assert_eq!(merged.contains(words), is_there, "{which}: {words}");
        }
    }
    judge("ooxml.sh", &[&out.join("excerpt.docx")]);
    let zip = zip::ZipArchive::new(std::fs::File::open(out.join("all.zip")).unwrap()).unwrap();
    assert_eq!(zip.len(), 3);
    desk.goes_on();
}

#[test]
fn a_day_with_a_made_up_text() {
    let folder = Folder::new();
    day(&text(&folder));
}

#[test]
fn a_day_with_the_real_text() {
    if let Some(text) = real_text() {
        day(&text);
    }
}
