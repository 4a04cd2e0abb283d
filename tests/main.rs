//! What jianbao promises, one file a promise, all in one binary so that it is linked once.
//!
//! `cargo test --release --test promises NAME` runs one. The programs that judge the outputs are
//! installed by `tests/run.sh`; without them the tests that need them fail and say so.

#![allow(clippy::print_stderr, reason = "a skipped test says why")]

#[allow(unreachable_pub, reason = "shared by the files of one binary")]
mod returned;
#[allow(unreachable_pub, reason = "shared by the files of one binary")]
mod support;
#[allow(unreachable_pub, reason = "shared by the files of one binary")]
mod word_paper;

mod archive;
mod arrows;
mod build;
mod check;
mod contents;
mod contract;
mod cover;
mod desk;
mod desk_server;
mod determinism;
mod docs;
mod docx_reader;
mod ebook;
mod errors;
mod excerpt;
mod faults;
mod fences;
mod fonts;
mod hostile;
mod html_reader;
mod import;
mod import_books;
mod impose;
mod impose_kept;
mod kept;
mod many_files;
mod merge;
mod merge_bare;
mod merge_hostile;
mod merge_law;
mod merge_told;
mod merge_word_law;
mod mutations;
mod normalize;
mod one_tree;
mod page_list;
mod parity;
mod parts;
mod press;
mod profiles;
mod proof;
mod properties;
mod rare;
mod real_text;
mod rules_consistency;
mod rules_text;
mod shapes;
mod supply;
mod tree_json;
mod validators;
mod verify;
mod verify_changed;
mod verify_docx;
mod verify_epub;
mod watch;
mod web;
