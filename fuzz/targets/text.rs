//! The reader of plain text, and the laws of what is made of it.

#![no_main]

use jianbao_fuzz::laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    laws::made("a.txt", data);
});
