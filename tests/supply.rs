//! What is built in: every package has a licence that lets it be passed on, comes from the registry, and stands in
//! one version where it can.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::support::root;

/// Licences that ask for nothing but their text beside the program (MPL-2.0: and for changes to its own files).
const LICENCES: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// Packages that others want in several versions.
const SEVERAL: [&str; 26] = [
    "base64",
    "block-buffer",
    "cpufeatures",
    "crypto-common",
    "digest",
    "fearless_simd",
    "font-types",
    "hayro-ccitt",
    "miniz_oxide",
    "quick-xml",
    "rand",
    "rand_core",
    "read-fonts",
    "roxmltree",
    "serde_spanned",
    "sha2",
    "skrifa",
    "syn",
    "toml",
    "toml_datetime",
    "unicode-width",
    "vello_common",
    "weezl",
    "winnow",
    "write-fonts",
    "zip",
];

/// The packages of this build, and that nothing had to be fetched to tell them.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|l| l.strip_prefix("host: ")).unwrap();
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    told["packages"].as_array().unwrap().clone()
}

/// Whether an SPDX expression can be met: one side of every OR, both of every AND.
fn is_met(expression: &str) -> bool {
    let expression = expression.trim();
    let outside = |wanted: &str| {
        let mut depth = 0;
        expression.char_indices().find_map(|(k, c)| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            (depth == 0 && expression[k..].starts_with(wanted)).then_some(k)
        })
    };
    if let Some(k) = outside(" AND ") {
        return is_met(&expression[..k]) && is_met(&expression[k + 5..]);
    }
    if let Some(k) = outside(" OR ") {
        return is_met(&expression[..k]) || is_met(&expression[k + 4..]);
    }
    match expression.strip_prefix('(').and_then(|e| e.strip_suffix(')')) {
        Some(inner) => is_met(inner),
        None => LICENCES.contains(&expression),
    }
}

#[test]
fn expressions_are_understood() {
    for (expression, met) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-2.0-only", true),
        ("MIT AND GPL-2.0-only", false),
        ("(GPL-2.0-only OR MIT) AND Unicode-3.0", true),
        ("(GPL-2.0-only OR MIT) AND GPL-3.0-only", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only", true),
    ] {
        assert_eq!(is_met(expression), met, "{expression}");
    }
}

#[test]
fn every_package_may_be_passed_on_and_comes_from_the_registry() {
    let packages = packages();
    assert!(packages.len() > 100);
    for package in packages.iter().filter(|p| p["name"] != "jianbao") {
        let name = package["name"].as_str().unwrap();
        // An old way to write OR.
        let licence =
            package["license"].as_str().unwrap_or_default().replace(" / ", " OR ").replace('/', " OR ");
        assert!(is_met(&licence), "{name}: {licence:?}");
        let source = package["source"].as_str().unwrap_or("a folder");
        assert!(source.starts_with("registry+") && source.ends_with("crates.io-index"), "{name}: {source}");
    }
}

#[test]
fn no_package_stands_in_several_versions_without_need() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        let text = |key: &str| package[key].as_str().unwrap().to_owned();
        versions.entry(text("name")).or_default().insert(text("version"));
    }
    let several: Vec<&str> = versions.iter().filter(|(_, v)| v.len() > 1).map(|(n, _)| n.as_str()).collect();
    assert_eq!(several, SEVERAL, "new ones are looked at, then listed here; old ones go");
    let most = versions.values().map(BTreeSet::len).max();
    assert!(most <= Some(3), "{versions:?}");
}
