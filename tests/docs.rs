//! The papers tell the truth: both READMEs say the same, their commands work, their paths exist.
//!
//! The sample that the README shows is built as well, so that what it says of sources holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::support::{Folder, fixture, jianbao, root, sample, typst};

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];
const PAPERS: [&str; 4] = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md"];

fn paper(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// A fenced block: what stands behind the fence, and the lines inside.
struct Fence {
    language: String,
    lines: Vec<String>,
}

/// The fenced blocks of a paper, and its text without them.
fn split(text: &str) -> (Vec<Fence>, String) {
    let (mut fences, mut prose, mut open) = (Vec::<Fence>::new(), String::new(), false);
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), open) {
            (Some(language), false) => {
                fences.push(Fence { language: language.to_owned(), lines: Vec::new() });
                open = true;
            }
            (Some(_), true) => open = false,
            (None, true) => fences.last_mut().unwrap().lines.push(line.to_owned()),
            (None, false) => prose += &format!("{line}\n"),
        }
    }
    assert!(!open, "a fence is left open");
    (fences, prose)
}

fn shell(text: &str) -> Vec<Vec<String>> {
    split(text).0.into_iter().filter(|f| f.language == "sh").map(|f| f.lines).collect()
}

fn headings(text: &str) -> Vec<(usize, String)> {
    let prose = split(text).1;
    let level = |l: &str| l.chars().take_while(|c| *c == '#').count();
    prose
        .lines()
        .filter(|l| l.starts_with('#'))
        .map(|l| (level(l), l.trim_start_matches('#').trim().to_owned()))
        .collect()
}

/// What stands between back-ticks.
fn quoted(text: &str) -> Vec<String> {
    split(text)
        .1
        .lines()
        .flat_map(|l| l.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

/// The targets of links and pictures.
fn links(text: &str) -> Vec<String> {
    split(text).1.split("](").skip(1).map(|l| l.split(')').next().unwrap().to_owned()).collect()
}

/// What GitHub makes of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .collect::<String>()
        .replace(' ', "-")
}

#[test]
fn both_readmes_have_the_same_headings_and_commands() {
    let [en, zh] = READMES.map(paper);
    let levels = |text: &str| headings(text).into_iter().map(|(level, _)| level).collect::<Vec<_>>();
    assert_eq!(levels(&en), levels(&zh));
    assert!(levels(&en).len() > 20);
    assert_eq!(shell(&en), shell(&zh));
    let others = |text: &str| {
        let fences = split(text).0.into_iter().filter(|f| !matches!(f.language.as_str(), "sh" | "text"));
        fences.map(|f| (f.language, f.lines)).collect::<Vec<_>>()
    };
    assert_eq!(others(&en), others(&zh), "settings and sources shown");
    assert_eq!(
        quoted(&en).iter().filter(|q| q.starts_with("tests/")).count(),
        quoted(&zh).iter().filter(|q| q.starts_with("tests/")).count()
    );
}

/// A folder with what a fresh clone has and the commands name.
fn clone_of_what_is_named() -> Folder {
    let folder = Folder::new();
    let mut copies = vec![sample(), fixture("rich.md")];
    let named = ["many", "pictures", "shapes", "html"].map(|f| format!("tests/fixtures/{f}"));
    for inside in named.iter().map(String::as_str).chain(["templates/epub"]) {
        let mut folders = vec![root().join(inside)];
        while let Some(here) = folders.pop() {
            for entry in std::fs::read_dir(here).unwrap().map(Result::unwrap) {
                let list = if entry.path().is_dir() { &mut folders } else { &mut copies };
                list.push(entry.path());
            }
        }
    }
    for path in copies {
        folder.write(path.strip_prefix(root()).unwrap().to_str().unwrap(), std::fs::read(&path).unwrap());
    }
    folder
}

/// Whether a line is run here: what it starts, after settings of variables. The others need minutes
/// (`cargo build`, `tests/run.sh`) or have a test of their own (`typst`: `parity.rs`; `serve` and `watch`, which do
/// not end by themselves: `desk_server.rs`, `watch.rs`).
fn is_run(line: &str) -> bool {
    if ["jianbao serve ", "jianbao watch "].iter().any(|endless| line.starts_with(endless)) {
        return false;
    }
    let program = line.split_whitespace().find(|w| !w.contains('=')).unwrap_or_default();
    let known = ["jianbao", "mkdir", "cp", "cargo", "typst", "tests/run.sh"];
    assert!(known.contains(&program), "{line}: neither run nor known");
    matches!(program, "jianbao" | "mkdir" | "cp")
}

#[test]
fn every_command_of_the_readmes_works() {
    // Both hold the same commands: another test.
    let folder = clone_of_what_is_named();
    let mut count = 0;
    for line in shell(&paper("README.md")).concat() {
        let line = line.replace("cargo run --release --", "jianbao");
        if !is_run(&line) {
            continue;
        }
        let bin = Path::new(env!("CARGO_BIN_EXE_jianbao")).parent().unwrap();
        let path = std::env::join_paths(
            std::iter::once(bin.to_owned())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        let output = Command::new("bash")
            .args(["-c", &line])
            .current_dir(folder.path())
            .env("PATH", path.unwrap())
            .env("JIANBAO_TYPST", typst())
            .env("LC_ALL", "en_US.UTF-8")
            .env_remove("JIANBAO_FONTS")
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{line}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        count += 1;
    }
    assert!(count > 20, "{count} commands");
    for file in [
        "output/sample.pdf",
        "meeting/output/speeches.epub",
        "books/澜州发言.docx",
        "books/for-review.docx",
        "speeches.pdf",
        "project/main.typ",
    ] {
        assert!(folder.join(file).exists(), "{file}");
    }
}

#[test]
fn the_first_run_prints_what_is_shown() {
    for (name, locale) in READMES.into_iter().zip(["en_US.UTF-8", "zh_CN.UTF-8"]) {
        let fences = split(&paper(name)).0;
        assert_eq!(fences[0].lines, ["cargo run --release -- build examples/sample.md"], "{name}");
        let folder = clone_of_what_is_named();
        let ran = folder.run_with(&["build", "examples/sample.md"], &[("LC_ALL", locale)]).exits(0);
        assert_eq!(ran.err().lines().collect::<Vec<_>>(), fences[1].lines, "{name}");
    }
}

#[test]
fn the_source_that_is_shown_is_read_as_told() {
    let fences = split(&paper("README.md")).0;
    let source = fences.iter().find(|f| f.language == "markdown").unwrap().lines.join("\n");
    let folder = Folder::new();
    folder.write("s.md", source);
    let ran = folder.run(&["build", "s.md"]).exits(0);
    assert_eq!(ran.err().lines().count(), 3, "{}", ran.err());
    let tree: serde_json::Value =
        serde_json::from_str(&folder.run(&["tree", "s.md"]).exits(0).out()).unwrap();
    assert_eq!(tree["event"], "政协澜州市第六届委员会专题协商会");
    let speeches = tree["speeches"].as_array().unwrap();
    assert_eq!(speeches.len(), 2);
    for speech in speeches {
        assert_eq!(speech["heading"]["clauses"].as_array().unwrap().len(), 2);
        assert_eq!(speech["speakers"][0]["roles"].as_array().unwrap().len(), 2);
        assert!(speech["body"].as_array().unwrap().iter().all(|b| b["lead"] != ""));
    }
}

/// Settings shown are settings that exist.
#[test]
fn the_settings_that_are_shown_are_known() {
    for fence in split(&paper("README.md")).0.iter().filter(|f| f.language == "toml") {
        let text = fence.lines.join("\n");
        let layer = jianbao::config::Layer::toml("jianbao.toml", &text, 0..text.len()).unwrap();
        jianbao::config::resolve(&[layer], Path::new("")).unwrap_or_else(|e| panic!("{text}\n{e}"));
    }
}

#[test]
fn every_path_exists() {
    let top: BTreeSet<String> =
        std::fs::read_dir(root()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    let mut missing = Vec::new();
    for name in PAPERS {
        let text = paper(name);
        for word in quoted(&text) {
            let first = word.split('/').next().unwrap();
            let is_file =
                !word.contains('/') && Path::new(&word).extension().is_some_and(|e| e == "md" || e == "toml");
            let is_path = word.contains('/') && top.contains(first) && first != "output" && first != "target";
            // `jianbao.toml` is a user's; a word in capitals stands for a name to be chosen.
            let is_meant = is_file && word != "jianbao.toml" || is_path;
            let is_plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_'));
            if is_meant && is_plain && !word.contains("NAME") && !root().join(&word).exists() {
                missing.push(format!("{name}: `{word}`"));
            }
        }
        let anchors: BTreeSet<String> = headings(&text).iter().map(|(_, h)| anchor(h)).collect();
        for link in links(&text) {
            let there = match link.strip_prefix('#') {
                Some(place) => anchors.contains(place),
                None => link.contains("://") || root().join(&link).exists(),
            };
            if !there {
                missing.push(format!("{name}: ({link})"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_exit_codes_are_all_told() {
    for name in READMES {
        let rows = split(&paper(name)).1;
        let cells = rows.lines().filter_map(|l| l.strip_prefix("| ")).filter_map(|l| l.split(" |").next());
        let codes: Vec<u8> = cells.filter_map(|c| c.parse().ok()).collect();
        assert_eq!(codes, [0, 1, 2, 3, 70], "{name}");
    }
}

#[test]
fn every_subcommand_is_told() {
    let help = String::from_utf8(jianbao().arg("--help").output().unwrap().stdout).unwrap();
    let commands = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let shown: BTreeMap<&str, usize> = commands.map(|l| (l.split_whitespace().next().unwrap(), 0)).collect();
    assert!(shown.len() > 5);
    let lines = shell(&paper("README.md")).concat();
    for command in shown.keys() {
        assert!(lines.iter().any(|l| l.starts_with(&format!("jianbao {command}"))), "{command}");
    }
}

/// The project stands where it is cloned: no page sends people anywhere else.
#[test]
fn no_page_leads_outside() {
    for name in PAPERS {
        let text = paper(name).to_lowercase();
        for scheme in ["http://", "https://"] {
            assert!(!text.contains(scheme), "{name}: {scheme}");
        }
    }
}
