//! Finished books to take home: made beside the desk's own work, told about while they are made, proved, handed
//! out one by one or in one archive.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::build::{
    self, Book, Earlier, Errand, Event, Opening, Order, Placed, Problem, Severity, Sink, Stage, Target,
};
use crate::desk::book::{found, lock};
use crate::desk::reply::{Answer, Refusal, Reply, defect, problem, problems};
use crate::desk::server::Inner;
use crate::excerpt::Selection;
use crate::messages::{Catalog, Lang, Say};
use crate::render::{FORMATS, Format, format_named};
use crate::verify::Choice;

/// Tasks whose files are kept.
const KEPT: usize = 6;

/// Stack of the thread that makes a book.
const STACK: usize = 16 << 20;

/// The tasks, the newest last.
#[derive(Default)]
pub(super) struct Tasks(Mutex<Vec<(u64, Arc<Task>)>>);

/// A book being made.
struct Task {
    folder: PathBuf,
    stopped: AtomicBool,
    state: Mutex<State>,
    lang: Lang,
}

#[derive(Default)]
struct State {
    stage: String,
    done: usize,
    steps: usize,
    is_over: bool,
    files: Vec<(String, u64)>,
    problems: Vec<Value>,
    proof: Value,
}

#[derive(Deserialize)]
pub(super) struct Take {
    file: String,
    formats: Vec<String>,
    /// The sheets of a booklet for an office printer, beside the PDF.
    #[serde(default)]
    booklet: bool,
    /// For a printing house.
    #[serde(default)]
    press: bool,
    /// A part to send out.
    #[serde(default)]
    excerpt: Option<Part>,
}

/// Which speeches an excerpt has.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Part {
    speeches: Vec<String>,
    speakers: Vec<String>,
    parties: Vec<String>,
    to: Option<String>,
    split: bool,
    plain: bool,
}

/// Begins to make a book.
pub(super) fn take(desk: &Inner, take: Take, catalog: &Catalog) -> Answer {
    let (found, _) = found(&desk.folder, &take.file)?;
    let number = desk.count();
    let folder = desk.folder.own(&format!("take/{number}"))?;
    let steps = take.formats.len() + 2 + usize::from(take.booklet) + usize::from(take.press);
    let state = Mutex::new(State { steps, ..State::default() });
    let task = Arc::new(Task { folder, stopped: AtomicBool::new(false), state, lang: catalog.lang() });
    let mut tasks = lock(&desk.tasks.0);
    tasks.push((number, task.clone()));
    while tasks.len() > KEPT {
        let (_, old) = tasks.remove(0);
        old.stopped.store(true, Ordering::Relaxed);
        // Files that are being read are read to their end.
        let _ = std::fs::remove_dir_all(&old.folder);
    }
    drop(tasks);
    let thread = std::thread::Builder::new().name("take".into()).stack_size(STACK);
    thread.spawn(move || task.run(&found, &take)).map_err(defect)?;
    Ok(Reply::Json(json!({ "task": number })))
}

impl Task {
    fn run(&self, found: &build::Found, take: &Take) {
        let catalog = Catalog::new(self.lang);
        let made =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.make(found, take, &catalog)));
        let told = match made {
            Ok(Ok(())) => None,
            Ok(Err(problem)) => Some(problem),
            Err(_) => Some(defect("take")),
        };
        let mut state = lock(&self.state);
        state.problems.extend(told.iter().map(|p| problem(p, &catalog)));
        state.is_over = true;
    }

    fn make(&self, found: &build::Found, take: &Take, catalog: &Catalog) -> Result<(), Problem> {
        let formats: Vec<&'static Format> =
            take.formats.iter().filter_map(|name| format_named(name)).collect();
        let order = |formats, folder: PathBuf, press| Order {
            formats,
            asked: true,
            target: Target::Folder(folder),
            force: true,
            press,
            ..Order::default()
        };
        if let Some(part) = &take.excerpt {
            let errand = Errand {
                selection: Selection {
                    speeches: part.speeches.clone(),
                    speakers: part.speakers.clone(),
                    parties: part.parties.clone(),
                    ..Selection::default()
                },
                to: part.to.clone().filter(|to| !to.trim().is_empty()),
                split: part.split,
                plain: part.plain,
                order: order(formats, self.folder.clone(), false),
            };
            let outcome = build::excerpt(found, &errand, self);
            return self.placed(outcome, catalog).map(|_| ());
        }
        let outputs = if formats.is_empty() {
            Vec::new()
        } else {
            let outcome =
                build::build(std::slice::from_ref(found), &order(formats, self.folder.clone(), false), self);
            self.all_placed(outcome, catalog)?
        };
        if take.booklet {
            let sheets = Stage::Render("impose");
            self.event(&Event::Started { source: "", stage: sheets });
            for pdf in outputs.iter().filter(|p| p.extension().is_some_and(|e| e == "pdf")) {
                let stem = pdf.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                let (imposed, _) = build::impose(pdf, crate::impose::Settings::default(), None)?;
                let name = format!("{stem}-{}.pdf", catalog.plain("desk-booklet-name"));
                build::put(&self.folder, &[(name.clone(), imposed.bytes.as_slice())], true)
                    .into_iter()
                    .try_for_each(|p| p.map(|_| ()))?;
                self.add(&self.folder.join(name));
            }
            self.step();
        }
        if take.press {
            let folder = self.folder.join("press");
            let pdf: Vec<&'static Format> = format_named("pdf").into_iter().collect();
            let outcome = build::build(std::slice::from_ref(found), &order(pdf, folder, true), self);
            self.all_placed(outcome, catalog)?;
        }
        self.prove(found, &outputs, catalog)
    }

    /// Holds the finished files against the text.
    fn prove(&self, found: &build::Found, outputs: &[PathBuf], catalog: &Catalog) -> Result<(), Problem> {
        let proved: Vec<PathBuf> = outputs
            .iter()
            .filter(|p| p.extension().is_some_and(|e| ["pdf", "epub", "docx"].iter().any(|own| e == *own)))
            .cloned()
            .collect();
        if proved.is_empty() || self.is_stopped() {
            return Ok(());
        }
        lock(&self.state).stage = "verify".to_owned();
        let book = Book::open(found, &Opening::default())?;
        let proof = build::verify(&book, &proved, &Earlier::default(), &Choice::default(), catalog)?;
        let mut state = lock(&self.state);
        state.proof = serde_json::to_value(&proof).map_err(defect)?;
        state.done += 1;
        Ok(())
    }

    fn all_placed(&self, outcomes: Vec<build::Outcome>, catalog: &Catalog) -> Result<Vec<PathBuf>, Problem> {
        let mut all = Vec::new();
        for outcome in outcomes {
            all.extend(self.placed(outcome, catalog)?);
        }
        Ok(all)
    }

    /// Takes down what was made and what is to be told.
    fn placed(&self, outcome: build::Outcome, catalog: &Catalog) -> Result<Vec<PathBuf>, Problem> {
        let told = outcome.problems.iter().filter(|p| p.severity > Severity::Info);
        let told = problems(told, catalog);
        lock(&self.state).problems.extend(told);
        let mut paths = Vec::new();
        for placed in outcome.placed {
            let (Placed::Written(path) | Placed::Unchanged(path)) = placed;
            self.add(&path);
            paths.push(path);
        }
        Ok(paths)
    }

    fn add(&self, path: &Path) {
        let name = path.strip_prefix(&self.folder).unwrap_or(path).display().to_string();
        let size = path.metadata().map_or(0, |m| m.len());
        lock(&self.state).files.push((name, size));
    }

    fn step(&self) {
        lock(&self.state).done += 1;
    }
}

impl Sink for Task {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Started { stage, .. } => {
                lock(&self.state).stage = match stage {
                    Stage::Read => "read".to_owned(),
                    Stage::Render(format) => (*format).to_owned(),
                    Stage::Write => "write".to_owned(),
                    Stage::Prove => "verify".to_owned(),
                };
            }
            Event::Ended { .. } => self.step(),
            _ => {}
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

#[derive(Deserialize)]
pub(super) struct Number {
    task: u64,
}

fn found_task(desk: &Inner, number: u64) -> Result<Arc<Task>, Refusal> {
    let tasks = lock(&desk.tasks.0);
    let task = tasks.iter().find(|(own, _)| *own == number).map(|(_, task)| task.clone());
    task.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, Say::new("desk-no-task")))
}

/// How far a task is.
pub(super) fn task(desk: &Inner, asked: Number, _: &Catalog) -> Answer {
    let task = found_task(desk, asked.task)?;
    let state = lock(&task.state);
    let files = state.files.iter().map(|(name, size)| json!({ "name": name, "size": size }));
    Ok(Reply::Json(json!({
        "over": state.is_over,
        "stopped": task.is_stopped(),
        "stage": state.stage,
        "done": state.done.min(state.steps),
        "steps": state.steps,
        "files": files.collect::<Vec<_>>(),
        "problems": state.problems,
        "proof": state.proof,
    })))
}

/// Ends a task as soon as the stage it is in is done; nothing of it is kept.
pub(super) fn cancel(desk: &Inner, asked: Number, _: &Catalog) -> Answer {
    found_task(desk, asked.task)?.stopped.store(true, Ordering::Relaxed);
    Ok(Reply::Json(json!({})))
}

#[derive(Deserialize)]
pub(super) struct OneFile {
    task: u64,
    name: String,
}

/// A finished file.
pub(super) fn file(desk: &Inner, asked: OneFile, _: &Catalog) -> Answer {
    let task = found_task(desk, asked.task)?;
    // Only what the task itself named.
    let is_ours = lock(&task.state).files.iter().any(|(name, _)| *name == asked.name);
    if !is_ours {
        return Err(Refusal::new(StatusCode::NOT_FOUND, Say::new("desk-no-task")));
    }
    let path = task.folder.join(&asked.name);
    let bytes = std::fs::read(&path).map_err(|e| Problem::unreadable(&path, &e))?;
    let ending = path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
    let format = FORMATS.iter().find(|f| !f.ending.is_empty() && f.ending == ending);
    let media = format.map_or("application/octet-stream", |f| f.media_type).to_owned();
    let name = asked.name.rsplit('/').next().unwrap_or_default().to_owned();
    Ok(Reply::Kept(media, name, bytes))
}

/// All files of a task in one archive.
pub(super) fn zip(desk: &Inner, asked: Number, catalog: &Catalog) -> Answer {
    let task = found_task(desk, asked.task)?;
    let names: Vec<String> = lock(&task.state).files.iter().map(|(name, _)| name.clone()).collect();
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    // No time of day in it: the same files make the same archive.
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for name in names {
        let path = task.folder.join(&name);
        let bytes = std::fs::read(&path).map_err(|e| Problem::unreadable(&path, &e))?;
        writer.start_file(name, options).map_err(defect)?;
        writer.write_all(&bytes).map_err(defect)?;
    }
    let bytes = writer.finish().map_err(defect)?.into_inner();
    let name = format!("{}.zip", catalog.plain("desk-archive-name"));
    Ok(Reply::Kept("application/zip".to_owned(), name, bytes))
}
