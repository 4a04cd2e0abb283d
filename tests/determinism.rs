//! Same input, same bytes: time zone, locale, number of threads, folder, home, user and the make of the processor do
//! not matter, and the sample's files are those that are on record.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Folder, build, jianbao, sample, sources};

/// What is made of a source, into the folder `a/b 空格`.
const MAKE: [&[&str]; 4] = [
    &["build", "SRC", "-f", "pdf,epub,docx,typst,markdown", "--proof", "-o", "a/b 空格"],
    &["build", "SRC", "-f", "pdf", "--press", "-o", "a/b 空格/press"],
    &["excerpt", "SRC", "--speech", "2", "-f", "pdf,epub,docx", "-o", "a/b 空格/excerpt"],
    &["impose", "PDF", "-o", "a/b 空格/sheets.pdf"],
];

/// All files made of a source, by name.
fn made(source: &Path, env: &[(&str, &str)], user: Option<u32>) -> BTreeMap<String, Vec<u8>> {
    let folder = Folder::new();
    let name = source.file_name().unwrap().to_str().unwrap();
    folder.write(name, std::fs::read(source).unwrap());
    let pictures = source.with_file_name("pictures");
    for picture in std::fs::read_dir(pictures).into_iter().flatten().flatten() {
        let inside = format!("pictures/{}", picture.file_name().to_str().unwrap());
        folder.write(&inside, std::fs::read(picture.path()).unwrap());
    }
    let name = name.to_owned();
    for args in MAKE {
        let mut command = jianbao();
        command.current_dir(folder.path()).envs(env.iter().copied());
        let files = folder.files();
        let is_book = |f: &&String| f.ends_with(".pdf") && f.matches('/').count() == 2;
        let pdf = files.iter().find(is_book).cloned().unwrap_or_default();
        command.args(args.iter().map(|a| match *a {
            "SRC" => name.clone(),
            "PDF" => pdf.clone(),
            other => other.to_owned(),
        }));
        as_user(&mut command, folder.path(), user);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let files =
        folder.files().into_iter().filter(|f| f.starts_with("a/") && !f.ends_with("jianbao-sent.json"));
    files.map(|f| (f.clone(), folder.read(&f))).collect()
}

#[cfg(unix)]
fn as_user(command: &mut std::process::Command, folder: &Path, user: Option<u32>) {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    if let Some(user) = user {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
        command.uid(user).gid(user);
    }
}

#[cfg(not(unix))]
fn as_user(_: &mut std::process::Command, _: &Path, _: Option<u32>) {}

/// Nobody, where tests are run by someone who may take that name and the program may be run under it.
fn other_user() -> Option<u32> {
    const NOBODY: u32 = 65_534;
    let mut command = jianbao();
    let folder = Folder::new();
    as_user(&mut command, folder.path(), Some(NOBODY));
    let runs = command.arg("--version").output().is_ok_and(|o| o.status.success());
    if !runs {
        eprintln!("skipped: the program cannot be run as another user here");
    }
    runs.then_some(NOBODY)
}

#[test]
fn identical_bytes_everywhere() {
    for source in sources() {
        let one = made(&source, &[("TZ", "UTC"), ("RAYON_NUM_THREADS", "1"), ("LC_ALL", "C")], None);
        let elsewhere: [&[(&str, &str)]; 2] = [
            &[
                ("TZ", "Asia/Shanghai"),
                ("RAYON_NUM_THREADS", "8"),
                ("LC_ALL", "zh_CN.UTF-8"),
                ("HOME", "/nonexistent"),
                // The C library computes as on a processor of another make; the cover is drawn with real numbers.
                ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX,-SSE4_1"),
            ],
            &[("TZ", "America/St_Johns"), ("RAYON_NUM_THREADS", "2"), ("LC_ALL", "tr_TR.UTF-8")],
        ];
        for (env, user) in elsewhere.into_iter().zip([None, other_user()]) {
            let two = made(&source, env, user);
            assert!(one.keys().eq(two.keys()), "{:?} {:?}", one.keys(), two.keys());
            for (file, bytes) in &one {
                assert!(*bytes == two[file], "{file} differs ({}, {env:?})", source.display());
            }
        }
    }
}

/// The hashes of the sample's files. A template, a font or a library that changes an output changes them: look at what
/// became of the output, then renew them.
#[test]
fn the_sample_s_files_are_those_on_record() {
    let record = crate::support::root().join("tests/recorded.txt");
    let lines = made(&sample(), &[], None).into_iter().filter(|(name, _)| !name.contains("-typst/"));
    let hash = |bytes: &[u8]| {
        let folder = Folder::new();
        let path = folder.write("f", bytes);
        crate::support::program("sha256sum", &[path.to_str().unwrap()]).split(' ').next().unwrap().to_owned()
    };
    let lines =
        lines.map(|(name, bytes)| format!("{}  {}\n", hash(&bytes), name.trim_start_matches("a/b 空格/")));
    let now: String = lines.collect();
    if std::env::var_os("JIANBAO_RECORD").is_some() {
        std::fs::write(&record, &now).unwrap();
    }
    let recorded = std::fs::read_to_string(&record).unwrap_or_default();
    let other: Vec<&str> = now.lines().filter(|line| !recorded.lines().any(|r| r == *line)).collect();
    assert!(
        other.is_empty() && now.lines().count() == recorded.lines().count(),
        "files of the sample that are not those on record:\n{}\n\
         Look at them (README tells how they are made). If they are what you want, renew the record and commit it:\n\
         JIANBAO_RECORD=1 cargo test --release --test promises on_record",
        other.join("\n")
    );
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
