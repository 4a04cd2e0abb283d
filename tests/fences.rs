//! What the program touches: it reads the source's folder, the manifest's and the fonts, writes into the output
//! folder, and opens no connection. The system's own record of its calls is the witness.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::support::{Desk, Folder, fixture, jianbao, root};

/// What a run touched, as absolute paths without links and dots.
#[derive(Default)]
struct Touched {
    read: BTreeSet<PathBuf>,
    written: BTreeSet<PathBuf>,
    /// Calls that open a connection.
    sockets: Vec<String>,
}

/// Runs the program under `strace`; whatever it says, it ends with 0 to 3.
fn touched(folder: &Folder, args: &[&str]) -> Touched {
    let log = tempfile::NamedTempFile::new().unwrap();
    let ran = Command::new("strace")
        .args(["-f", "-qq", "-s", "4096", "-e", "trace=%file,%network", "-o"])
        .arg(log.path())
        .arg(jianbao().get_program())
        .args(args)
        .current_dir(folder.path())
        .output()
        .expect("strace is installed by the test command");
    assert!(ran.status.code().is_some_and(|c| c <= 3), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    read(folder.path(), log.path())
}

/// What a record of calls tells; names are relative to `base`.
fn read(base: &Path, log: &Path) -> Touched {
    let calls = std::fs::read_to_string(log).unwrap();
    assert!(calls.contains("execve("), "strace saw nothing: it may not trace here\n{calls}");
    let mut touched = Touched::default();
    for call in calls.lines() {
        let Some((_, call)) = call.trim_start().split_once(' ') else { continue };
        let call = call.trim_start();
        let name = call.split('(').next().unwrap_or_default();
        match name {
            "socket" | "connect" | "bind" | "sendto" => touched.sockets.push(call.to_owned()),
            "open" | "openat" | "creat" | "rename" | "renameat" | "renameat2" | "unlink" | "unlinkat"
            | "mkdir" | "mkdirat" | "link" | "linkat" | "symlink" | "symlinkat" | "truncate" | "chmod"
            | "fchmodat" => {
                if call.contains(" = -1 ") {
                    continue;
                }
                let changes = !name.starts_with("open")
                    || ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| call.contains(flag));
                for path in call.split('"').skip(1).step_by(2) {
                    let path = base.join(path);
                    let parent = path.parent().and_then(|p| p.canonicalize().ok());
                    let whole = path.canonicalize().ok();
                    let real = whole.or_else(|| Some(parent?.join(path.file_name()?))).unwrap_or(path);
                    let set = if changes { &mut touched.written } else { &mut touched.read };
                    set.insert(real);
                }
            }
            _ => {}
        }
    }
    touched
}

/// What every program is given by the system.
fn is_the_systems(path: &Path) -> bool {
    [
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/lib64",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/proc",
        "/sys",
        "/dev",
    ]
    .iter()
    .any(|of| path.starts_with(of))
}

/// Holds a run against what it may touch.
fn assert_fenced(touched: &Touched, args: &[&str], may_read: &[PathBuf], may_write: &[PathBuf]) {
    let is_in = |path: &Path, list: &[PathBuf]| list.iter().any(|of| path.starts_with(of));
    let read: Vec<_> = touched
        .read
        .iter()
        .filter(|p| !is_the_systems(p) && !is_in(p, may_read) && !is_in(p, may_write))
        .collect();
    assert!(read.is_empty(), "{args:?} reads {read:?}");
    let written: Vec<_> =
        touched.written.iter().filter(|p| !p.starts_with("/dev") && !is_in(p, may_write)).collect();
    assert!(written.is_empty(), "{args:?} writes {written:?}");
    assert!(touched.sockets.is_empty(), "{args:?} opens {:?}", touched.sockets);
}

/// A folder with a book in `book/`, and beside it what is none of the book's business.
fn book() -> Folder {
    let folder = Folder::new();
    folder.write("outside.txt", "外面的字");
    std::fs::copy(fixture("point.png"), folder.join("outside.png")).unwrap();
    std::fs::copy(fixture("point.png"), folder.write("book/inside.png", "")).unwrap();
    folder.write("book/jianbao.toml", "sources = [\"s.md\"]\noutput = \"out\"\n");
    folder.write(
        "book/s.md",
        "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文#read(\"../outside.txt\")。\n\n![里](inside.png)\n\n\
         ![外](../outside.png)\n\n![链](link.png)\n\n![绝](/etc/hostname)\n\n![址](file:///etc/hostname)\n\n\
         ![网](http://127.0.0.1:9/a.png)\n",
    );
    std::os::unix::fs::symlink("../outside.png", folder.join("book/link.png")).unwrap();
    folder
}

#[test]
fn only_the_books_own_files_are_touched() {
    let folder = book();
    let inside = folder.path().canonicalize().unwrap().join("book");
    let fonts = root().join("fonts").canonicalize().unwrap();
    let out = inside.join("out");
    let may_read = [inside.clone(), fonts];
    let build: &[&str] = &["build", "book", "-q"];
    let runs: [(&[&str], &[PathBuf]); 9] = [
        (build, std::slice::from_ref(&out)),
        (&["build", "book", "-f", "typst", "-q"], std::slice::from_ref(&out)),
        (&["check", "book/s.md", "-q"], &[]),
        (&["tree", "book/s.md"], &[]),
        (&["normalize", "book/s.md"], &[]),
        (&["import", "book/s.md", "-o", "book/out/s.md", "-q"], std::slice::from_ref(&out)),
        (&["verify", "book", "book/out/s.pdf"], &[]),
        (&["impose", "book/out/s.pdf", "-o", "book/out/sheets.pdf"], std::slice::from_ref(&out)),
        (&["fonts", "book/s.md"], &[]),
    ];
    for (args, may_write) in runs {
        // A folder above is looked into, for what it is: never a file of it.
        let mut touched = touched(&folder, args);
        touched.read.retain(|p| !p.is_dir());
        assert!(touched.read.iter().any(|p| p.starts_with(&inside)), "{args:?}: {:?}", touched.read);
        assert_fenced(&touched, args, &may_read, may_write);
    }
    assert!(folder.join("book/out/s.pdf").is_file());
}

/// A template of one's own reads no files either.
#[test]
fn templates_read_nothing_outside() {
    for (name, text) in [
        ("pdf/main.typ", "#read(\"/etc/hostname\")"),
        ("pdf/main.typ", "#read(\"../../outside.txt\")"),
        ("pdf/main.typ", "#image(\"../outside.png\")"),
        ("pdf/main.typ", "#import \"/../outside.txt\": *"),
        ("epub/title.xhtml", "{% include \"../../outside.txt\" %}"),
        ("epub/title.xhtml", "{% include \"/etc/hostname\" %}"),
    ] {
        let folder = book();
        folder.write(&format!("book/templates/{name}"), text);
        let inside = folder.path().canonicalize().unwrap().join("book");
        let args = ["build", "book", "-q"];
        let mut touched = touched(&folder, &args);
        touched.read.retain(|p| !p.is_dir());
        let may_read = [inside.clone(), root().join("fonts").canonicalize().unwrap()];
        assert_fenced(&touched, &args, &may_read, &[inside.join("out")]);
        assert!(!folder.join("book/out/s.pdf").exists(), "{name} {text}: nothing is made of it");
    }
}

/// The desk listens on this machine alone, connects to nobody, and touches its folder alone.
#[test]
fn the_desk_keeps_to_its_folder_and_its_machine() {
    let folder = book();
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-s", "4096", "-e", "trace=%file,%network", "-o"]).arg(log.path());
    traced.arg(jianbao().get_program()).args(["serve", "book"]).env("LC_ALL", "en_US.UTF-8");
    let desk = Desk::start(traced.current_dir(folder.path()));
    let text = desk.get("/api/source?file=s.md").json()["text"].as_str().unwrap().to_owned();
    let look = json!({ "file": "s.md", "text": text, "tab": "t", "count": 1, "settled": true });
    assert_eq!(desk.post("/api/look", &look).status, 200);
    assert_eq!(desk.post("/api/check", &json!({ "file": "s.md", "text": text })).status, 200);
    let task = desk
        .post("/api/take", &json!({ "file": "s.md", "formats": ["pdf", "epub", "docx"], "booklet": true }));
    let path = format!("/api/task?task={}", task.json()["task"]);
    let state = loop {
        let state = desk.get(&path).json();
        if state["over"] == true {
            break state;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    };
    assert_eq!(state["files"].as_array().unwrap().len(), 4, "{state}");
    let word = desk.get(&format!("/api/file?task={}&name=s.docx", task.json()["task"]));
    assert_eq!(desk.put("/api/import?name=other.docx", &word.body).status, 200);
    assert_eq!(desk.put("/api/returned?name=other.docx", &word.body).status, 200);
    assert_eq!(desk.get("/api/source?file=link.png").status, 422);
    desk.interrupt_traced();
    // The desk works in its folder.
    let inside = folder.path().canonicalize().unwrap().join("book");
    let mut touched = read(&inside, log.path());
    touched.read.retain(|p| !p.is_dir());
    let connects = touched.sockets.iter().filter(|c| {
        let own = c.starts_with("bind(") && c.contains("inet_addr(\"127.0.0.1\")");
        let listens = c.starts_with("socket(AF_INET, SOCK_STREAM");
        // On a line that is open already.
        let answers = c.starts_with("sendto(") && c.contains(", NULL, 0)");
        !own && !listens && !answers
    });
    assert_eq!(connects.collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(touched.sockets.iter().any(|c| c.starts_with("bind(")));
    touched.sockets.clear();
    let may_read = [inside.clone(), root().join("fonts").canonicalize().unwrap()];
    assert_fenced(&touched, &["serve"], &may_read, &[inside]);
}
