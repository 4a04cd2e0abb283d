//! `jianbao watch`: outputs follow their sources, what is wrong is told and does not end it, Ctrl-C ends it well.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::{Folder, interrupt, jianbao};

const TEXT: &str = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n";

struct Watching {
    process: Child,
    events: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Watching {
    fn start(folder: &Folder, args: &[&str]) -> Self {
        let mut command = jianbao();
        command.args(["watch", "--json"]).args(args).current_dir(folder.path());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let events = BufReader::new(process.stdout.take().unwrap()).lines();
        Self { process, events }
    }

    /// The events until all is made and it waits.
    fn round(&mut self) -> Vec<Value> {
        let mut round = Vec::new();
        loop {
            let event: Value = serde_json::from_str(&self.events.next().expect("an event").unwrap()).unwrap();
            let is_last = event["event"] == "waiting";
            round.push(event);
            if is_last {
                return round;
            }
        }
    }

    fn end(mut self) -> Option<i32> {
        interrupt(self.process.id());
        self.process.wait().unwrap().code()
    }
}

fn has(round: &[Value], name: &str) -> bool {
    round.iter().any(|e| e["event"] == name)
}

#[test]
fn outputs_follow_their_sources() {
    let folder = Folder::new();
    folder.write("book/s.md", TEXT);
    folder.write("book/jianbao.toml", "sources = [\"*.md\"]\noutput = \"out\"\n");
    let mut watching = Watching::start(&folder, &["book", "-f", "docx,markdown"]);
    assert!(has(&watching.round(), "done"));
    let first = folder.read("book/out/s.md");
    folder.write("book/s.md", TEXT.replace("正文", "正文正文"));
    let round = watching.round();
    assert!(has(&round, "done"));
    let found = round.iter().find(|e| e["event"] == "found").expect("a finding");
    assert_eq!((&found["rule"], &found["line"]), (&Value::from("text/doubled-word"), &Value::from(7)));
    assert_ne!(folder.read("book/out/s.md"), first);
    // What cannot be a book is told; what was made stays, and the next save is noticed.
    folder.write("book/s.md", "");
    assert!(has(&watching.round(), "failed"));
    folder.write("book/s.md", TEXT);
    assert!(has(&watching.round(), "done"));
    assert_eq!(folder.read("book/out/s.md"), first);
    // Settings and files that come are noticed too.
    folder.write("book/jianbao.toml", "sources = [\"*.md\"]\noutput = \"out\"\noutput_name = \"另\"\n");
    assert!(has(&watching.round(), "done") && folder.join("book/out/另.docx").is_file());
    folder.write("book/t.md", TEXT.replace("甲 乙", "丙 丁").replace("# 题\n\n###", "###"));
    assert!(has(&watching.round(), "done"));
    assert!(String::from_utf8(folder.read("book/out/另.md")).unwrap().contains('丁'));
    assert_eq!(watching.end(), Some(0));
    assert!(!folder.files().iter().any(|f| f.contains(".tmp")), "{:?}", folder.files());
}

#[test]
fn wrong_use_is_told_at_once() {
    let folder = Folder::new();
    folder.write("s.md", TEXT);
    let ran = folder.run(&["watch", "s.md", "-f", "docx", "-o", "-"]).exits(2);
    assert!(ran.err().contains("-o"), "{}", ran.err());
    folder.run(&["watch", "none"]).exits(3);
}
