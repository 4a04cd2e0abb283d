//! What a source has no place for is told, each with the words it hangs on: other looks, pictures, comments
//! with their replies. The report is what its schema says.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::returned::{
    by_way_of_odt, edit, merge, merged, paragraph, report, rewrite, sent, soffice, source, untracked,
};
use crate::support::{Folder, fixture};

/// Words of a run with other properties; the run is cut around them.
fn dressed(xml: String, words: &str, properties: &str) -> String {
    let at = xml.find(words).unwrap_or_else(|| panic!("{words}"));
    let run = xml[..at].rfind("<w:r>").unwrap();
    let head = &xml[run..run + xml[run..at].rfind("<w:t").unwrap()];
    let own = match head.split_once("<w:rPr>") {
        // The style stands first.
        Some((before, rest)) if rest.starts_with("<w:rStyle") => {
            let end = rest.find("/>").unwrap() + 2;
            format!("{before}<w:rPr>{}{properties}{}", &rest[..end], &rest[end..])
        }
        Some((before, rest)) => format!("{before}<w:rPr>{properties}{rest}"),
        None => format!("{head}<w:rPr>{properties}</w:rPr>"),
    };
    let text = "<w:t xml:space=\"preserve\">";
    let new = format!("</w:t></w:r>{own}{text}{words}</w:t></w:r>{head}{text}");
    xml.replacen(words, &new, 1)
}

/// Words, properties, and how they must be told.
const LOOKS: &[(&str, &str, &[&str])] = &[
    ("图纸上墙公示", "<w:u w:val=\"single\"/>", &["underline"]),
    ("一年时间", "<w:color w:val=\"FF0000\"/>", &["colour"]),
    ("无人问津", "<w:highlight w:val=\"yellow\"/>", &["highlight"]),
    ("头三年免租金", "<w:strike/>", &["strike"]),
    ("找得到企业", "<w:rFonts w:eastAsia=\"隶书\"/>", &["font"]),
    ("按时回家", "<w:sz w:val=\"44\"/>", &["size"]),
    ("先解决", "<w:vertAlign w:val=\"superscript\"/>", &["script"]),
    ("放长椅", "<w:em w:val=\"dot\"/>", &["mark"]),
    ("把居民意见", "<w:color w:val=\"FF0000\"/><w:u w:val=\"wave\"/>", &["underline", "colour"]),
];

fn told(report: &Value) -> BTreeSet<(String, Vec<String>)> {
    let all = report["edits"].as_array().unwrap().iter();
    all.map(|e| {
        assert_eq!(
            (&e["kind"], &e["state"], &e["why"]),
            (&"look".into(), &"reported".into(), &"look".into()),
            "{e}"
        );
        assert_eq!(e["before"], e["after"]);
        let formats = e["formats"].as_array().unwrap().iter().map(|f| f.as_str().unwrap().to_owned());
        (e["before"].as_str().unwrap().to_owned(), formats.collect())
    })
    .collect()
}

#[test]
fn every_other_look_is_told_with_its_words() {
    let folder = sent();
    let copy = folder.join("x.docx");
    edit(&folder.join("a.docx"), &copy, &|xml| {
        LOOKS.iter().fold(xml, |xml, (words, properties, _)| dressed(xml, words, properties))
    });
    let wanted: BTreeSet<(String, Vec<String>)> = LOOKS
        .iter()
        .map(|(words, _, formats)| ((*words).to_owned(), formats.iter().map(|f| (*f).to_owned()).collect()))
        .collect();
    // LibreOffice writes the looks of all runs anew.
    for file in [copy.clone(), soffice(&folder, "docx", "lo", &copy), by_way_of_odt(&folder, &copy)] {
        let ran = merge(&folder, &[&file], &[]).exits(0);
        assert_eq!(merged(&folder), source(&folder), "{}", file.display());
        assert_eq!(told(&report(&folder)), wanted, "{}\n{}", file.display(), ran.err());
    }
    let page = String::from_utf8(folder.read("r.html")).unwrap();
    assert!(page.contains("<mark>图纸上墙公示</mark>"), "{page}");
}

/// Bold words of the text are emphasis, which a source can hold; a bold name or heading is not.
#[test]
fn emphasis_is_carried_out_and_a_bold_name_is_told() {
    let folder = sent();
    let copy = folder.join("x.docx");
    let change =
        "<w:rPrChange w:id=\"9\" w:author=\"秦守拙\" w:date=\"2026-01-16T10:00:00Z\"><w:rPr/></w:rPrChange>";
    edit(&folder.join("a.docx"), &copy, &|xml| {
        let xml = dressed(xml, "图纸上墙公示", "<w:rFonts w:eastAsia=\"黑体\"/>");
        let xml = dressed(xml, "一年时间", &format!("<w:b/>{change}"));
        // Behind the contents.
        let at = paragraph(&xml, "市政协副主席").start;
        let rest = dressed(xml[at..].to_owned(), "沈怀瑾", "<w:b/>");
        dressed(xml[..at].to_owned() + &rest, "头三年免租金", &format!("<w:u w:val=\"single\"/>{change}"))
    });
    let ran = merge(&folder, &[&copy], &[]).exits(0);
    let expected = source(&folder).replacen("图纸上墙公示", "**图纸上墙公示**", 1).replacen(
        "一年时间",
        "**一年时间**",
        1,
    );
    assert_eq!(merged(&folder), expected, "{}", ran.err());
    let report = report(&folder);
    let edits = report["edits"].as_array().unwrap();
    let of = |words: &str| {
        edits.iter().find(|e| e["before"] == words).unwrap_or_else(|| panic!("{words} {report:#}"))
    };
    assert_eq!(
        (&of("沈怀瑾")["kind"], &of("沈怀瑾")["formats"]),
        (&"look".into(), &serde_json::json!(["bold"]))
    );
    assert_eq!(of("一年时间")["state"], "merged");
    // Who changed a look with tracking on is known.
    for words in ["一年时间", "头三年免租金"] {
        let author = &of(words)["authors"][0];
        assert_eq!((&author["name"], &author["tracked"]), (&"秦守拙".into(), &true.into()), "{words}");
    }
    assert_eq!(of("图纸上墙公示")["authors"][0]["tracked"], false);
    assert_eq!(edits.len(), 4, "{report:#}");
}

/// A whole paragraph in red is one thing told; new words are told by their own text.
#[test]
fn long_looks_are_one_and_new_words_have_theirs() {
    let folder = sent();
    let copy = folder.join("x.docx");
    edit(&folder.join("a.docx"), &copy, &|xml| {
        let place = paragraph(&xml, "让好政策找得到企业");
        let red = xml[place.clone()].replace("<w:r><w:rPr>", "<w:r><w:rPr><w:color w:val=\"C00000\"/>");
        let red = red.replace("<w:r><w:t", "<w:r><w:rPr><w:color w:val=\"C00000\"/></w:rPr><w:t");
        let xml = xml[..place.start].to_owned() + &red + &xml[place.end..];
        let new = "半年时间</w:t></w:r><w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t>（待定）</w:t></w:r><w:r><w:t>";
        untracked(xml, "一年时间", new)
    });
    merge(&folder, &[&copy], &[]).exits(0);
    assert!(merged(&folder).contains("半年时间（待定）"));
    let report = report(&folder);
    let looks: Vec<&Value> =
        report["edits"].as_array().unwrap().iter().filter(|e| e["kind"] == "look").collect();
    assert_eq!(looks.len(), 2, "{report:#}");
    assert_eq!((&looks[0]["before"], &looks[0]["speech"]), (&"（待定）".into(), &"s01".into()));
    let red = looks[1]["before"].as_str().unwrap();
    assert!(red.starts_with("让好政策找得到企业") && red.ends_with('。'), "{red}");
    assert_eq!(looks[1]["speech"], "s03");
}

/// A square of one grey.
fn square(grey: u8) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    (0..32).for_each(|_| packer.write_all(&[&[0][..], &[grey; 32]].concat()).unwrap());
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [&[0, 0, 0, 32, 0, 0, 0, 32, 8, 0, 0, 0, 0][..]].concat();
    for (name, data) in [(b"IHDR", head), (b"IDAT", packer.finish().unwrap()), (b"IEND", Vec::new())] {
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&name[..], &data].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&body);
        out.extend(body);
        out.extend(sum.sum().to_be_bytes());
    }
    out
}

/// A folder with a source that shows two pictures, and its excerpt `a.docx`.
fn with_pictures() -> Folder {
    let folder = Folder::new();
    folder.write("one.png", std::fs::read(fixture("pictures/chart.png")).unwrap());
    folder.write("two.png", square(40));
    folder.write(
        "s.md",
        "# 为新城建言\n\n### 把小绿地建到家门口\n\n沈怀瑾 市政协副主席\n\n先登记空地，再动手种树。\n\n![空地](one.png \"图1 空地\")\n\n\
         一处一策，解决浇水难题。\n\n### 办好社区食堂\n\n顾清和 市政协委员\n\n让老人吃上热饭。\n\n![食堂](two.png \"图2 食堂\")\n\n也让孩子放心。\n",
    );
    folder.run(&["excerpt", "s.md", "-o", "a.docx"]).exits(0);
    folder
}

fn pictures(report: &Value) -> Vec<(String, String, String)> {
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let edits = report["edits"].as_array().unwrap().iter();
    edits
        .filter(|e| e["kind"] == "picture")
        .map(|e| (text(&e["speech"]), text(&e["before"]), text(&e["after"])))
        .collect()
}

/// A picture's paragraph in a Word file.
fn picture(xml: &str, nth: usize) -> std::ops::Range<usize> {
    let at = xml.match_indices("<w:drawing").nth(nth).unwrap().0;
    let start = xml[..at].rfind("<w:p>").unwrap();
    start..at + xml[at..].find("</w:p>").unwrap() + "</w:p>".len()
}

#[test]
fn pictures_taken_out_put_in_exchanged_and_moved_are_told() {
    let folder = with_pictures();
    let copy = folder.join("x.docx");
    let tell = |file: &Path| {
        let ran = merge(&folder, &[file], &[]).exits(0);
        assert_eq!(merged(&folder), source(&folder), "{}", ran.err());
        pictures(&report(&folder))
    };
    let of =
        |speech: &str, before: &str, after: &str| (speech.to_owned(), before.to_owned(), after.to_owned());
    let own = folder.join("a.docx");
    for same in [own.clone(), soffice(&folder, "docx", "lo", &own), by_way_of_odt(&folder, &own)] {
        assert_eq!(tell(&same), [], "{}", same.display());
        assert_eq!(report(&folder)["totals"]["found"], 0, "{}", same.display());
    }
    edit(&own, &copy, &|xml| {
        let place = picture(&xml, 0);
        xml[..place.start].to_owned() + &xml[place.end..]
    });
    assert_eq!(tell(&copy), [of("s01", "one.png", "")]);
    // One more, at the end of the second speech.
    edit(&own, &copy, &|xml| {
        let one = xml[picture(&xml, 0)].to_owned();
        let at = xml.rfind("<w:sectPr").unwrap();
        xml[..at].to_owned() + &one + &xml[at..]
    });
    let found = tell(&copy);
    assert_eq!((found.len(), found[0].0.as_str(), found[0].1.as_str()), (1, "s02", ""), "{found:?}");
    assert!(!found[0].2.is_empty());
    // Other bytes under the same name.
    exchange(&own, &copy, &|bytes| if bytes == square(40) { square(200) } else { bytes });
    let found = tell(&copy);
    assert_eq!((found.len(), found[0].0.as_str(), found[0].1.as_str()), (1, "s02", "two.png"), "{found:?}");
    assert!(!found[0].2.is_empty());
    // The first stands in the second speech.
    edit(&own, &copy, &|xml| {
        let place = picture(&xml, 0);
        let one = xml[place.clone()].to_owned();
        let at = xml.rfind("<w:sectPr").unwrap();
        xml[..place.start].to_owned() + &xml[place.end..at] + &one + &xml[at..]
    });
    let found = tell(&copy);
    assert_eq!((found.len(), found[0].1.as_str()), (1, "one.png"), "{found:?}");
    assert!(!found[0].2.is_empty());
}

/// Changes the pictures in a Word file.
fn exchange(word: &Path, to: &Path, change: &dyn Fn(Vec<u8>) -> Vec<u8>) {
    use std::io::{Read, Write};
    let mut from = zip::ZipArchive::new(std::fs::File::open(word).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for k in 0..from.len() {
        let mut entry = from.by_index(k).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let bytes = if entry.name().contains("/media/") { change(bytes) } else { bytes };
        out.start_file(entry.name(), zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    std::fs::write(to, out.finish().unwrap().into_inner()).unwrap();
}

/// Comments and answers as Word keeps them: paragraphs of the answers name those they answer.
fn with_comments(folder: &Folder, to: &str) {
    let w14 = "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";
    let comment = |id: u32, who: &str, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"{who}\" w:date=\"2026-01-1{id}T09:00:00Z\" w:initials=\"x\">\
             <w:p w14:paraId=\"0000000{id}\"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"
        )
    };
    let comments = format!(
        "<?xml version=\"1.0\"?><w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" {w14}>{}{}{}{}</w:comments>",
        comment(1, "沈怀瑾", "请核实出处"),
        comment(2, "秦守拙", "已核实"),
        comment(3, "陆知行", "同意"),
        comment(4, "陆知行", "另一条")
    );
    let w15 = "xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\"";
    let extended = format!(
        "<?xml version=\"1.0\"?><w15:commentsEx {w15}><w15:commentEx w15:paraId=\"00000001\" w15:done=\"0\"/>\
         <w15:commentEx w15:paraId=\"00000002\" w15:paraIdParent=\"00000001\" w15:done=\"0\"/>\
         <w15:commentEx w15:paraId=\"00000003\" w15:paraIdParent=\"00000002\" w15:done=\"0\"/>\
         <w15:commentEx w15:paraId=\"00000004\" w15:done=\"0\"/></w15:commentsEx>"
    );
    let middle = folder.join("middle.docx");
    rewrite(&folder.join("a.docx"), &middle, &|name, text| match name {
        "word/document.xml" => {
            let start = |id: u32| format!("<w:commentRangeStart w:id=\"{id}\"/>");
            let end = |id: u32| {
                format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>")
            };
            let place = paragraph(&text, "把居民意见放在前");
            let own = &text[place.clone()];
            let open = own.find("<w:r>").unwrap();
            let close = own.rfind("</w:p>").unwrap();
            let all: String = (1..4).map(start).collect();
            let done: String = (1..4).map(end).collect();
            let own = own[..open].to_owned() + &all + &own[open..close] + &done + &own[close..];
            text[..place.start].to_owned() + &own + &text[place.end..]
        }
        "word/_rels/document.xml.rels" => {
            let relation = |id: &str, kind: &str, target: &str| {
                format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
            };
            let own = relation(
                "rIdC1",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
                "comments.xml",
            ) + &relation(
                "rIdC2",
                "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
                "commentsExtended.xml",
            );
            text.replace("</Relationships>", &format!("{own}</Relationships>"))
        }
        _ => text,
    });
    add(
        &middle,
        &folder.join(to),
        &[("word/comments.xml", &comments), ("word/commentsExtended.xml", &extended)],
    );
}

/// Puts parts into a Word file.
fn add(word: &Path, to: &Path, parts: &[(&str, &str)]) {
    use std::io::Write;
    std::fs::copy(word, to).unwrap();
    let file = std::fs::OpenOptions::new().read(true).write(true).open(to).unwrap();
    let mut zip = zip::ZipWriter::new_append(file).unwrap();
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn answers_stand_below_what_they_answer() {
    let folder = sent();
    with_comments(&folder, "x.docx");
    let copy = folder.join("x.docx");
    merge(&folder, &[&copy], &[]).exits(0);
    assert_eq!(merged(&folder), source(&folder));
    let report = report(&folder);
    let comments = report["comments"].as_array().unwrap();
    assert_eq!(comments.len(), 2, "{report:#}");
    let first = &comments[0];
    assert_eq!((&first["author"], &first["text"]), (&"沈怀瑾".into(), &"请核实出处".into()));
    assert!(first["on"].as_str().unwrap().starts_with("把居民意见放在前"), "{first:#}");
    let replies: Vec<(&str, &str, &str)> = first["replies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["author"].as_str().unwrap(), r["text"].as_str().unwrap(), r["time"].as_str().unwrap()))
        .collect();
    // The answer to an answer stands in the same thread.
    assert_eq!(
        replies,
        [("秦守拙", "已核实", "2026-01-12T09:00:00Z"), ("陆知行", "同意", "2026-01-13T09:00:00Z")]
    );
    // One without a place in the text is not lost.
    assert_eq!((&comments[1]["text"], &comments[1]["on"]), (&"另一条".into(), &"".into()));
    let page = String::from_utf8(folder.read("r.html")).unwrap();
    assert!(page.contains("已核实") && page.contains("同意") && page.contains("另一条"));

    merge(&folder, &[&copy], &["--comments", "inline"]).exits(0);
    let text = merged(&folder);
    let note = text.lines().find(|l| l.starts_with("<!--")).unwrap_or_else(|| panic!("{text}"));
    assert!(note.contains("请核实出处；答复 秦守拙：已核实；答复 陆知行：同意 -->"), "{note}");
    assert!(text.contains(&format!("{note}\n\n把居民意见放在前")), "{text}");
    // Whoever reads the source reads the same text.
    let imported = |file: &str| folder.run(&["import", file]).exits(0).out();
    assert_eq!(imported("m.md"), imported("s.md"));
}

/// What a line is, is carried into Markdown where a mark says it.
#[test]
fn a_paragraph_becomes_a_heading_and_a_heading_a_paragraph() {
    let folder = Folder::new();
    let old = "# 为新城建言\n\n### 把小绿地建到家门口\n\n沈怀瑾 市政协副主席\n\n#### 登记空地\n\n先登记空地，再动手种树。\n\n\
        请街坊看护\n\n一处一策，解决浇水难题。\n\n> 树长大了，街就凉快了。\n\n这话不假，\n值得细想。\n";
    folder.write("s.md", old);
    folder.run(&["excerpt", "s.md", "-o", "a.docx"]).exits(0);
    let styled = |xml: String, text: &str, style: &str| {
        let place = paragraph(&xml, text);
        let own = &xml[place.clone()];
        let at = own.find("<w:pStyle w:val=\"").unwrap() + "<w:pStyle w:val=\"".len();
        let end = at + own[at..].find('"').unwrap();
        xml[..place.start].to_owned() + &own[..at] + style + &own[end..] + &xml[place.end..]
    };
    let copy = folder.join("x.docx");
    edit(&folder.join("a.docx"), &copy, &|xml| {
        let xml = styled(xml, "请街坊看护", "Heading2");
        let xml = styled(xml, "登记空地</w:t>", "JbBody");
        let xml = styled(xml, "树长大了", "JbBody");
        // Two lines of the source are one paragraph: that no mark before it makes a heading.
        let xml = styled(xml, "这话不假", "Heading2");
        untracked(xml, "请街坊看护", "请街坊轮流看护")
    });
    let ran = merge(&folder, &[&copy], &[]).exits(0);
    let new = old
        .replace("#### 登记空地", "登记空地")
        .replace("请街坊看护", "#### 请街坊轮流看护")
        .replace("> 树长大了", "树长大了");
    assert_eq!(merged(&folder), new, "{}", ran.err());
    let told = report(&folder);
    let kinds: Vec<(&str, &str)> = told["edits"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["kind"] == "kind")
        .map(|e| (e["before"].as_str().unwrap(), e["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("登记空地", "merged"),
            ("请街坊轮流看护", "merged"),
            ("树长大了，街就凉快了。", "merged"),
            ("这话不假，值得细想。", "reported")
        ],
        "{told:#}"
    );
    // Two departments that both did so did one thing.
    merge(&folder, &[&copy, &folder.join("a.docx")], &[]).exits(0);
    std::fs::copy(&copy, folder.join("y.docx")).unwrap();
    edit(&copy, &folder.join("y.docx"), &|xml| untracked(xml, "这话不假", "这话很对"));
    merge(&folder, &[&copy, &folder.join("y.docx")], &[]).exits(0);
    let told = report(&folder);
    let is_it = |e: &&Value| e["before"] == "登记空地" && e["state"] == "identical";
    assert_eq!(told["edits"].as_array().unwrap().iter().filter(is_it).count(), 1, "{told:#}");
    assert!(merged(&folder).contains("\n#### 请街坊轮流看护\n") && merged(&folder).contains("这话很对"));
}

/// A note put in is told with its place and its words.
#[test]
fn a_new_note_is_told() {
    let folder = Folder::new();
    folder.write("s.md", "# 为新城建言\n\n### 把小绿地建到家门口\n\n沈怀瑾 市政协副主席\n\n先登记空地[^1]，再动手种树。\n\n[^1]: 登记由街道办理。\n");
    folder.run(&["excerpt", "s.md", "-o", "a.docx"]).exits(0);
    let copy = folder.join("x.docx");
    rewrite(&folder.join("a.docx"), &copy, &|name, text| {
        match name {
        "word/document.xml" => {
            let mark = "动手</w:t></w:r><w:r><w:footnoteReference w:id=\"77\"/></w:r><w:r><w:t>";
            untracked(text, "动手", mark)
        }
        "word/footnotes.xml" => text.replace(
            "</w:footnotes>",
            "<w:footnote w:id=\"77\"><w:p><w:r><w:t>每年三月开始。</w:t></w:r></w:p></w:footnote></w:footnotes>",
        ),
        _ => text,
    }
    });
    merge(&folder, &[&copy], &[]).exits(0);
    assert_eq!(merged(&folder), source(&folder));
    let told = report(&folder);
    let edits: Vec<(&str, &str, &str)> = told["edits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["lead"].as_str().unwrap(), e["after"].as_str().unwrap(), e["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        edits,
        [("先登记空地[^]，再动手", "[^]", "note"), ("", "每年三月开始。\n", "note")],
        "{told:#}"
    );
}

/// As much of JSON Schema as the report's own uses; another word in it fails.
fn holds(schema: &Value, at: &Value, value: &Value, path: &str) -> Result<(), String> {
    if let Some(name) = at["$ref"].as_str() {
        let target = schema.pointer(name.trim_start_matches('#')).ok_or_else(|| format!("{path}: {name}"))?;
        return holds(schema, target, value, path);
    }
    let any = at["anyOf"].as_array().or(at["oneOf"].as_array());
    if let Some(all) = any {
        let found: Vec<_> = all.iter().map(|one| holds(schema, one, value, path)).collect();
        return if found.iter().any(Result::is_ok) { Ok(()) } else { Err(format!("{path}: {found:?}")) };
    }
    for (word, rule) in at.as_object().unwrap() {
        let fine = match word.as_str() {
            "type" => {
                let names: Vec<&str> = match rule {
                    Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                    one => one.as_str().into_iter().collect(),
                };
                names.iter().any(|name| match *name {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "integer" => value.is_u64(),
                    "null" => value.is_null(),
                    other => panic!("{other}"),
                })
            }
            "enum" => rule.as_array().unwrap().contains(value),
            "const" => rule == value,
            "minimum" => value.as_u64() >= rule.as_u64(),
            "required" => rule.as_array().unwrap().iter().all(|k| value.get(k.as_str().unwrap()).is_some()),
            "properties" => {
                let known = rule.as_object().unwrap();
                for (key, inner) in value.as_object().into_iter().flatten() {
                    let rule = known.get(key).ok_or_else(|| format!("{path}: {key} is not in the schema"))?;
                    holds(schema, rule, inner, &format!("{path}/{key}"))?;
                }
                true
            }
            "items" => {
                for (k, inner) in value.as_array().into_iter().flatten().enumerate() {
                    holds(schema, rule, inner, &format!("{path}/{k}"))?;
                }
                true
            }
            "description" | "format" | "title" | "$schema" | "$defs" => true,
            other => panic!("{path}: {other}"),
        };
        if !fine {
            return Err(format!("{path}: {word} {rule} of {value}"));
        }
    }
    Ok(())
}

#[test]
fn reports_are_as_the_schema_says() {
    let folder = sent();
    let schema: Value = serde_json::from_str(&folder.run(&["schema", "report"]).exits(0).out()).unwrap();
    with_comments(&folder, "c.docx");
    let (a, b) = (folder.join("x.docx"), folder.join("y.docx"));
    edit(&folder.join("c.docx"), &a, &|xml| {
        dressed(untracked(xml, "头三年免租金", "头五年免租金"), "一年时间", "<w:u w:val=\"single\"/>")
    });
    edit(&folder.join("b.docx"), &b, &|xml| untracked(xml, "头三年免租金", "头三年减半收租"));
    merge(&folder, &[&a, &b, &a], &[]).exits(1);
    let told = report(&folder);
    assert!(told["comments"][0]["replies"][0].is_object() && told["edits"][0]["span"].is_object());
    assert!(told["totals"]["conflict"] != 0 && told["totals"]["reported"] != 0, "{told:#}");
    assert_eq!(holds(&schema, &schema, &told, ""), Ok(()));
    // What is no report is told from one.
    for (place, wrong) in
        [("/totals/found", Value::from("x")), ("/edits/0/state", "lost".into()), ("/base", 1.into())]
    {
        let mut other = told.clone();
        *other.pointer_mut(place).unwrap() = wrong;
        assert!(holds(&schema, &schema, &other, "").is_err(), "{place}");
    }
    let mut less = told.clone();
    less.as_object_mut().unwrap().remove("missing");
    assert!(holds(&schema, &schema, &less, "").is_err());
}
