//! A speech's text under a title and a speaker, so that every mutation reaches the rules of marks and
//! structure.

#![no_main]

use jianbao_fuzz::laws;

libfuzzer_sys::fuzz_target!(|text: &str| {
    laws::made("a.md", format!("# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n{text}").as_bytes());
    laws::made("a.txt", format!("题\n\n一、甲乙\n林颂（市政协委员）\n　　{text}").as_bytes());
});
