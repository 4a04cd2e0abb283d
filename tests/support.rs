//! A folder to work in and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample that README's command builds.
pub fn sample() -> PathBuf {
    root().join("examples/sample.md")
}

/// A file or folder under `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures").join(name)
}

/// The real text, where it is to be had.
pub fn real_text() -> Option<PathBuf> {
    let path = root().join("../shared/corpus/wuhan-cppcc-2026.md");
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not here", path.display());
    None
}

/// The sample, the source with everything, and the real text where it is to be had.
pub fn sources() -> Vec<PathBuf> {
    [Some(sample()), Some(fixture("rich.md")), real_text()].into_iter().flatten().collect()
}

/// A temporary folder.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// Writes a file, with the folders on its way.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// All files below, relative, sorted; the ledger left out.
    pub fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    let name =
                        entry.path().strip_prefix(self.path()).unwrap().to_str().unwrap().replace('\\', "/");
                    if !name.ends_with(".jianbao-ledger.json") {
                        found.push(name);
                    }
                }
            }
        }
        found.sort();
        found
    }

    /// Runs jianbao here, in English, with an environment of its own.
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Ran {
        self.run_with(args, &[])
    }

    pub fn run_with<S: AsRef<std::ffi::OsStr>>(&self, args: &[S], env: &[(&str, &str)]) -> Ran {
        let mut command = jianbao();
        command.current_dir(self.path()).args(args);
        for (name, value) in env {
            command.env(name, value);
        }
        Ran(command.output().unwrap())
    }
}

/// The program, in English, without what could change its outputs.
pub fn jianbao() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianbao"));
    for name in ["SOURCE_DATE_EPOCH", "JIANBAO_FONTS", "NO_COLOR", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "en_US.UTF-8");
    command
}

/// A run that ended.
pub struct Ran(pub Output);

impl Ran {
    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    /// The run, which must have ended with `code`.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code(),
            code,
            "stdout:\n{}\nstderr:\n{}",
            String::from_utf8_lossy(&self.0.stdout),
            self.err()
        );
        self
    }
}

/// Builds formats of a source into the folder `o`.
#[track_caller]
pub fn build(source: &Path, formats: &str) -> Folder {
    let folder = Folder::new();
    folder.run(&["build", source.to_str().unwrap(), "-f", formats, "-o", "o"]).exits(0);
    folder
}

/// The one file with an ending in the folder `o`, where tests put what they build.
pub fn built(folder: &Folder, ending: &str) -> PathBuf {
    let files = folder.files();
    let mut found = files.iter().filter(|f| f.starts_with("o/") && f.ends_with(&format!(".{ending}")));
    let file = found.next().unwrap_or_else(|| panic!("no .{ending} among {files:?}"));
    assert!(found.next().is_none(), "{files:?}");
    folder.join(file)
}

/// An entry of a zip archive as text.
pub fn unzipped(archive: &Path, wanted: impl Fn(&str) -> bool) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(archive).unwrap()).unwrap();
    let name = zip.file_names().find(|n| wanted(n)).map(str::to_owned).unwrap();
    std::io::read_to_string(zip.by_name(&name).unwrap()).unwrap()
}

/// A judge of `tests/tools`; its output when it is content.
#[track_caller]
pub fn judge(script: &str, args: &[&Path]) -> String {
    judge_words(script, &args.iter().map(|a| a.to_str().unwrap()).collect::<Vec<_>>())
}

#[track_caller]
pub fn judge_words(script: &str, args: &[&str]) -> String {
    let path = root().join("tests/tools").join(script);
    let output = Command::new("bash").arg(&path).args(args).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script} {args:?}: {}\n{out}{err}", output.status);
    out.into_owned()
}

/// The text pandoc reads in an e-book or a Word file. Its plain writer leaves captions out, so the
/// text is that of its HTML.
#[track_caller]
pub fn pandoc_text(file: &Path) -> String {
    let html = judge_words("pandoc.sh", &["-t", "html", "--wrap=none", file.to_str().unwrap()]);
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// A program that must be installed.
#[track_caller]
pub fn program(name: &str, args: &[&str]) -> String {
    let output = Command::new(name)
        .args(args)
        .output()
        .unwrap_or_else(|e| panic!("{name}: {e}; tests/run.sh installs it"));
    assert!(output.status.success(), "{name} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Python with the libraries that read other people's forms.
pub fn python() -> PathBuf {
    let tools =
        std::env::var("JIANBAO_TEST_TOOLS").map_or_else(|_| root().join("target/tools"), PathBuf::from);
    std::env::var("JIANBAO_TEST_PYTHON").map_or_else(|_| tools.join("venv/bin/python"), PathBuf::from)
}

/// A tree of a source, read from `jianbao tree`.
pub fn tree_of(source: &Path) -> serde_json::Value {
    let folder = Folder::new();
    let ran = folder.run(&["tree".as_ref(), source.as_os_str()]).exits(0);
    serde_json::from_str(&ran.out()).unwrap()
}

/// The same, with types.
pub fn typed_tree(source: &Path) -> jianbao::tree::Proceedings {
    jianbao::tree::Proceedings::from_json(&tree_of(source).to_string()).unwrap()
}

/// The tree of the sample, read once.
pub fn typed_tree_of_sample() -> &'static jianbao::tree::Proceedings {
    static TREE: std::sync::OnceLock<jianbao::tree::Proceedings> = std::sync::OnceLock::new();
    TREE.get_or_init(|| typed_tree(&sample()))
}

/// Text without anything blank.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// The hanzi of a text, in order.
pub fn hanzi(text: &str) -> String {
    let is = |c: &char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}' | '〇');
    text.chars().filter(is).collect()
}

/// The second engine, typst-cli 0.15.
pub fn typst() -> String {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root().join("target"), PathBuf::from);
    let tools = std::env::var("JIANBAO_TEST_TOOLS").map_or_else(|_| target.join("tools"), PathBuf::from);
    let installed = tools.join("typst/bin/typst");
    std::env::var("JIANBAO_TYPST").unwrap_or_else(|_| {
        if installed.exists() { installed.to_str().unwrap().to_owned() } else { "typst".to_owned() }
    })
}

/// A desk that is open over a folder; it is closed when it is dropped.
pub struct Desk {
    process: std::process::Child,
    pub port: u16,
    pub token: String,
    pub url: String,
}

/// An answer of the desk.
pub struct Heard {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Heard {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text()))
    }
}

impl Desk {
    pub fn open(folder: &Path) -> Self {
        Self::start(jianbao().args(["serve", "."]).current_dir(folder))
    }

    /// A desk from a command that opens one.
    pub fn start(command: &mut Command) -> Self {
        let mut process =
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
        let url = line.trim().to_owned();
        let rest = url.strip_prefix("http://127.0.0.1:").unwrap_or_else(|| panic!("no address: {line:?}"));
        let (port, token) = rest.split_once("/?token=").unwrap();
        Self { process, port: port.parse().unwrap(), token: token.to_owned(), url: url.clone() }
    }

    /// The headers of the desk's own page.
    pub fn own(&self) -> Vec<(String, String)> {
        vec![
            ("Host".into(), format!("127.0.0.1:{}", self.port)),
            ("Cookie".into(), format!("jianbao-{}={}", self.port, self.token)),
            ("X-Jianbao".into(), "en".into()),
        ]
    }

    /// A request with these headers alone.
    pub fn send(&self, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> Heard {
        use std::io::{Read, Write};
        let mut line = std::net::TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        line.set_read_timeout(Some(std::time::Duration::from_secs(300))).unwrap();
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        line.write_all((head + "\r\n").as_bytes()).unwrap();
        // The desk may have said no before all is sent.
        let _ = line.write_all(body);
        let mut heard = Vec::new();
        line.read_to_end(&mut heard).unwrap();
        let end = heard
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("{method} {path}: {heard:?}"));
        let head = String::from_utf8_lossy(&heard[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Heard { status, head, body: heard.split_off(end + 4) }
    }

    pub fn get(&self, path: &str) -> Heard {
        self.send("GET", path, &self.own(), b"")
    }

    pub fn post(&self, path: &str, data: &serde_json::Value) -> Heard {
        self.send("POST", path, &self.own(), data.to_string().as_bytes())
    }

    pub fn put(&self, path: &str, bytes: &[u8]) -> Heard {
        self.send("PUT", path, &self.own(), bytes)
    }

    /// As the system ends a program, without a word.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Whether it still answers.
    #[track_caller]
    pub fn goes_on(&self) {
        assert_eq!(self.get("/api/files").status, 200);
    }

    /// Says what Ctrl-C says, and gives how it ended.
    pub fn interrupt(mut self) -> Option<i32> {
        interrupt(self.process.id());
        self.process.wait().unwrap().code()
    }
}

impl Desk {
    /// The same where another program runs it and writes down what it does.
    pub fn interrupt_traced(mut self) {
        let id = self.process.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        children.split_whitespace().for_each(|child| interrupt(child.parse().unwrap()));
        self.process.wait().unwrap();
    }
}

/// What Ctrl-C sends.
pub fn interrupt(id: u32) {
    assert!(Command::new("kill").args(["-INT", &id.to_string()]).status().unwrap().success());
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
