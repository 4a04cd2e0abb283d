//! Builds books with the library and prints what happens as it happens.
//!
//! ```sh
//! cargo run --release --example watch_events -- examples/sample.md
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people to watch")]

use std::path::PathBuf;

use jianbao::build::{Event, Exit, Order, Sink, build, find};

/// Prints every event on a line.
struct Printer;

impl Sink for Printer {
    fn event(&self, event: &Event<'_>) {
        println!("{event:?}");
    }
}

fn main() -> std::process::ExitCode {
    let sources: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let books = match find(&sources, false) {
        Ok(books) => books,
        Err(problem) => {
            eprintln!("{problem:?}");
            return std::process::ExitCode::from(problem.exit as u8);
        }
    };
    let outcomes = build(&books, &Order::default(), &Printer);
    let exit = outcomes.iter().map(jianbao::build::Outcome::exit).max().unwrap_or(Exit::Done);
    std::process::ExitCode::from(exit as u8)
}
