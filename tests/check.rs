//! `jianbao check` tells what a proof-reader would notice, in every form that is asked for; fixes change
//! what they mean to change and no byte beside it.

use serde_json::Value;

use crate::support::{Folder, judge};

const TABLE: &str = "用语,误写\n全过程人民民主,全程人民民主\n社会主义核心价值观,\n";
const LIST: &str = "姓名,职务\n沈怀瑾,市政协委员\n";

/// A line with a wording that the table calls wrong, one that is near another, and a stranger.
const SOURCE: &str = "# 澜州大会发言\n\n### 修好老街 留住街坊\n\n沈怀谨 市政协委员\n\n\
    先说一句。发展全程人民民主，践行社会主义核心价值关观。\n";

fn folder(source: impl AsRef<[u8]>) -> Folder {
    let folder = Folder::new();
    folder.write(
        "jianbao.toml",
        "sources = [\"s.md\"]\n[check]\nglossary = \"用语.csv\"\nroster = \"名单.csv\"\n",
    );
    folder.write("用语.csv", TABLE);
    folder.write("名单.csv", LIST);
    folder.write("s.md", source);
    folder
}

fn diagnostics(folder: &Folder, args: &[&str]) -> Vec<Value> {
    let ran = folder.run(&[&["check", "--json"], args].concat());
    assert!(ran.code() <= 1, "{}", ran.err());
    let report: Value = serde_json::from_str(&ran.out()).unwrap();
    report["diagnostics"].as_array().unwrap().clone()
}

fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|d| d["rule"].as_str().unwrap()).collect()
}

/// The words a finding points at.
fn words<'a>(diagnostic: &Value, source: &'a str) -> &'a str {
    let at = |key: &str| usize::try_from(diagnostic["span"][key].as_u64().unwrap()).unwrap();
    &source[at("start")..at("end")]
}

#[test]
fn for_people() {
    let folder = folder(SOURCE);
    let mut text = String::new();
    for lang in ["zh-CN", "en"] {
        let ran = folder.run(&["check", "--lang", lang]).exits(0);
        assert_eq!(ran.err(), "");
        text += &format!("--- {lang}\n{}", ran.out());
    }
    insta::assert_snapshot!(text);
}

/// A long paragraph is cut, so that the mark stands under what it means.
#[test]
fn for_people_a_long_line_is_cut() {
    let long = "这一句很长，".repeat(40);
    let ran = folder(SOURCE.replace("发展", &format!("{long}发展")))
        .run(&["check", "--select", "glossary/fixed-wording", "--lang", "zh-CN"])
        .exits(0);
    insta::assert_snapshot!(ran.out());
}

#[test]
fn for_programs() {
    let folder = folder(SOURCE);
    let found = diagnostics(&folder, &[]);
    assert_eq!(rules(&found), ["consistency/roster", "glossary/fixed-wording", "glossary/fixed-wording"]);
    assert_eq!(words(&found[0], SOURCE), "沈怀谨");
    assert_eq!(words(&found[1], SOURCE), "全程人民民主");
    assert_eq!(words(&found[2], SOURCE), "社会主义核心价值关观");
    let keys =
        ["rule", "severity", "message", "file", "line", "column", "end_line", "end_column", "span", "fix"];
    for diagnostic in &found {
        for key in keys {
            assert!(!diagnostic[key].is_null(), "{key}: {diagnostic}");
        }
    }
    let place = ["line", "column", "end_line", "end_column"].map(|key| found[1][key].as_u64().unwrap());
    assert_eq!(place, [7, 8, 7, 14]);
    assert_eq!((&found[1]["file"], &found[1]["fix"]["safe"]), (&Value::from("s.md"), &Value::from(true)));
    assert_eq!(found[1]["fix"]["edits"][0]["after"], "全过程人民民主");
    assert_eq!(found[2]["fix"]["safe"], false);
}

#[test]
fn a_clean_source_is_said_to_be_clean() {
    let folder = Folder::new();
    folder.write(
        "s.md",
        "# 澜州大会发言\n\n### 修好老街 留住街坊\n\n沈怀瑾 市政协委员\n\n先把电线理顺。再把灯点亮。\n",
    );
    assert_eq!(folder.run(&["check", "s.md"]).exits(0).out(), "Nothing found.\n");
    assert_eq!(diagnostics(&folder, &["s.md"]), Vec::<Value>::new());
}

#[test]
fn sarif_holds_to_its_schema() {
    let folder = folder(SOURCE);
    for lang in ["zh-CN", "en"] {
        let ran = folder.run(&["check", "--format", "sarif", "--lang", lang]).exits(0);
        let path = folder.write("report.sarif", ran.out());
        assert_eq!(judge("sarif.sh", &[&path]).trim(), "sarif: 0 errors");
        let log: Value = serde_json::from_str(&ran.out()).unwrap();
        assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 3);
        for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
            assert!(rule["help"]["text"].as_str().unwrap().len() > 100, "{rule}");
        }
    }
}

#[test]
fn github_commands_are_one_line_each() {
    let ran = folder(SOURCE).run(&["check", "--format", "github"]).exits(0);
    assert_eq!(ran.out().lines().count(), 3);
    assert!(
        ran.out().lines().all(|l| l.starts_with("::warning title=") && l.contains(",file=s.md,line=")),
        "{}",
        ran.out()
    );
}

/// The file's encoding, its mark and its line ends are its own; so is every byte that no fix means.
#[test]
fn fixes_leave_all_other_bytes_alone() {
    let source = SOURCE.replace('\n', "\r\n");
    let safe = source.replace("全程人民民主", "全过程人民民主");
    let all = safe.replace("价值关观", "价值观").replace("沈怀谨", "沈怀瑾");
    let utf16 = |text: &str| -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;
    let forms: [(&str, Encode<'_>); 4] = [
        ("GB18030", &|text| encoding_rs::GB18030.encode(text).0.into_owned()),
        ("UTF-8", &|text| text.as_bytes().to_vec()),
        ("UTF-8 with a mark", &|text| format!("\u{feff}{text}").into_bytes()),
        ("UTF-16", &utf16),
    ];
    for (name, bytes) in forms {
        let folder = folder(bytes(&source));
        let ran = folder.run(&["check", "--fix"]).exits(0);
        assert!(ran.err().contains("mended one place in s.md"), "{}", ran.err());
        assert_eq!(folder.read("s.md"), bytes(&safe), "{name}");
        assert_eq!(rules(&diagnostics(&folder, &[])).len(), 2);
        folder.run(&["check", "--unsafe-fixes"]).exits(0);
        assert_eq!(folder.read("s.md"), bytes(&all), "{name}");
        assert_eq!(folder.run(&["check", "-q"]).exits(0).out(), "");
        assert_eq!(diagnostics(&folder, &[]), Vec::<Value>::new());
    }
}

#[test]
fn a_character_the_encoding_lacks_is_refused() {
    let source = "# 瀾州大會發言\n\n### 修好老街 留住街坊\n\n沈懷瑾 市政協委員\n\n\
        先說一句。發展全程人民民主，請各位委員審議，並請有關部門研究答覆。\n";
    let bytes = encoding_rs::BIG5.encode(source).0;
    let folder = folder(&bytes);
    folder.write("用语.csv", "用语,误写\n全过程人民民主,全程人民民主\n");
    let ran = folder.run(&["check", "--fix", "--select", "glossary"]).exits(1);
    assert!(ran.err().contains("encoding of s.md"), "{}", ran.err());
    assert_eq!(folder.read("s.md"), bytes.as_ref());
}

#[test]
#[cfg(unix)]
fn a_mended_file_keeps_its_permissions_and_links() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(SOURCE);
    let real = folder.write("real/稿.md", SOURCE);
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o660)).unwrap();
    std::fs::remove_file(folder.join("s.md")).unwrap();
    std::os::unix::fs::symlink(&real, folder.join("s.md")).unwrap();
    folder.run(&["check", "--fix"]).exits(0);
    assert!(std::fs::read_to_string(&real).unwrap().contains("全过程人民民主"));
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o660);
    assert!(folder.join("s.md").is_symlink());
}

#[test]
fn a_difference_is_shown_and_nothing_written() {
    let folder = folder(SOURCE);
    let ran = folder.run(&["check", "--diff"]).exits(1);
    insta::assert_snapshot!(ran.out());
    assert_eq!(folder.read("s.md"), SOURCE.as_bytes());
    let both = folder.run(&["check", "--diff", "--unsafe-fixes"]).exits(1);
    assert!(both.out().contains("+沈怀瑾"), "{}", both.out());
    assert_eq!(folder.read("s.md"), SOURCE.as_bytes());
    folder.run(&["check", "--fix"]).exits(0);
    assert_eq!(folder.run(&["check", "--diff"]).exits(0).out(), "");
}

#[test]
fn a_comment_with_a_reason_silences_a_rule() {
    let rule = "glossary/fixed-wording";
    let comment = format!("<!-- jianbao: ignore {rule} 原文如此 -->");
    let before = SOURCE.replace("先说", &format!("{comment}\n先说"));
    let behind = SOURCE.replace("观。\n", &format!("观。{comment}\n"));
    let chinese =
        SOURCE.replace("先说", "<!-- jianbao：忽略 glossary/fixed-wording，text 原文如此 -->\n\n先说");
    let of_file = SOURCE.replace("###", "<!-- jianbao: ignore-file glossary/fixed-wording 引文集 -->\n\n###");
    for source in [before, behind, chinese, of_file] {
        assert_eq!(rules(&diagnostics(&folder(&source), &[])), ["consistency/roster"], "{source}");
    }
    // For the next block only, with a reason only; and told when it is not needed.
    let elsewhere = SOURCE.replace("先说", &format!("{comment}\n先说一段。\n\n先说"));
    let found = diagnostics(&folder(&elsewhere), &[]);
    assert_eq!(rules(&found), ["consistency/roster", "structure/suppression", rule, rule]);
    assert_eq!(found[1]["severity"], "info");
    let without = SOURCE.replace("先说", &format!("<!-- jianbao: ignore {rule} -->\n先说"));
    let found = diagnostics(&folder(&without), &[]);
    assert_eq!(rules(&found), ["consistency/roster", "structure/suppression", rule, rule]);
    assert_eq!(found[1]["severity"], "warning");
}

#[test]
fn comments_are_not_printed_and_an_unneeded_one_is_taken_away() {
    let comment = "<!-- jianbao: ignore font/missing-glyph 原文如此 -->";
    let folder = Folder::new();
    let plain = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n";
    folder.write("s.md", plain.replace("首句", &format!("{comment}\n首句")));
    let tree = folder.run(&["tree", "s.md"]).exits(0).out();
    assert!(!tree.contains("原文如此"), "{tree}");
    folder.run(&["check", "s.md", "--fix"]).exits(0);
    assert_eq!(folder.read("s.md"), plain.as_bytes());
}

#[test]
fn the_settings_choose_rules_and_their_severity() {
    let folder = folder(SOURCE);
    folder.run(&["check", "--set", "check.severity={\"consistency/roster\"=\"error\"}"]).exits(1);
    let off = ["--set", "check.severity={glossary=\"off\"}"];
    assert_eq!(rules(&diagnostics(&folder, &off)), ["consistency/roster"]);
    assert_eq!(rules(&diagnostics(&folder, &["--select", "glossary"])).len(), 2);
    assert_eq!(rules(&diagnostics(&folder, &["--ignore", "glossary,consistency"])).len(), 0);
    let manifest = String::from_utf8(folder.read("jianbao.toml")).unwrap();
    folder.write("jianbao.toml", format!("{manifest}ignore = [\"consistency/rooster\"]\n"));
    for command in ["check", "build"] {
        let ran = folder.run(&[command]).exits(2);
        assert!(ran.err().contains("consistency/roster"), "{}", ran.err());
        assert!(ran.err().contains("jianbao.toml:5:11"), "{}", ran.err());
    }
    let ran = folder.run(&["check", "--select", "glosary"]).exits(2);
    assert!(ran.err().contains("did you mean glossary"), "{}", ran.err());
}

#[test]
fn lists_that_are_wrong_are_told_with_their_place() {
    let folder = folder(SOURCE);
    folder.write("名单.csv", "姓名,职务,顺序\n沈怀瑾,市政协委员,第一\n");
    let ran = folder.run(&["check"]).exits(2);
    assert!(ran.err().contains("名单.csv:2:1"), "{}", ran.err());
    folder.write("名单.csv", encoding_rs::GBK.encode(LIST).0);
    folder.run(&["check"]).exits(0);
    std::fs::remove_file(folder.join("名单.csv")).unwrap();
    assert!(folder.run(&["check"]).exits(3).err().contains("名单.csv"));
}

#[test]
fn build_counts_what_the_checks_find() {
    let folder = folder(SOURCE);
    let ran = folder.run(&["build", "-f", "epub"]).exits(0);
    assert!(
        ran.err().contains("The checks found 3 warnings: run jianbao check jianbao.toml"),
        "{}",
        ran.err()
    );
    let events = folder.run(&["build", "-f", "epub", "--json"]).exits(0).out();
    assert!(events.lines().any(|l| l.contains("\"checked\"") && l.contains("\"warnings\":3")), "{events}");
}

#[test]
fn strict_refuses_to_build_on_an_error() {
    let folder = folder(SOURCE);
    let before = folder.files();
    folder.run(&["build", "-f", "epub", "--strict", "-o", "o"]).exits(0);
    let error = ["--set", "check.severity={glossary=\"error\"}"];
    let strict = [&["build", "-f", "epub", "--strict", "-o", "p"], &error[..]].concat();
    let ran = folder.run(&strict).exits(1);
    assert!(ran.err().contains("--strict"), "{}", ran.err());
    let now: Vec<String> = folder.files().into_iter().filter(|f| !f.starts_with("o/")).collect();
    assert_eq!(now, before);
    // Without it the outputs are made, and a person is needed all the same.
    folder.run(&[&["build", "-f", "epub", "-o", "q"], &error[..]].concat()).exits(1);
    assert!(
        folder.files().contains(&"q/s.epub".to_owned()) || folder.files().iter().any(|f| f.starts_with("q/"))
    );
}

#[test]
fn rules_are_explained() {
    let folder = Folder::new();
    let zh = folder.run(&["explain", "consistency/roster", "--lang", "zh-CN"]).exits(0).out();
    assert!(zh.starts_with("consistency/roster") && zh.contains("为什么：") && !zh.contains("Why:"), "{zh}");
    let en = folder.run(&["explain", "consistency/roster"]).exits(0).out();
    assert!(en.contains("Why:") && !en.contains("为什么："), "{en}");
    let all = folder.run(&["explain"]).exits(0).out();
    assert_eq!(all, folder.run(&["explain", "--all"]).exits(0).out());
    assert_eq!(all.lines().filter(|l| !l.starts_with(' ')).count(), jianbao::check::RULES.len());
    let ran = folder.run(&["explain", "roster"]).exits(2);
    assert!(ran.err().contains("consistency/roster"), "{}", ran.err());
}
