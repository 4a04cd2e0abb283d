//! The fonts are those published, found from anywhere, in the order the contract gives.

use crate::support::{Folder, fixture, jianbao, root};

#[test]
fn every_font_is_unmodified() {
    let readme = std::fs::read_to_string(root().join("fonts/README.md")).unwrap();
    let folder = Folder::new();
    let ran = folder.run(&["fonts", "--json"]).exits(0);
    let fonts: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let rows = fonts["fonts"].as_array().unwrap();
    assert_eq!(rows.len(), 5);
    for row in rows {
        let hash = row["sha256"].as_str().unwrap();
        assert!(readme.contains(hash), "{} is not the file fonts/README.md names", row["file"]);
        assert!(row["licence"].is_string(), "{}", row["family"]);
    }
    let roles: Vec<_> = rows.iter().map(|r| r["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["song", "title", "hei", "kai", "fang"]);
}

#[test]
fn every_font_has_its_licence_beside_it() {
    for folder in ["noto-serif-sc", "noto-sans-sc", "lxgw-wenkai", "fandol"] {
        let texts = ["OFL.txt", "COPYING", "copyright", "LICENSE_FONT"];
        assert!(texts.iter().any(|t| root().join("fonts").join(folder).join(t).exists()), "{folder}");
    }
}

#[test]
fn rare_characters_are_reported() {
    let folder = Folder::new();
    let rich = fixture("rich.md");
    folder.write("s.md", "# 题\n\n### 甲 乙\n\n林㛃 市政协委员\n\n首句。正\u{10300}文。\n");
    let ran = folder.run(&["fonts", "s.md", "--json"]).exits(0);
    let fonts: serde_json::Value = serde_json::from_str(&ran.out()).unwrap();
    let fang = &fonts["fonts"][4];
    assert_eq!(fang["substituted"], serde_json::json!(["㛃"]));
    assert_eq!(fang["missing"], serde_json::json!(["\u{10300}"]));
    folder.run(&["fonts".as_ref(), rich.as_os_str()]).exits(0);
}

#[test]
fn folders_come_in_the_contracts_order() {
    let folder = Folder::new();
    folder.write("s.md", "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n");
    let kai = root().join("fonts/lxgw-wenkai/LXGWWenKai-Regular.ttf");
    for name in ["env", "manifest"] {
        std::fs::create_dir(folder.join(name)).unwrap();
        std::fs::copy(&kai, folder.join(name).join("kai.ttf")).unwrap();
    }
    let file_of = |ran: crate::support::Ran| {
        let fonts: serde_json::Value = serde_json::from_str(&ran.exits(0).out()).unwrap();
        fonts["fonts"][3]["file"].as_str().unwrap().replace('\\', "/")
    };
    let env = folder.join("env");
    let env = [("JIANBAO_FONTS", env.to_str().unwrap())];
    assert!(file_of(folder.run(&["fonts", "s.md", "--json"])).contains("lxgw-wenkai"));
    assert!(file_of(folder.run_with(&["fonts", "s.md", "--json"], &env)).ends_with("env/kai.ttf"));
    folder.write("jianbao.toml", "sources = ['s.md']\n[fonts]\nfolders = ['manifest']\n");
    assert!(file_of(folder.run_with(&["fonts", "s.md", "--json"], &env)).ends_with("manifest/kai.ttf"));
}

#[test]
fn a_users_own_font_by_name_and_by_file() {
    let folder = Folder::new();
    folder.write("s.md", "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n首句。正文。\n");
    let song = root().join("fonts/noto-serif-sc/NotoSerifSC_400Regular.ttf");
    std::fs::copy(song, folder.join("mine.ttf")).unwrap();
    for value in ["mine.ttf", "霞鹜文楷", "LXGW WenKai"] {
        let set = format!("fonts.fang={value}");
        let ran =
            folder.run(&["build", "s.md", "-f", "pdf", "-o", "o.pdf", "--force", "--set", &set]).exits(0);
        assert!(ran.err().contains("o.pdf"));
        let fonts = crate::support::program("pdffonts", &[folder.join("o.pdf").to_str().unwrap()]);
        assert!(!fonts.contains("FandolFang"), "{value}: {fonts}");
    }
}

#[test]
fn found_beside_the_executable() {
    let folder = Folder::new();
    std::fs::create_dir(folder.join("bin")).unwrap();
    let program = folder.join("bin/jianbao");
    std::fs::copy(env!("CARGO_BIN_EXE_jianbao"), &program).unwrap();
    std::fs::create_dir_all(folder.join("share/jianbao/fonts")).unwrap();
    let kai = root().join("fonts/lxgw-wenkai/LXGWWenKai-Regular.ttf");
    std::fs::copy(kai, folder.join("share/jianbao/fonts/kai.ttf")).unwrap();
    let mut command = std::process::Command::new(program);
    command.env_clear().args(["fonts", "--json"]);
    if let Some(path) = jianbao().get_envs().find(|(k, _)| *k == "PATH").and_then(|(_, v)| v) {
        command.env("PATH", path);
    }
    let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(out.contains("share/jianbao/fonts/kai.ttf"), "{out}");
}
