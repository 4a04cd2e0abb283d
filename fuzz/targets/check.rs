//! The rules on a speech's text, their fixes made.

#![no_main]

use jianbao_fuzz::laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let source = format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n{text}");
    if let Some(made) = laws::read_soundly("a.md", source.as_bytes()).and_then(laws::book) {
        laws::checked(&made);
    }
});
