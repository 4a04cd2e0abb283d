//! A run that is cut off, a full disk, a file that is gone: what was there stays or the new one stands in its
//! place, never a part of it, and the next run goes on as if nothing had been.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::returned::{edit, sent, untracked};
use crate::support::{Folder, Ran, jianbao, root, sample};

/// Unfinished files below a folder.
fn unfinished(folder: &Folder) -> Vec<String> {
    folder.files().into_iter().filter(|f| f.contains(".tmp")).collect()
}

/// Starts the program in a folder and kills it at a moment; whether it was still at work.
fn killed(folder: &Folder, args: &[&str], after: Duration) -> bool {
    let mut command = jianbao();
    command.args(args).current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    std::thread::sleep(after);
    let was_running = child.try_wait().unwrap().is_none();
    // It may have ended in between.
    let _ = child.kill();
    child.wait().unwrap();
    was_running
}

/// How long a command takes, roughly.
fn takes(run: impl Fn()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

const KILLS: u32 = 120;

#[test]
fn a_build_may_be_killed_at_any_moment() {
    let texts = ["先把街巷理顺。", "先把街巷理顺，再谈别的。"];
    let source = |k: usize| format!("# 题\n\n## 会\n\n### 甲 乙\n\n林颂 市政协委员\n\n{}\n", texts[k]);
    let names = ["out/s.pdf", "out/s.epub", "out/s.docx"];
    let args = ["build", "s.md", "-o", "out", "-q"];
    let folder = Folder::new();
    let versions: Vec<Vec<Vec<u8>>> = (0..2)
        .map(|k| {
            folder.write("s.md", source(k));
            folder.run(&args).exits(0);
            names.iter().map(|n| folder.read(n)).collect()
        })
        .collect();
    let whole = takes(|| {
        folder.write("s.md", source(0));
        folder.run(&args).exits(0);
    });
    let mut cut = 0;
    for k in 0..KILLS {
        folder.write("s.md", source(k as usize % 2));
        cut += u32::from(killed(&folder, &args, whole * k / KILLS));
        for (name, both) in names.iter().zip(versions[0].iter().zip(&versions[1])) {
            let there = folder.read(name);
            assert!(there == *both.0 || there == *both.1, "{name} is neither old nor new (kill {k})");
        }
        // The next run knows what the last one left.
        if k % 8 == 7 {
            folder.run(&args).exits(0);
            assert_eq!(unfinished(&folder), [""; 0], "kill {k}");
            for (name, wanted) in names.iter().zip(&versions[k as usize % 2]) {
                assert!(folder.read(name) == *wanted, "{name} (kill {k})");
            }
        }
    }
    assert!(cut > KILLS / 4, "{cut} of {KILLS} were still at work");
}

#[test]
fn a_fix_may_be_killed_at_any_moment() {
    let folder = Folder::new();
    let paragraph = "各位委员的的意见都在这里,请各部门研究研究,尽快答复。\n\n".repeat(400);
    let old = format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n{paragraph}");
    let args = &["check", "s.md", "--fix", "-q"];
    folder.write("s.md", &old);
    let whole = takes(|| {
        folder.run(args);
    });
    let new = folder.read("s.md");
    assert_ne!(new, old.as_bytes());
    for k in 0..60 {
        folder.write("s.md", &old);
        killed(&folder, args, whole * k / 60);
        let there = folder.read("s.md");
        assert!(there == old.as_bytes() || there == new, "neither old nor new (kill {k})");
    }
    folder.write("s.md", &old);
    folder.run(args);
    assert_eq!(unfinished(&folder), [""; 0]);
}

#[test]
fn a_merge_may_be_killed_at_any_moment() {
    let folder = sent();
    for (name, new) in [("x.docx", "半年时间"), ("y.docx", "两年时间")] {
        edit(&folder.join("a.docx"), &folder.join(name), &|xml| untracked(xml, "一年时间", new));
    }
    let source = folder.read("s.md");
    let names = ["m.md", "r.json", "r.html"];
    let args = |copy: &'static str| ["merge", "s.md", copy, "-o", "m.md", "--report", "r.json", "-q"];
    let copies = ["x.docx", "y.docx"];
    let versions: Vec<Vec<Vec<u8>>> = copies
        .iter()
        .map(|copy| {
            folder.run(&args(copy)).exits(0);
            names.iter().map(|n| folder.read(n)).collect()
        })
        .collect();
    let whole = takes(|| drop(folder.run(&args("x.docx")).exits(0)));
    let mut cut = 0;
    for k in 0..40 {
        let which = k as usize % 2;
        cut += u32::from(killed(&folder, &args(copies[which]), whole * k / 40));
        for (name, both) in names.iter().zip(versions[0].iter().zip(&versions[1])) {
            let there = folder.read(name);
            assert!(there == *both.0 || there == *both.1, "{name} is neither old nor new (kill {k})");
        }
        assert!(folder.read("s.md") == source, "kill {k}");
        if k % 8 == 7 {
            folder.run(&args(copies[which])).exits(0);
            assert_eq!(unfinished(&folder), [""; 0], "kill {k}");
            for (name, wanted) in names.iter().zip(&versions[which]) {
                assert!(folder.read(name) == *wanted, "{name} (kill {k})");
            }
        }
    }
    assert!(cut > 10, "{cut} of 40 were still at work");
}

/// Runs the program where no file may be larger than so many kilobytes, as on a full disk.
fn on_a_full_disk(folder: &Folder, kilobytes: u32, args: &str) -> Ran {
    let program = jianbao().get_program().to_owned();
    // A write beyond the limit is an error only where the signal is ignored.
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" {args}");
    let mut command = std::process::Command::new("bash");
    command.args(["-c", &script]).arg(program).current_dir(folder.path()).env("LC_ALL", "C.UTF-8");
    Ran(command.output().unwrap())
}

#[test]
fn a_full_disk_is_told_and_spoils_nothing() {
    let folder = Folder::new();
    std::fs::copy(sample(), folder.join("s.md")).unwrap();
    folder.run(&["build", "s.md", "-f", "pdf,docx", "-o", "out", "-q"]).exits(0);
    let before = (folder.read("out/s.pdf"), folder.read("out/s.docx"));
    let text = std::fs::read_to_string(sample()).unwrap();
    folder.write("s.md", text.replacen("墙角", "屋角", 1));
    for kilobytes in [8, 0] {
        let ran = on_a_full_disk(&folder, kilobytes, "build s.md -f pdf,docx -o out").exits(3);
        assert!(ran.err().contains("out/"), "{}", ran.err());
        assert!((folder.read("out/s.pdf"), folder.read("out/s.docx")) == before, "{kilobytes} KB");
        assert_eq!(unfinished(&folder), [""; 0]);
    }
    folder.run(&["build", "s.md", "-f", "pdf,docx", "-o", "out", "-q"]).exits(0);
    assert!(folder.read("out/s.pdf") != before.0);
}

/// The fonts of the project in a folder, one of them damaged.
fn fonts_with(folder: &Folder, damage: impl Fn(Vec<u8>) -> Vec<u8>) -> String {
    let fonts = folder.join("fonts");
    std::fs::create_dir_all(&fonts).unwrap();
    let is_font = |name: &str| name.ends_with(".otf") || name.ends_with(".ttf");
    let mut stack = vec![root().join("fonts")];
    while let Some(from) = stack.pop() {
        for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_dir() {
                stack.push(entry.path());
            } else if is_font(&name) {
                let bytes = std::fs::read(entry.path()).unwrap();
                let is_text = name.to_lowercase().contains("fang");
                std::fs::write(fonts.join(&name), if is_text { damage(bytes) } else { bytes }).unwrap();
            }
        }
    }
    fonts.to_str().unwrap().to_owned()
}

#[test]
fn a_damaged_font_ends_in_a_sentence() {
    for (name, damage) in [
        ("cut", (|b: Vec<u8>| b[..b.len() / 2].to_vec()) as fn(Vec<u8>) -> Vec<u8>),
        ("empty", |_| Vec::new()),
        ("zeros", |b: Vec<u8>| {
            let mut bytes = b;
            bytes[400..].fill(0);
            bytes
        }),
    ] {
        let folder = Folder::new();
        std::fs::copy(sample(), folder.join("s.md")).unwrap();
        let fonts = fonts_with(&folder, damage);
        let ran = folder.run_with(&["build", "s.md", "-o", "out"], &[("JIANBAO_FONTS", fonts.as_str())]);
        assert!((0..=3).contains(&ran.code()) && !ran.err().contains("panicked"), "{name}: {}", ran.err());
        assert!(ran.code() == 0 || !folder.join("out/s.pdf").exists(), "{name}: {}", ran.err());
        assert!(!ran.err().trim().is_empty(), "{name}: what became of the font is told");
    }
}

#[test]
fn an_empty_template_ends_in_a_sentence() {
    // An empty `page.typ` is found where something is taken from it.
    for (template, told) in [
        ("pdf/main.typ", "main.typ"),
        ("pdf/page.typ", "main.typ:4"),
        ("epub/speech.xhtml", "speech.xhtml"),
        ("epub/nav.xhtml", "nav.xhtml"),
    ] {
        let folder = Folder::new();
        std::fs::copy(sample(), folder.join("s.md")).unwrap();
        folder.write("jianbao.toml", "sources = [\"s.md\"]\n");
        folder.write(&format!("templates/{template}"), "");
        let ran = folder.run(&["build"]).exits(1);
        assert!(ran.err().contains(told), "{template}: {}", ran.err());
        assert!(
            !folder.join("output/s.pdf").exists() && !folder.join("output/s.epub").exists(),
            "{template}"
        );
    }
}
