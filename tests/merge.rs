//! Copies that come back from Word: tracked or not, by way of other programs, while the source moves on.
//! Exactly what was edited changes; all of it is accounted for; nothing else is another byte.

use std::path::PathBuf;
use std::process::Command;

use crate::returned::{
    FIRST, by_way_of_odt, edit, merge, merged, paragraph, report, rewrite, sent, soffice, source, tracked,
    untracked,
};
use crate::support::{Folder, fixture, python, real_text, sample, squeezed, typed_tree};

/// What two departments do in the tests below.
fn both(folder: &Folder) -> (PathBuf, PathBuf) {
    let (a, b) = (folder.join("甲-最终版2.docx"), folder.join("乙(1).docx"));
    edit(&folder.join("a.docx"), &a, &|xml| {
        let xml = tracked(xml, "一年时间", "半年时间", "沈怀瑾");
        tracked(xml, "不让绿地成为无人问津的摆设", "", "沈怀瑾")
    });
    edit(&folder.join("b.docx"), &b, &|xml| untracked(xml, "每年培养一百名", "每年至少培养一百五十名"));
    (a, b)
}

/// The sample with just these edits.
fn with_both(text: &str) -> String {
    let text = text.replacen("一年时间", "半年时间", 1);
    let text = text.replacen("不让绿地成为无人问津的摆设", "", 1);
    text.replacen("每年培养一百名", "每年至少培养一百五十名", 1)
}

#[test]
fn exactly_what_was_edited_changes() {
    let folder = sent();
    let (a, b) = both(&folder);
    merge(&folder, &[&a, &b], &[]).exits(0);
    assert_eq!(merged(&folder), with_both(&source(&folder)));
    let report = report(&folder);
    assert_eq!(report["base"], "kept");
    assert_eq!(report["totals"]["conflict"], 0);
    let edits = report["edits"].as_array().unwrap();
    let of = |text: &str| {
        edits
            .iter()
            .find(|e| format!("{}{}", e["before"], e["after"]).contains(text))
            .unwrap_or_else(|| panic!("{text}: {edits:#?}"))
    };
    let author = &of("不让绿地")["authors"][0];
    assert_eq!((author["name"].as_str(), author["tracked"].as_bool()), (Some("沈怀瑾"), Some(true)));
    assert_eq!(author["time"], "2026-01-15T09:30:00Z");
    assert_eq!(of("至少")["authors"][0]["tracked"], false);
    assert_eq!(of("半")["speech"], "s01");
    assert_eq!(of("半")["state"], "merged");
    // Building an excerpt again gives what the department wrote.
    folder.run(&["excerpt", "m.md", "--speech", FIRST, "-o", "again.docx"]).exits(0);
    let text = |file: &str| folder.run(&["import", file]).exits(0).out();
    std::fs::copy(&a, folder.join("a-back.docx")).unwrap();
    assert_eq!(text("again.docx"), text("a-back.docx"));
}

#[test]
fn the_same_by_way_of_odt() {
    let folder = sent();
    let (a, b) = both(&folder);
    let (a, b) = (by_way_of_odt(&folder, &a), by_way_of_odt(&folder, &b));
    merge(&folder, &[&a, &b], &[]).exits(0);
    assert_eq!(merged(&folder), with_both(&source(&folder)));
    let report = report(&folder);
    let names: Vec<_> =
        report["edits"].as_array().unwrap().iter().map(|e| &e["authors"][0]["name"]).collect();
    assert!(names.iter().any(|n| *n == "沈怀瑾"), "{names:?}");
}

#[test]
fn the_same_while_the_source_moves_on() {
    let folder = sent();
    let (a, b) = both(&folder);
    let moved = source(&folder).replacen("老城人多地少", "老城人稠地少", 1).replacen(
        "### 造好中试平台",
        "新添的一段,半角标点照旧。\n\n### 造好中试平台",
        1,
    );
    folder.write("s.md", &moved);
    merge(&folder, &[&a, &b], &[]).exits(0);
    assert_eq!(merged(&folder), with_both(&moved));
}

#[test]
fn what_is_there_already_is_said_so() {
    let folder = sent();
    let (a, _) = both(&folder);
    folder.write("s.md", source(&folder).replacen("一年时间", "半年时间", 1));
    merge(&folder, &[&a], &[]).exits(0);
    let report = report(&folder);
    assert_eq!((&report["totals"]["identical"], &report["totals"]["merged"]), (&1.into(), &1.into()));
    assert_eq!(report["edits"].as_array().unwrap().iter().filter(|e| e["already"] == true).count(), 1);
}

/// Both departments have the third speech.
fn at_one_place(folder: &Folder, one: &str, two: &str) -> (PathBuf, PathBuf) {
    let (a, b) = (folder.join("x.docx"), folder.join("y.docx"));
    edit(&folder.join("a.docx"), &a, &|xml| tracked(xml, "头三年免租金", one, "沈怀瑾"));
    edit(&folder.join("b.docx"), &b, &|xml| tracked(xml, "头三年免租金", two, "秦守拙"));
    (a, b)
}

#[test]
fn two_wordings_of_one_phrase_are_a_conflict() {
    let folder = sent();
    let (a, b) = at_one_place(&folder, "头五年免租金", "头三年减半收租");
    let ran = merge(&folder, &[&a, &b], &[]).exits(1);
    assert!(!folder.join("m.md").exists(), "{}", ran.err());
    let told = report(&folder);
    assert!(told["totals"]["conflict"].as_u64() >= Some(1), "{told:#}");
    let edits = told["edits"].as_array().unwrap();
    let conflict = edits.iter().find(|e| e["state"] == "conflict").unwrap();
    let sides = conflict["sides"].as_array().unwrap();
    assert_eq!(sides.len(), 2, "{conflict:#}");
    for (side, who) in sides.iter().zip(["沈怀瑾", "秦守拙"]) {
        assert_eq!(side["authors"][0]["name"], who, "{conflict:#}");
    }

    merge(&folder, &[&a, &b], &["--conflicts", "mark"]).exits(1);
    let text = merged(&folder);
    for part in ["<<<<<<< ", "\n=======\n", ">>>>>>> ", "头五年免租金", "头三年减半收租"] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    // All else is as it was.
    let untouched = source(&folder);
    for line in untouched.lines().filter(|l| !l.contains("头三年免租金")) {
        assert!(text.lines().any(|l| l == line), "{line}");
    }
    let checked = folder.run(&["check", "m.md"]);
    assert_eq!(checked.code(), 1);
    assert!(format!("{}{}", checked.out(), checked.err()).contains("conflict-marker"));
    folder.run(&["build", "m.md", "-f", "docx", "-o", "o"]).exits(1);
    assert!(!folder.files().iter().any(|f| f.starts_with("o/") && f.ends_with(".docx")));
}

#[test]
fn the_same_wording_of_two_is_one_edit() {
    let folder = sent();
    let (a, b) = at_one_place(&folder, "头五年免租金", "头五年免租金");
    merge(&folder, &[&a, &b], &[]).exits(0);
    assert_eq!(merged(&folder), source(&folder).replacen("头三年免租金", "头五年免租金", 1));
    let told = report(&folder);
    assert_eq!((&told["totals"]["found"], &told["totals"]["identical"]), (&1.into(), &1.into()), "{told:#}");
    assert_eq!(told["edits"][0]["authors"].as_array().unwrap().len(), 2);
}

#[test]
fn a_second_return_counts_instead_of_the_first() {
    let folder = sent();
    let saved = |to: &str, time: &str, new: &str| {
        let path = folder.join(to);
        rewrite(&folder.join("a.docx"), &path, &|name, text| match name {
            "word/document.xml" => untracked(text, "一年时间", new),
            "docProps/core.xml" => {
                let end = "</cp:coreProperties>";
                let text = match text.find("<dcterms:modified") {
                    Some(at) => {
                        let until = text.find("</dcterms:modified>").unwrap() + "</dcterms:modified>".len();
                        text[..at].to_owned() + &text[until..]
                    }
                    None => text,
                };
                let said =
                    format!("<dcterms:modified xsi:type=\"dcterms:W3CDTF\">{time}</dcterms:modified>{end}");
                text.replace(end, &said)
            }
            _ => text,
        });
        path
    };
    let later = saved("later.docx", "2026-02-02T08:00:00Z", "三个月时间");
    let first = saved("first.docx", "2026-02-01T08:00:00Z", "两年时间");
    let ran = merge(&folder, &[&later, &first], &[]).exits(0);
    assert!(merged(&folder).contains("三个月时间"), "{}", ran.err());
    let told = report(&folder);
    assert_eq!(told["documents"].as_array().unwrap().len(), 2);
    assert!(told["documents"][1]["superseded_by"].as_str().is_some_and(|n| n.ends_with("later.docx")));
    assert_eq!(told["missing"], serde_json::json!(["乙局"]));
}

/// The whole book and speeches 1 and 3, saved by other programs, come back as the bytes they were made of.
#[test]
fn nothing_edited_is_nothing_changed() {
    for from in [Some(sample()), Some(fixture("rich.md")), real_text()].into_iter().flatten() {
        let folder = Folder::new();
        let text = std::fs::read(&from).unwrap();
        let name = from.to_str().unwrap();
        for (args, word) in [(&[][..], "whole.docx"), (&["--speech", "1,3"], "part.docx")] {
            let mut all = vec!["excerpt", name];
            all.extend(args);
            all.extend(["-o", word]);
            folder.run(&all).exits(0);
            let own = folder.join(word);
            let saved = folder.join(&format!("py-{word}"));
            let code = "import sys, docx\ndocx.Document(sys.argv[1]).save(sys.argv[2])";
            let ran = Command::new(python()).args(["-c", code]).args([&own, &saved]).status().unwrap();
            assert!(ran.success());
            let direct = soffice(&folder, "docx", "lo-out", &own);
            let odt = by_way_of_odt(&folder, &own);
            for copy in [&own, &saved, &direct, &odt] {
                let ran = folder.run(&[
                    "merge",
                    name,
                    copy.to_str().unwrap(),
                    "-o",
                    "m.md",
                    "--report",
                    "r.json",
                    "--force",
                ]);
                assert_eq!(ran.code(), 0, "{}", ran.err());
                assert_eq!(report(&folder)["totals"]["found"], 0, "{name} {}: {}", copy.display(), ran.err());
                assert!(folder.read("m.md") == text, "{name} {}", copy.display());
            }
        }
    }
}

/// What LibreOffice reads in a file that is sent out is its text, once.
#[test]
fn another_program_reads_the_same_text() {
    for from in [Some(sample()), real_text()].into_iter().flatten() {
        let folder = Folder::new();
        folder.run(&["excerpt", from.to_str().unwrap(), "-o", "a.docx"]).exits(0);
        let text = soffice(&folder, "txt", "lo", &folder.join("a.docx"));
        let text = squeezed(&std::fs::read_to_string(text).unwrap());
        let tree = typed_tree(&from);
        let first = squeezed(&tree.speeches[0].heading.text);
        let all: String = tree.pieces().iter().map(|p| squeezed(&p.text)).collect();
        let speeches = &all[all.find(&first).unwrap()..];
        assert!(text.ends_with(speeches), "{}\n{text}\n{speeches}", from.display());
    }
}

#[test]
fn paragraphs_split_joined_put_in_taken_out_and_moved() {
    let folder = sent();
    let copy = folder.join("x.docx");
    edit(&folder.join("a.docx"), &copy, &|xml| {
        // The second paragraph of the third speech goes first, the third goes; a new one comes.
        let second = paragraph(&xml, "让好政策找得到企业");
        let text = xml[second.clone()].to_owned();
        let xml = xml[..second.start].to_owned() + &xml[second.end..];
        let first = paragraph(&xml, "让老字号活出新样子");
        let xml = xml[..first.start].to_owned() + &text + &xml[first.start..];
        let third = paragraph(&xml, "让辛苦钱按时回家");
        let new = "<w:p><w:r><w:t>新增一段建议，请研究采纳。</w:t></w:r></w:p>";
        let xml = xml[..third.start].to_owned() + new + &xml[third.end..];
        // One is parted in two.
        let split = "</w:t></w:r></w:p><w:p><w:r><w:t>";
        untracked(xml, "先解决“有没有”", &format!("{split}先解决“有没有”"))
    });
    merge(&folder, &[&copy], &[]).exits(0);
    let text = merged(&folder);
    let old = source(&folder);
    let line = |text: &str, start: &str| text.lines().find(|l| l.starts_with(start)).map(str::to_owned);
    let place = |start: &str| text.find(&format!("\n\n{start}")).unwrap_or_else(|| panic!("{start}\n{text}"));
    assert!(place("让好政策找得到企业") < place("让老字号活出新样子"));
    assert!(place("让老字号活出新样子") < place("新增一段建议，请研究采纳。"));
    assert!(!text.contains("让辛苦钱按时回家"));
    assert!(text.contains(",能放长椅的放长椅,\n\n先解决“有没有”,再讲究“好不好”。\n"), "{text}");
    // What was only moved is the bytes it was, half-width marks and all.
    for start in ["让好政策找得到企业", "让老字号活出新样子", "把居民意见放在前"] {
        assert_eq!(line(&text, start), line(&old, start), "{start}");
    }
    assert!(report(&folder)["edits"].as_array().unwrap().iter().any(|e| e["kind"] == "moved"));
}

#[test]
fn headings_speakers_and_emphasis() {
    let folder = sent();
    let copy = folder.join("x.docx");
    edit(&folder.join("a.docx"), &copy, &|xml| {
        let at = paragraph(&xml, "市政协副主席");
        let own = untracked(xml[at.clone()].to_owned(), "市政协副主席", "省政协常委、市政协副主席");
        let xml = xml[..at.start].to_owned() + &own + &xml[at.end..];
        // The heading stands in the contents too.
        let at = xml.rfind("让居民推窗见绿").unwrap();
        let xml = xml[..at].to_owned() + "让居民出门见绿" + &xml[at + "让居民推窗见绿".len()..];
        let word = "图纸上墙公示";
        let at = xml.find(word).unwrap();
        let run = xml[..at].rfind("<w:r>").unwrap();
        let head = &xml[run..run + xml[run..at].rfind("<w:t").unwrap()];
        let bold = match head.contains("<w:rPr>") {
            true => head.replacen("<w:rPr>", "<w:rPr><w:b/>", 1),
            false => format!("{head}<w:rPr><w:b/></w:rPr>"),
        };
        let split = format!("</w:t></w:r>{bold}<w:t>{word}</w:t></w:r>{head}<w:t xml:space=\"preserve\">");
        xml.replacen(word, &split, 1)
    });
    let ran = merge(&folder, &[&copy], &[]).exits(0);
    let expected = source(&folder)
        .replacen("沈怀瑾 市政协副主席", "沈怀瑾 省政协常委、市政协副主席", 1)
        .replacen("让居民推窗见绿", "让居民出门见绿", 1)
        .replacen("图纸上墙公示", "**图纸上墙公示**", 1);
    assert_eq!(merged(&folder), expected, "{}", ran.err());
}

#[test]
fn a_plain_text_is_told_of_emphasis() {
    let folder = Folder::new();
    let text = "为建设宜居新城建言\n\n把小绿地建到家门口\n沈怀瑾 市政协副主席，民盟市委主委\n先登记空地，再动手种树。\n一店一策，解决房租难题。\n\n办好社区食堂\n顾清和 市政协委员，市文联主席\n让老人吃上热饭。\n";
    folder.write("s.txt", text);
    folder.run(&["excerpt", "s.txt", "-o", "a.docx"]).exits(0);
    edit(&folder.join("a.docx"), &folder.join("x.docx"), &|xml| {
        untracked(
            xml,
            "房租难题",
            "房租</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>和人手</w:t></w:r><w:r><w:t>难题",
        )
    });
    folder.run(&["merge", "s.txt", "x.docx", "-o", "m.txt", "--report", "r.json"]).exits(0);
    assert_eq!(String::from_utf8(folder.read("m.txt")).unwrap(), text.replace("房租难题", "房租和人手难题"));
    let told = report(&folder);
    let why: Vec<_> = told["edits"].as_array().unwrap().iter().map(|e| &e["why"]).collect();
    assert!(why.iter().any(|w| *w == "emphasis"), "{told:#}");
}

#[test]
fn comments_come_with_their_words_and_replies() {
    let folder = sent();
    let copy = folder.join("x.docx");
    let script = "import sys, docx\n\
        d = docx.Document(sys.argv[1])\n\
        p = [p for p in d.paragraphs if '把居民意见放在前' in p.text][0]\n\
        d.add_comment(runs=p.runs[:1], text='请核实出处', author='沈怀瑾', initials='沈')\n\
        d.save(sys.argv[2])\n";
    let ran =
        Command::new(python()).args(["-c", script]).args([&folder.join("a.docx"), &copy]).status().unwrap();
    assert!(ran.success());
    merge(&folder, &[&copy], &[]).exits(0);
    assert_eq!(merged(&folder), source(&folder));
    let told = report(&folder);
    let comment = &told["comments"][0];
    assert_eq!((comment["text"].as_str(), comment["author"].as_str()), (Some("请核实出处"), Some("沈怀瑾")));
    assert!(comment["on"].as_str().unwrap().contains("把居民意见放在前"), "{comment}");
    assert_eq!(comment["speech"], "s01");

    merge(&folder, &[&copy], &["--comments", "inline"]).exits(0);
    let text = merged(&folder);
    assert!(text.contains("请核实出处 -->\n\n把居民意见放在前"), "{text}");
    // Readers drop it.
    let tree = |file: &str| folder.run(&["import", file]).exits(0).out();
    assert_eq!(tree("m.md"), tree("s.md"));
}

#[test]
fn many_files_each_get_their_own() {
    let folder = Folder::new();
    for (name, text) in [
        ("jianbao.toml", "sources = [\"1.md\", \"2.md\"]\n[briefing]\ntitle = \"为新城建言\"\n"),
        ("1.md", "### 把小绿地建到家门口\n\n沈怀瑾 市政协副主席,民盟市委主委\n\n先登记空地,再动手种树。\n"),
        (
            "2.md",
            "### 办好社区食堂\r\n\r\n顾清和 市政协委员,市文联主席\r\n\r\n让老人吃上热饭,也让孩子放心。\r\n",
        ),
    ] {
        folder.write(name, text);
    }
    folder.run(&["excerpt", "-o", "a.docx"]).exits(0);
    edit(&folder.join("a.docx"), &folder.join("x.docx"), &|xml| untracked(xml, "吃上热饭", "吃上热饭热菜"));
    folder.run(&["merge", ".", "x.docx", "-o", "m.md"]).exits(2);
    folder.run(&["merge", ".", "x.docx", "-o", "m"]).exits(0);
    assert_eq!(folder.read("m/1.md"), folder.read("1.md"));
    let second = String::from_utf8(folder.read("2.md")).unwrap().replace("吃上热饭", "吃上热饭热菜");
    assert_eq!(String::from_utf8(folder.read("m/2.md")).unwrap(), second);
}

#[test]
fn a_source_of_another_form_is_to_be_imported_first() {
    let folder = sent();
    let ran = folder.run(&["merge", "a.docx", "b.docx", "-o", "m.md"]).exits(1);
    assert!(ran.err().contains("jianbao import"), "{}", ran.err());
}

#[test]
fn the_page_needs_nothing_else() {
    let folder = sent();
    let (a, b) = at_one_place(&folder, "头五年<免>租金&amp;", "头三年减半收租");
    let _ = (&a, &b);
    let (a, b) = at_one_place(&folder, "头五年免租金", "头三年减半收租");
    merge(&folder, &[&a, &b], &["--lang", "zh-CN"]).exits(1);
    let page = String::from_utf8(folder.read("r.html")).unwrap();
    for part in
        ["<!DOCTYPE html>", "lang=\"zh-CN\"", "冲突", "秦守拙", "<ins>", "<del>", "class=\"edit conflict\""]
    {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for word in ["http://", "https://", "<script", "src="] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn cells_items_and_notes() {
    let folder = Folder::new();
    folder.write("s.md", std::fs::read(fixture("rich.md")).unwrap());
    let old = source(&folder);
    folder.run(&["excerpt", "s.md", "-o", "a.docx"]).exits(0);
    let copy = folder.join("x.docx");
    let pairs = [
        ("步行、公交", "步行、公交、骑行"),
        ("改造以后优先安排原有摊主", "改造以后一律优先安排原有摊主"),
        ("有效问卷七百六十二份", "有效问卷七百六十三份"),
    ];
    rewrite(&folder.join("a.docx"), &copy, &|name, mut text| {
        if name == "word/document.xml" || name == "word/footnotes.xml" {
            for (old, new) in pairs {
                text = text.replacen(old, new, 1);
            }
        }
        text
    });
    let ran = merge(&folder, &[&copy], &[]).exits(0);
    let expected = pairs.iter().fold(old, |text, (old, new)| text.replacen(old, new, 1));
    assert_eq!(merged(&folder), expected, "{}", ran.err());
}

/// Two speeches change places; a title that makes the book is not taken out of it.
#[test]
fn speeches_in_another_order_and_a_title_taken_out() {
    let folder = sent();
    let copy = folder.join("x.docx");
    edit(&folder.join("a.docx"), &copy, &|xml| {
        // Behind the contents, if there are any.
        let start = |text: &str| {
            let at = xml.rfind(text).unwrap();
            xml[..at].rfind("<w:p>").into_iter().chain(xml[..at].rfind("<w:p ")).max().unwrap()
        };
        let (from, middle) = (start("织密老城小微绿地"), start("擦亮百年商埠招牌"));
        let end = xml.rfind("<w:sectPr").unwrap();
        xml[..from].to_owned() + &xml[middle..end] + &xml[from..middle] + &xml[end..]
    });
    let ran = merge(&folder, &[&copy], &[]).exits(0);
    let text = merged(&folder);
    let place = |start: &str| text.find(&format!("### {start}")).unwrap_or_else(|| panic!("{start}\n{text}"));
    assert!(place("擦亮百年商埠招牌") < place("织密老城小微绿地"), "{}", ran.err());
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&text), sorted(&source(&folder)), "{}", ran.err());

    edit(&folder.join("a.docx"), &copy, &|xml| {
        // The note to the editor names the title first.
        let last = xml.rfind("献计澜州").unwrap();
        let start = xml[..last].rfind("<w:p>").into_iter().chain(xml[..last].rfind("<w:p ")).max().unwrap();
        let end = last + xml[last..].find("</w:p>").unwrap() + "</w:p>".len();
        let xml = xml[..start].to_owned() + &xml[end..];
        untracked(xml, "一年时间", "半年时间")
    });
    let ran = merge(&folder, &[&copy], &[]).exits(0);
    assert_eq!(merged(&folder), source(&folder).replacen("一年时间", "半年时间", 1), "{}", ran.err());
    assert!(report(&folder)["totals"]["reported"].as_u64() >= Some(1), "{}", ran.err());
}
