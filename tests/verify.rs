//! `jianbao verify` tells good print from bad: our own PDF holds the text and keeps the rules, another
//! program's PDF of the same text is measured too and fails where it does not, and no file makes it panic.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Folder, build, built, fixture, judge, judge_words, real_text, root, sample, sources};

fn verified(source: &Path, pdf: &Path) -> Value {
    let folder = Folder::new();
    let args = ["verify".as_ref(), source.as_os_str(), pdf.as_os_str(), "--json".as_ref()];
    let ran = folder.run(&args);
    assert!(matches!(ran.code(), 0 | 1), "{}", ran.err());
    let proof: Value = serde_json::from_str(&ran.out()).unwrap();
    let all_ok = proof["checks"].as_array().unwrap().iter().all(|c| c["ok"] == true);
    assert_eq!(ran.code(), i32::from(!all_ok));
    proof
}

/// The rules that are not kept, each with its figure and its first finding.
fn broken(proof: &Value) -> Vec<(String, String)> {
    let checks = proof["checks"].as_array().unwrap().iter().filter(|c| c["ok"] != true);
    let told = |c: &Value| format!("{}: {}", c["figure"], c["findings"][0]);
    checks.map(|c| (c["id"].as_str().unwrap().to_owned(), told(c))).collect()
}

fn check<'p>(proof: &'p Value, id: &str) -> &'p Value {
    proof["checks"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap()
}

#[test]
fn our_own_pages_keep_the_rules() {
    for source in sources() {
        let folder = build(&source, "pdf");
        let proof = verified(&source, &built(&folder, "pdf"));
        assert_eq!(broken(&proof), [], "{}", source.display());
    }
}

/// Every page of the real text that runs on is full, the last of them one row short at the worst.
#[test]
fn the_real_text_fills_its_pages() {
    let Some(source) = real_text() else { return };
    let folder = build(&source, "pdf");
    let proof = verified(&source, &built(&folder, "pdf"));
    let figure = check(&proof, "print/rows")["figure"].as_str().unwrap();
    let mut numbers = figure.split(' ').filter_map(|w| w.parse::<usize>().ok()).skip(1);
    let (full, pages) = (numbers.next().unwrap(), numbers.next().unwrap());
    assert!(full + 1 >= pages && pages > 15, "{figure}");
}

/// Pieces of sentences, to be put together at random.
const WORDS: &[&str] = &[
    "先把街巷理顺，",
    "老人多，",
    "建议由园林部门牵头，",
    "按机时收费；",
    "让居民推窗见绿。",
    "怎么办？",
    "不追责，",
    "市、区两级",
    "江心洲",
    "好！",
    "小微绿地",
    "摆渡船",
    "一块绿地种什么、摆什么，",
    "图纸上墙公示，",
];
const OTHERS: &[&str] = &[
    "“先议后建”",
    "《办法》",
    "（首期选在北岸）",
    "1,260个",
    "5%",
    "2026年3月12日",
    "AI+供需匹配",
    "这就是——",
    "等等……",
    "2.0版",
    "GDP能耗",
    "第14届",
];

/// A book of random speeches.
fn book() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(WORDS), 1 => proptest::sample::select(OTHERS)];
    let paragraph = proptest::collection::vec(piece, 6..30);
    let speech = proptest::collection::vec(paragraph, 2..6);
    proptest::collection::vec(speech, 3..14).prop_map(|speeches| {
        let mut text =
            "# 建言汇编\n\n## 政协澜州市第六届委员会第四次会议大会发言\n\n各人发言要点整理如下。\n"
                .to_owned();
        for paragraphs in speeches {
            text += "\n### 织密老城小微绿地 让居民推窗见绿\n\n沈怀瑾 市政协委员，民盟市委委员\n";
            for pieces in paragraphs {
                text += &format!("\n各位委员，{}就说到这里。\n", pieces.concat());
            }
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        max_shrink_iters: 20,
        rng_seed: proptest::test_runner::RngSeed::Fixed(9_704),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_keeps_the_rules(text in book()) {
        let folder = Folder::new();
        let source = folder.write("s.md", &text);
        folder.run(&["build", "s.md", "-f", "pdf", "-o", "s.pdf", "-q"]).exits(0);
        let proof = verified(&source, &folder.join("s.pdf"));
        prop_assert_eq!(broken(&proof), vec![], "{}", text);
    }
}

#[test]
fn the_proof_has_the_form_of_the_contract() {
    let folder = build(&sample(), "pdf");
    let pdf = built(&folder, "pdf");
    let proof = verified(&sample(), &pdf);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&proof), ["checks", "fonts", "inputs", "profile", "version"]);
    assert_eq!(
        (&proof["profile"], &proof["version"]),
        (&"briefing".into(), &env!("CARGO_PKG_VERSION").into())
    );
    let inputs = proof["inputs"].as_array().unwrap();
    let files: Vec<&str> = inputs.iter().map(|i| i["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["sample.md", pdf.to_str().unwrap()]);
    assert!(inputs.iter().all(|i| i["sha256"].as_str().unwrap().len() == 64));
    assert_eq!(proof["fonts"].as_array().unwrap().len(), 5);
    for check in proof["checks"].as_array().unwrap() {
        assert_eq!(keys(check), ["figure", "findings", "id", "ok", "source"]);
        for finding in check["findings"].as_array().unwrap() {
            assert!(finding["message"].is_string() && finding["output"] == pdf.to_str().unwrap());
        }
    }
    assert_eq!(check(&proof, "text/parity-pdf")["figure"], "2,304 of 2,304 characters");
    assert_eq!(check(&proof, "print/standards-claimed")["figure"], "PDF/A-2a, PDF/UA-1");
    let runt = &check(&proof, "print/runt")["findings"][0];
    if !runt.is_null() {
        assert!(runt["page"].is_u64() && runt["span"]["line"].is_u64(), "{runt}");
    }
}

/// LibreOffice's pages of a Word file.
fn by_libreoffice(docx: &Path, folder: &Folder) -> PathBuf {
    judge("pages.sh", &[docx, &folder.join("pages"), Path::new("20")]);
    let stem = docx.file_stem().unwrap().to_str().unwrap();
    folder.join(&format!("pages/{stem}.pdf"))
}

#[test]
fn libreoffice_s_pages_of_our_word_file_fail() {
    for source in [Some(sample()), real_text()].into_iter().flatten() {
        let folder = build(&source, "docx");
        let pdf = by_libreoffice(&built(&folder, "docx"), &folder);
        let proof = verified(&source, &pdf);
        let broken: Vec<String> = broken(&proof).into_iter().map(|(id, _)| id).collect();
        for id in ["print/rows", "print/characters", "print/standards-claimed"] {
            assert!(broken.contains(&id.to_owned()), "{}: {broken:?}", source.display());
        }
        for id in ["print/page-size", "print/fonts-embedded"] {
            assert!(!broken.contains(&id.to_owned()), "{}: {broken:?}", source.display());
        }
    }
}

/// A Word file by pandoc, on A4 with the right margins: what looks right at a glance.
#[test]
fn right_paper_and_margins_are_not_enough() {
    let folder = Folder::new();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let reference = path("reference.docx");
    judge_words("pandoc.sh", &["-o", &reference, "--print-default-data-file", "reference.docx"]);
    let script = "import sys, docx\nfrom docx.shared import Mm\n\
        d = docx.Document(sys.argv[1])\ns = d.sections[0]\n\
        s.page_width, s.page_height = Mm(210), Mm(297)\n\
        s.top_margin, s.bottom_margin, s.left_margin, s.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)\n\
        d.settings.odd_and_even_pages_header_footer = False\nd.save(sys.argv[1])\n";
    let tools =
        std::env::var("JIANBAO_TEST_TOOLS").map_or_else(|_| root().join("target/tools"), PathBuf::from);
    let python =
        std::env::var("JIANBAO_TEST_PYTHON").map_or_else(|_| tools.join("venv/bin/python"), PathBuf::from);
    let done = std::process::Command::new(python).args(["-c", script, &reference]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let docx = path("sample.docx");
    let source = sample();
    // Its text with the marks that the tree has, so that text is not what differs.
    let standard = path("standard.md");
    folder.run(&["normalize", source.to_str().unwrap(), "-o", &standard]).exits(0);
    judge_words("pandoc.sh", &["--reference-doc", &reference, "-o", &docx, &standard]);
    let proof = verified(&source, &by_libreoffice(Path::new(&docx), &folder));
    let broken: Vec<String> = broken(&proof).into_iter().map(|(id, _)| id).collect();
    assert!(!broken.contains(&"print/page-size".to_owned()), "{broken:?}");
    for id in ["print/rows", "print/characters", "print/page-numbers"] {
        assert!(broken.contains(&id.to_owned()), "{broken:?}");
    }
    let [right, total] = numbers(check(&proof, "text/parity-pdf")["figure"].as_str().unwrap());
    assert!(right * 100 >= total * 98, "{right} of {total}: the text is found in strangers' files");
}

fn numbers(figure: &str) -> [usize; 2] {
    let words = figure.split(' ').filter_map(|w| w.replace(',', "").parse().ok());
    words.collect::<Vec<usize>>().try_into().unwrap()
}

#[test]
fn another_text_is_told_from_the_source() {
    let folder = build(&sample(), "pdf");
    let changed = std::fs::read_to_string(sample()).unwrap().replacen("墙角、桥下", "墙角、坡下", 1);
    let source = folder.write("changed.md", &changed);
    let proof = verified(&source, &built(&folder, "pdf"));
    let parity = check(&proof, "text/parity-pdf");
    assert_eq!(parity["ok"], false);
    let [right, total] = numbers(parity["figure"].as_str().unwrap());
    assert_eq!((right, total), (2303, 2304));
    let finding = &parity["findings"][0];
    let line = changed.lines().position(|l| l.contains("坡下")).unwrap() + 1;
    assert_eq!((&finding["span"]["line"], &finding["page"]), (&line.into(), &5.into()), "{finding}");
}

#[test]
fn exit_codes_and_people_s_words() {
    let rich = fixture("rich.md");
    let folder = build(&rich, "pdf");
    let pdf = built(&folder, "pdf");
    let run = |args: &[&str]| folder.run(&[&["verify", rich.to_str().unwrap()], args].concat());
    let said = run(&[pdf.to_str().unwrap()]).exits(0).out();
    assert_eq!(said.lines().count(), 17, "{said}");
    assert!(said.lines().all(|l| l.starts_with('✓')), "{said}");
    let said = run(&[pdf.to_str().unwrap(), "--lang", "zh-CN"]).exits(0).out();
    assert!(said.contains("版心"), "{said}");
    let said = folder.run(&["verify", sample().to_str().unwrap(), pdf.to_str().unwrap()]).exits(1).out();
    assert!(said.contains("✗ text/parity-pdf"), "{said}");
    // Both at once: each figure behind its name.
    let copy = folder.write("copy.pdf", std::fs::read(&pdf).unwrap());
    let said = run(&[pdf.to_str().unwrap(), copy.to_str().unwrap()]).exits(0).out();
    assert!(said.contains("; "), "{said}");

    run(&[]).exits(2);
    let text = folder.write("text.txt", "text");
    let said = run(&[text.to_str().unwrap()]).exits(2).err();
    assert!(said.contains("cannot be verified"), "{said}");
    run(&["nothing.pdf"]).exits(3);
    for (name, bytes) in [("text.pdf", &b"no PDF"[..]), ("cut.pdf", &std::fs::read(&pdf).unwrap()[..700])] {
        folder.write(name, bytes);
        let said = run(&[name]).exits(3).err();
        assert!(said.contains(name), "{said}");
    }
}

/// A PDF of objects as they are given, the first the catalogue.
fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    for (k, object) in objects.iter().enumerate() {
        out += &format!("{} 0 obj\n{object}\nendobj\n", k + 1);
    }
    out += &format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n0\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

fn form(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

#[test]
fn files_made_to_harm_do_none() {
    use jianbao::verify::{PdfError, read_pdf};
    let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R\
                /Resources<</XObject<</A 5 0 R>>>>>>";
    let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned();
    // Pages that are their own children.
    let loops = pdf_of(&[catalogue.clone(), "<</Type/Pages/Kids[2 0 R]/Count 1>>".to_owned()]);
    assert!(read_pdf(&loops).is_err());
    // Forty forms that each draw the next one twice.
    let mut objects = vec![catalogue.clone(), pages.clone(), page.to_owned(), form("", "/A Do /A Do")];
    let dict = "/Type/XObject/Subtype/Form/BBox[0 0 100 100]";
    for k in 6..46 {
        objects.push(form(&format!("{dict}/Resources<</XObject<</A {k} 0 R>>>>"), "/A Do /A Do"));
    }
    objects.push(form(dict, "q Q"));
    assert_eq!(read_pdf(&pdf_of(&objects)).unwrap_err(), PdfError::TooLarge);
    // Brackets in brackets.
    for (open, close) in [("[", "]"), ("<</A ", ">>")] {
        let deep =
            |n: usize| format!("<</Type/Catalog/Pages 2 0 R/X {}0{}>>", open.repeat(n), close.repeat(n));
        let nested = |n| pdf_of(&[deep(n), pages.clone(), page.to_owned(), form("", "")]);
        assert!(read_pdf(&nested(19_000)).is_ok());
        assert_eq!(read_pdf(&nested(300_000)).unwrap_err(), PdfError::TooLarge);
    }
}

/// A press's sheet is larger than the page; what is measured is the page.
#[test]
fn boxes_and_turns_are_told() {
    let page = |more: &str| {
        let catalogue = "<</Type/Catalog/Pages 2 0 R>>".to_owned();
        let pages = "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned();
        let page = format!("<</Type/Page/Parent 2 0 R/MediaBox[-30 -30 625 872]/Contents 4 0 R{more}>>");
        let bytes = pdf_of(&[catalogue, pages, page, form("", "q Q")]);
        jianbao::verify::read_pdf(&bytes).unwrap().pages.remove(0)
    };
    let press = page("/TrimBox[0 0 595 842]/BleedBox[-9 -9 604 851]");
    assert_eq!((press.trim.x0, press.trim.y0, press.trim.x1, press.trim.y1), (0.0, 0.0, 595.0, 842.0));
    assert_eq!((press.media.x0, press.media.y0, press.rotation), (-30.0, -30.0, 0));
    assert_eq!(press.bleed.map(|b| (b.x0, b.y1)), Some((-9.0, 851.0)));
    let turned = page("/Rotate 90");
    assert_eq!((turned.trim.width(), turned.trim.height(), turned.rotation), (902.0, 655.0, 90));
}

fn sample_pdf() -> &'static [u8] {
    static PDF: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    PDF.get_or_init(|| std::fs::read(built(&build(&sample(), "pdf"), "pdf")).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to its bytes, a file is read or refused.
    #[test]
    fn a_damaged_file_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = sample_pdf().to_vec();
        for (place, byte) in &changes {
            let k = place.index(bytes.len());
            bytes[k] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(printed) = jianbao::verify::read_pdf(&bytes) {
            let tree = crate::support::typed_tree_of_sample();
            let expected = jianbao::verify::Expected::briefing();
            let subject = jianbao::verify::Subject::new(&printed, tree, &expected);
            for rule in jianbao::verify::RULES {
                if let jianbao::verify::Measure::Pages(measure) = rule.measure {
                    let _ = measure(&subject);
                }
            }
        }
    }
}
