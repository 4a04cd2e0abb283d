//! Same input, same bytes: folder, time zone, locale, number of threads and the make of the processor do not matter.

use crate::support::{Folder, build, sample, sources};

#[test]
fn identical_bytes_everywhere() {
    for source in sources() {
        let build = |env: &[(&str, &str)]| {
            let folder = Folder::new();
            let deep = folder.join("a/b 空格");
            std::fs::create_dir_all(&deep).unwrap();
            let args = [
                "build".as_ref(),
                source.as_os_str(),
                "-f".as_ref(),
                "pdf,epub,docx,typst".as_ref(),
                "-o".as_ref(),
                deep.as_os_str(),
            ];
            folder.run_with(&args, env).exits(0);
            folder
        };
        let one = build(&[("TZ", "UTC"), ("RAYON_NUM_THREADS", "1")]);
        // The C library computes as on a processor of another make; the cover is drawn with real numbers.
        let two = build(&[
            ("TZ", "Asia/Shanghai"),
            ("RAYON_NUM_THREADS", "8"),
            ("LC_ALL", "zh_CN.UTF-8"),
            ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX,-SSE4_1"),
        ]);
        assert_eq!(one.files(), two.files());
        for file in one.files() {
            assert!(one.read(&file) == two.read(&file), "{file} differs ({})", source.display());
        }
    }
}

#[test]
fn no_path_of_this_machine_is_in_an_output() {
    let source = sample();
    let folder = build(&source, "pdf,typst");
    let root = crate::support::root().to_str().unwrap().as_bytes().to_vec();
    for file in folder.files() {
        let bytes = folder.read(&file);
        assert!(!bytes.windows(root.len()).any(|w| w == root), "{file}");
    }
}

#[test]
fn the_epoch_is_the_date() {
    let source = sample();
    let build = |epoch: &str| {
        let folder = Folder::new();
        let args = ["build".as_ref(), source.as_os_str(), "-o".as_ref(), "o".as_ref()];
        folder.run_with(&args, &[("SOURCE_DATE_EPOCH", epoch)]).exits(0);
        let info =
            crate::support::program("pdfinfo", &["-isodates", folder.join("o/sample.pdf").to_str().unwrap()]);
        let opf = crate::support::unzipped(&folder.join("o/sample.epub"), |n| n.ends_with(".opf"));
        let core = crate::support::unzipped(&folder.join("o/sample.docx"), |n| n == "docProps/core.xml");
        info + &opf + &core
    };
    let dated = build("1767744000");
    assert_eq!(
        dated.matches("2026-01-07T00:00:00Z").count() + dated.matches("2026-01-07T00:00:00+00").count(),
        5,
        "{dated}"
    );
    let folder = Folder::new();
    let args = ["build".as_ref(), source.as_os_str(), "-o".as_ref(), "o".as_ref()];
    folder.run_with(&args, &[("SOURCE_DATE_EPOCH", "yesterday")]).exits(2);
}
