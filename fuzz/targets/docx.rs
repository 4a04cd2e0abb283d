//! The reader of Word files: bytes that begin as an archive does are one, any others the text of one.

#![no_main]

use jianbao_fuzz::{laws, word_file};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    match data.starts_with(b"PK") {
        true => laws::made("a.docx", data),
        false => laws::made("a.docx", &word_file(data)),
    };
});
