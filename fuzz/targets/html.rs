//! The reader of web pages, and the laws of what is made of it.

#![no_main]

use jianbao_fuzz::laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    laws::made("a.html", data);
});
