//! `--help` against the contract: the commands and flags users and scripts rely on.

use std::collections::BTreeSet;

use crate::support::{Folder, root};

const COMMANDS: &[&str] = &[
    "new",
    "build",
    "check",
    "explain",
    "normalize",
    "import",
    "excerpt",
    "merge",
    "tree",
    "schema",
    "impose",
    "verify",
    "fonts",
    "export-typst",
    "completions",
    "man",
];

fn help(args: &[&str]) -> String {
    let mut all = args.to_vec();
    all.push("--help");
    Folder::new().run(&all).exits(0).out()
}

/// Long flags in a help text.
fn flags(help: &str) -> BTreeSet<String> {
    let words = help.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ']' | '[' | '`' | '|' | '(' | ')' | '<' | '=')
    });
    words
        .filter(|w| w.starts_with("--") && w.len() > 3)
        .map(|w| w.trim_end_matches(['.', ';', ':']).to_owned())
        .collect()
}

#[test]
fn help_is_what_it_was() {
    let mut text = help(&[]);
    for command in COMMANDS {
        text += &format!("\n$ jianbao {command} --help\n{}", help(&[command]));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_command_is_listed() {
    let text = help(&[]);
    for command in COMMANDS {
        assert!(text.lines().any(|l| l.trim_start().starts_with(command)), "{command}");
    }
}

#[test]
fn flags_are_those_of_the_contract() {
    let everywhere: BTreeSet<String> =
        ["--quiet", "--json", "--lang", "--force", "--help"].map(String::from).into();
    let own = [
        ("new", &[][..]),
        (
            "build",
            &[
                "--output",
                "--format",
                "--to",
                "--set",
                "--engine",
                "--together",
                "--strict",
                "--profile",
                "--press",
                "--page-list",
                "--proof",
            ],
        ),
        ("check", &["--fix", "--unsafe-fixes", "--diff", "--format", "--select", "--ignore", "--set"]),
        ("explain", &["--all"]),
        ("normalize", &["--output", "--diff", "--check"]),
        ("import", &["--output", "--set"]),
        ("watch", &["--output", "--format", "--to", "--set", "--profile", "--together"]),
        ("serve", &["--port", "--open"]),
        (
            "excerpt",
            &[
                "--output",
                "--format",
                "--speech",
                "--speaker",
                "--party",
                "--role",
                "--topic",
                "--part",
                "--to",
                "--split",
                "--plain",
                "--set",
                "--profile",
            ],
        ),
        ("merge", &["--output", "--report", "--conflicts", "--comments", "--set"]),
        ("tree", &["--output", "--set"]),
        ("schema", &["--output"]),
        (
            "impose",
            &[
                "--output",
                "--sheet",
                "--layout",
                "--creep",
                // Beyond the contract: it ends in an ellipsis here.
                "--signature",
                "--printer",
                "--binding",
                "--blanks",
                "--test-sheet",
            ],
        ),
        ("verify", &["--set", "--profile", "--select", "--ignore", "--list"]),
        ("fonts", &["--set"]),
        ("export-typst", &["--output", "--set", "--profile"]),
        ("completions", &[]),
        ("man", &[]),
    ];
    for (command, flags_of) in own {
        let mut expected = everywhere.clone();
        expected.extend(flags_of.iter().map(|f| (*f).to_owned()));
        assert_eq!(flags(&help(&[command])), expected, "{command}");
    }
    assert!(flags(&help(&[])).contains("--version"));
}

/// Where the design papers are at hand: nothing is offered under a name they do not know.
#[test]
fn commands_and_flags_stand_in_the_paper() {
    let paper = root().join("../shared/design/CONTRACT.md");
    let Ok(text) = std::fs::read_to_string(&paper) else {
        eprintln!("skipped: {} is not here", paper.display());
        return;
    };
    for command in COMMANDS {
        assert!(text.contains(&format!("jianbao {command}")), "{command}");
    }
    for flag in [
        "--fix",
        "--unsafe-fixes",
        "--diff",
        "--format",
        "--select",
        "--ignore",
        "--strict",
        "--check",
        "--set",
        "--engine",
        "--together",
        "--sheet",
        "--layout",
        "--creep",
        "--press",
        "--page-list",
        "--proof",
        "--speech",
        "--speaker",
        "--party",
        "--role",
        "--topic",
        "--part",
        "--to",
        "--split",
        "--plain",
        "--quiet",
        "--json",
        "--lang",
        "--force",
        "--version",
    ] {
        assert!(text.contains(flag), "{flag}");
    }
}

#[test]
fn version_completions_and_manual() {
    let folder = Folder::new();
    let ran = folder.run(&["--version"]).exits(0);
    assert_eq!(ran.out().trim(), format!("jianbao {}", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = folder.run(&["completions", shell]).exits(0).out();
        assert!(text.contains("export-typst"), "{shell}");
    }
    let manual = folder.run(&["man"]).exits(0).out();
    for command in COMMANDS {
        assert!(manual.contains(&command.replace('-', "\\-")), "{command} is not in the manual");
    }
}

#[test]
fn help_speaks_both_languages() {
    let folder = Folder::new();
    let zh = folder.run_with(&["--help"], &[("LC_ALL", "zh_CN.UTF-8")]).exits(0).out();
    assert!(zh.contains("命令") && zh.contains("用法"), "{zh}");
    let en = folder.run_with(&["--help", "--lang", "en"], &[("LC_ALL", "zh_CN.UTF-8")]).exits(0).out();
    assert!(en.contains("Commands"), "{en}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::Stdio;
    let mut command = crate::support::jianbao();
    let mut child = command
        .arg("tree")
        .arg(crate::support::sample())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
