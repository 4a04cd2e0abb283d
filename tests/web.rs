//! The desk's page is what its sources say: built anew by the documented command it is the same, byte for byte, and
//! its types hold. It asks nobody else for anything.

use std::path::Path;
use std::process::Command;

use crate::support::{Folder, judge_words, root};

#[test]
fn the_built_page_is_that_of_its_sources() {
    let folder = Folder::new();
    judge_words("web.sh", &[folder.path().to_str().unwrap()]);
    let built = files(folder.path());
    let kept = files(&root().join("web/dist"));
    assert_eq!(built.len(), 4);
    for ((name, new), (other, old)) in built.iter().zip(&kept) {
        assert_eq!(name, other);
        assert!(new == old, "web/dist/{name} is not what web/src makes: npm run build");
    }
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap());
    let mut files: Vec<_> =
        entries.map(|e| (e.file_name().into_string().unwrap(), std::fs::read(e.path()).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn the_page_needs_no_net() {
    for (name, bytes) in files(&root().join("web/dist")) {
        let text = String::from_utf8(bytes).unwrap();
        for part in text.split("http").skip(1).filter(|p| p.starts_with("://") || p.starts_with("s://")) {
            let is_a_name = part.starts_with("://www.w3.org/");
            assert!(is_a_name, "{name}: http{}", part.chars().take(40).collect::<String>());
        }
        assert!(!text.contains("eval(") && !text.contains("new Function"), "{name}");
    }
    let lock = std::fs::read_to_string(root().join("web/package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "where packages come from is the user's own choice");
    // Nothing of it is left out of the repository.
    let told = Command::new("git").args(["ls-files", "web/dist"]).current_dir(root()).output().unwrap();
    if told.status.success() && !told.stdout.is_empty() {
        assert_eq!(String::from_utf8(told.stdout).unwrap().lines().count(), 4);
    }
}
