//! How long the rooms take: reading each form, normalising, checking, rendering.
//!
//! `cd benches && cargo bench [-- FILTER]`. The texts are invented: the clean prose of the tests, repeated to the
//! size of a real briefing (160 KB) and of the largest that is promised (10 MB).

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use jianbao::check::{Choice, SourceText, Subject};
use jianbao::config::Config;
use jianbao::fonts::{FontRequest, FontSet};
use jianbao::normalize::{Known, normalize, standard_text};
use jianbao::render::{Assets, Job, Templates, format_named};
use jianbao::source::{Document, read};
use jianbao::tree::{FileId, Proceedings};

const REAL: usize = 160_000;
const LARGE: usize = 10_000_000;

/// Speeches one after the other, each time with other numbers, until there are so many bytes.
fn markdown(bytes: usize) -> String {
    let text = include_str!("../tests/fixtures/clean.md");
    let (head, speeches) = text.split_at(text.find("### ").unwrap_or_default());
    let mut out = head.to_owned();
    for round in 0u32.. {
        if out.len() >= bytes {
            break;
        }
        out.extend(speeches.chars().map(|c| {
            match c.to_digit(10).and_then(|d| char::from_digit((d + round) % 10, 10)) {
                Some(digit) => digit,
                // Half-width marks are what most sources have.
                None if c == '，' => ',',
                None => c,
            }
        }));
        out.push_str("\n\n");
    }
    out
}

/// The same as lines without markup.
fn plain(bytes: usize) -> String {
    markdown(bytes).replace("\n\n", "\n").replace("### ", "").replace("## ", "").replace("# ", "")
}

/// The same as a web page.
fn page(bytes: usize) -> String {
    let blocks = markdown(bytes);
    let block = |block: &str| match block.trim_start_matches('#') {
        heading if heading.len() < block.len() => format!("<h2>{}</h2>\n", heading.trim()),
        text => format!("<p>{text}</p>\n"),
    };
    let body: String = blocks.split("\n\n").filter(|b| !b.trim().is_empty()).map(block).collect();
    format!("<!doctype html><html><body><article>{body}</article></body></html>")
}

fn document(name: &str, bytes: &[u8]) -> Document {
    read(FileId(0), name, bytes).expect("an invented text is read")
}

fn book(text: &str) -> Proceedings {
    let mut documents = [document("a.md", text.as_bytes())];
    normalize(&mut documents, Known::default()).expect("it has speeches").tree
}

fn rendered(tree: &Proceedings, format: &str) -> Vec<u8> {
    let fonts = FontSet::find(&FontRequest::from_environment()).expect("the fonts");
    let (config, templates, assets) = (Config::default(), Templates::default(), Assets::default());
    let job = Job::new(tree, &config, &fonts, &templates, &assets);
    let format = format_named(format).expect("a known format");
    let rendered = format.backend.render(&job).expect("it is rendered");
    rendered.artifacts.into_iter().next().map(|a| a.bytes).unwrap_or_default()
}

fn reading(c: &mut Criterion) {
    let word = rendered(&book(&markdown(REAL)), "docx");
    let forms = [
        ("a.md", markdown(REAL).into_bytes()),
        ("a.txt", plain(REAL).into_bytes()),
        ("a.html", page(REAL).into_bytes()),
        ("a.docx", word),
    ];
    let mut group = c.benchmark_group("read");
    for (name, bytes) in &forms {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(*name, |b| b.iter(|| document(name, black_box(bytes))));
    }
    group.finish();
}

fn normalising(c: &mut Criterion) {
    for (size, text) in [("160KB", markdown(REAL)), ("10MB", markdown(LARGE))] {
        let mut group = c.benchmark_group("normalize");
        group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
        let read = document("a.md", text.as_bytes());
        group.bench_function(format!("book/{size}"), |b| {
            let documents = || [read.clone()];
            b.iter_batched_ref(documents, |d| normalize(d, Known::default()), BatchSize::PerIteration);
        });
        group.bench_function(format!("standard/{size}"), |b| b.iter(|| standard_text(black_box(&read))));
        group.finish();
    }
}

fn checking(c: &mut Criterion) {
    for (size, text) in [("160KB", markdown(REAL)), ("10MB", markdown(LARGE))] {
        let mut documents = [document("a.md", text.as_bytes())];
        let book = normalize(&mut documents, Known::default()).expect("it has speeches");
        let texts = [SourceText::new(FileId(0), "a.md", &documents[0].text, true)];
        let config = Config::default();
        let choice = Choice::of(&config.check).expect("the default rules");
        let mut group = c.benchmark_group("check");
        group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(size, |b| {
            b.iter(|| choice.run(&Subject::new(black_box(&book.tree), &texts, &book.observations, &config)));
        });
        group.finish();
    }
}

fn rendering(c: &mut Criterion) {
    let tree = book(&markdown(REAL));
    let mut group = c.benchmark_group("render");
    group.sample_size(10);
    for format in ["epub", "docx"] {
        group.bench_function(format, |b| b.iter(|| rendered(black_box(&tree), format)));
    }
    group.finish();
}

criterion_group! {
    name = parts;
    config = Criterion::default().warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    targets = reading, normalising, checking, rendering
}
criterion_main!(parts);
