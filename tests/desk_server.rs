//! The desk answers its own page and nobody else, reads and writes one folder and nothing beside it, loses no
//! text, and goes on whatever is thrown at it.

use serde_json::{Value, json};

use crate::support::{Desk, Folder, sample};

/// A folder `inside` with a text, and beside it what is none of the desk's business.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("outside.md", "# 外面\n\n### 甲 乙\n\n林颂 市政协委员\n\n外面的秘密。\n");
    folder.write("inside/s.md", std::fs::read(sample()).unwrap());
    std::os::unix::fs::symlink("../outside.md", folder.join("inside/link.md")).unwrap();
    std::os::unix::fs::symlink("..", folder.join("inside/up")).unwrap();
    folder
}

fn desk(folder: &Folder) -> Desk {
    Desk::open(&folder.join("inside"))
}

fn text_of(desk: &Desk, file: &str) -> Value {
    let heard = desk.get(&format!("/api/source?file={file}"));
    assert_eq!(heard.status, 200, "{}", heard.text());
    heard.json()
}

#[test]
fn only_its_own_page_is_answered() {
    let folder = folder();
    let desk = desk(&folder);
    let own = desk.own();
    let with = |name: &str, value: &str| -> Vec<(String, String)> {
        let others = own.iter().filter(|(n, _)| n != name).cloned();
        others.chain([(name.to_owned(), value.to_owned())]).filter(|(_, v)| !v.is_empty()).collect()
    };
    let host = format!("127.0.0.1:{}", desk.port);
    let wrong_cookie = format!("jianbao-{}={}", desk.port, "0".repeat(desk.token.len()));
    for (what, headers) in [
        ("a foreign Host", with("Host", "example.com")),
        ("another port's Host", with("Host", "127.0.0.1:1")),
        ("a foreign Origin", with("Origin", "http://example.com")),
        ("no Origin that is one", with("Origin", "null")),
        ("this machine, but https", with("Origin", &format!("https://{host}"))),
        ("no cookie", with("Cookie", "")),
        ("a wrong cookie", with("Cookie", &wrong_cookie)),
        ("another port's cookie", with("Cookie", &format!("jianbao-1={}", desk.token))),
    ] {
        for (method, path) in [
            ("GET", "/api/source?file=s.md"),
            ("GET", "/"),
            ("POST", "/api/new"),
            ("PUT", "/api/import?name=a.md"),
        ] {
            let heard = desk.send(method, path, &headers, b"{\"name\":\"x\"}");
            assert_eq!(heard.status, 403, "{what}: {method} {path}");
            assert!(!heard.text().contains('#') && !heard.body.is_empty(), "{what}: a sentence, no text");
        }
    }
    // A form of another site sends no header of ours.
    assert_eq!(desk.send("POST", "/api/new", &with("X-Jianbao", ""), b"{\"name\":\"x\"}").status, 403);
    assert_eq!(desk.send("GET", "/?token=wrong", &with("Cookie", ""), b"").status, 403);
    let entered = desk.send("GET", &format!("/?token={}", desk.token), &with("Cookie", ""), b"");
    assert_eq!(entered.status, 303);
    let cookie = entered.head.lines().find(|l| l.to_lowercase().starts_with("set-cookie:")).unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let page = desk.get("/");
    assert_eq!(page.status, 200);
    let policy =
        page.head.lines().find(|l| l.to_lowercase().starts_with("content-security-policy:")).unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http:"));
    assert_eq!(
        desk.send("POST", "/api/new", &with("Origin", &format!("http://{host}")), b"{\"name\":\"x\"}").status,
        200
    );
    assert!(!folder.files().iter().any(|f| f.ends_with("a.md")));
    assert_eq!(desk.interrupt(), Some(0), "Ctrl-C ends it well");
}

#[test]
fn nothing_outside_the_folder_is_read_or_written() {
    let folder = folder();
    let desk = desk(&folder);
    let before = folder.read("outside.md");
    let absolute = folder.join("outside.md").display().to_string();
    for name in [
        "../outside.md",
        "link.md",
        "up/outside.md",
        "inside/../../outside.md",
        &absolute,
        "",
        ".",
        "..",
        ".jianbao-desk/history",
    ] {
        let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
        for path in ["source", "state", "history", "settings"] {
            let heard = desk.get(&format!("/api/{path}?file={encoded}"));
            assert!(heard.status >= 400, "{path} {name}: {}", heard.text());
            assert!(!heard.text().contains("秘密"), "{path} {name}");
        }
        for (path, data) in [
            ("/api/source", json!({ "file": name, "base": "", "text": "改了" })),
            (
                "/api/look",
                json!({ "file": name, "text": "# 题\n", "tab": "a", "count": 1, "settled": false }),
            ),
            ("/api/settings", json!({ "file": name, "version": "", "changes": { "briefing.name": "x" } })),
            ("/api/take", json!({ "file": name, "formats": ["docx"] })),
            ("/api/adopt", json!({ "file": name })),
            ("/api/merge", json!({ "file": "s.md", "copies": [name] })),
        ] {
            let heard = desk.post(path, &data);
            assert!(heard.status >= 400 && !heard.text().contains("秘密"), "{path} {name}: {}", heard.text());
        }
    }
    // A name that leads out is a name, once it is a file's.
    for name in ["../../x.md", "/etc/x.md", "..%2Fy.md", "..\\z.md"] {
        let encoded: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
        desk.put(&format!("/api/import?name={encoded}"), "# 题\n".as_bytes());
        desk.post("/api/new", &json!({ "name": name, "text": "# 题\n" }));
    }
    // Settings that lead out.
    folder.write("inside/jianbao.toml", "sources = [\"s.md\", \"../outside.md\"]\n");
    let look = json!({ "file": "s.md", "text": "# 题\n\n### 甲 乙\n\n正文。\n", "tab": "a", "count": 1, "settled": false });
    assert_eq!(desk.post("/api/look", &look).status, 422);
    folder.write("inside/jianbao.toml", "[check]\nglossary = \"../outside.md\"\n");
    assert_eq!(desk.post("/api/look", &look).status, 422);
    assert_eq!(folder.read("outside.md"), before);
    let outside: Vec<String> = folder.files().into_iter().filter(|f| !f.starts_with("inside/")).collect();
    assert_eq!(outside, ["outside.md"]);
    desk.goes_on();
}

#[test]
fn what_cannot_be_read_is_told_and_the_desk_goes_on() {
    let folder = folder();
    let desk = desk(&folder);
    let bomb = fixture_bomb();
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.extend(vec![0; 4096]);
    let large = vec![b'x'; 100 << 20];
    let cases: [(&str, &[u8], u16); 7] = [
        ("bomb.docx", &bomb, 422),
        ("old.doc", &encrypted, 422),
        ("binary.md", &[0, 1, 2, 3, 0, 255, 254], 422),
        ("binary.docx", &[7; 5000], 422),
        ("page.pdf", b"%PDF-1.7\n", 422),
        ("large.docx", &large, 413),
        ("none", b"", 422),
    ];
    for (name, bytes, status) in cases {
        for path in ["import", "returned"] {
            let heard = desk.put(&format!("/api/{path}?name={name}"), bytes);
            let said = heard.json();
            assert_eq!(heard.status, status, "{path} {name}: {said}");
            let message = said["message"].as_str().unwrap();
            assert!(message.len() > 10 && !message.contains(".jianbao-desk"), "{path} {name}: {message}");
        }
    }
    for path in ["/api/look", "/api/source", "/api/take", "/api/decide"] {
        assert_eq!(desk.send("POST", path, &desk.own(), b"not JSON").status, 400, "{path}");
    }
    assert_eq!(desk.get("/api/page?hash=0").status, 404);
    assert_eq!(desk.get("/nothing").status, 404);
    desk.goes_on();
    // What was refused is not kept.
    let kept: Vec<String> =
        folder.files().into_iter().filter(|f| f.contains("incoming") || f.contains("bomb")).collect();
    assert!(kept.is_empty(), "{kept:?}");
}

/// A Word file that unpacks to more than anybody has.
fn fixture_bomb() -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let rels = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    for (name, text) in [("[Content_Types].xml", types), ("_rels/.rels", rels)] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("word/document.xml", options).unwrap();
    let blanks = vec![b' '; 1 << 20];
    (0..200).for_each(|_| zip.write_all(&blanks).unwrap());
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_thousand_questions_at_once_are_answered() {
    let folder = folder();
    let desk = desk(&folder);
    let text = text_of(&desk, "s.md")["text"].as_str().unwrap().to_owned();
    let answered = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for worker in 0..50 {
            let (desk, text, answered) = (&desk, &text, &answered);
            scope.spawn(move || {
                for k in 0..20 {
                    let heard = match (worker + k) % 5 {
                        0 => desk.get("/api/files"),
                        1 => desk.get("/app.css"),
                        2 => desk.get("/api/source?file=s.md"),
                        3 => desk.post("/api/standard", &json!({ "file": "s.md", "text": text })),
                        _ => desk.get("/api/state?file=../outside.md"),
                    };
                    assert!([200, 422].contains(&heard.status), "{} {}", heard.status, heard.text());
                    answered.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(answered.into_inner(), 1000);
    desk.goes_on();
}

#[test]
fn two_tabs_lose_nothing() {
    let folder = folder();
    let text = "# 题\n\n### 甲 乙\n\n林颂 市政协委员\n\n第一段。\n\n第二段。\n\n第三段。\n";
    folder.write("inside/t.md", text);
    let desk = desk(&folder);
    let began = text_of(&desk, "t.md");
    let save = |text: &str, base: &Value| {
        desk.post(
            "/api/source",
            &json!({ "file": "t.md", "base": base, "began": began["text"], "text": text }),
        )
    };
    let one = text.replace("第一段", "第一段改");
    let heard = save(&one, &began["version"]);
    assert_eq!(heard.status, 200, "{}", heard.text());
    assert_eq!(String::from_utf8(folder.read("inside/t.md")).unwrap(), one);
    // The other tab began with the same text, and changes another place.
    let heard = save(&text.replace("第三段", "第三段也改"), &began["version"]);
    assert_eq!(heard.status, 409);
    let both = one.replace("第三段", "第三段也改");
    assert_eq!(heard.json()["merged"], Value::from(both.as_str()));
    assert_eq!(
        String::from_utf8(folder.read("inside/t.md")).unwrap(),
        one,
        "nothing is overwritten silently"
    );
    // The same place: a person is asked, with both texts in hand.
    let heard = save(&text.replace("第一段", "第一段另改"), &began["version"]).json();
    assert_eq!((heard["merged"].is_null(), heard["text"].as_str()), (true, Some(one.as_str())));
    assert!(
        heard["marked"].as_str().unwrap().contains("第一段另改")
            && heard["marked"].as_str().unwrap().contains("第一段改")
    );
    // A program beside the desk.
    folder.write("inside/t.md", text.replace("第二段", "别处改"));
    let version = desk.get("/api/state?file=t.md").json()["version"].clone();
    assert_ne!(version, began["version"]);
    assert_eq!(save("全删了\n", &began["version"]).status, 409);
}

#[test]
fn what_was_saved_outlives_the_desk() {
    let folder = folder();
    let desk = desk(&folder);
    let began = text_of(&desk, "s.md");
    let text = began["text"].as_str().unwrap().replacen("。", "。新写的一句。", 1);
    let saved = desk.post(
        "/api/source",
        &json!({ "file": "s.md", "base": began["version"], "text": text, "why": "edit" }),
    );
    assert_eq!(saved.status, 200);
    let restored =
        json!({ "file": "s.md", "base": saved.json()["version"], "text": "# 空\n", "why": "restore" });
    assert_eq!(desk.post("/api/source", &restored).status, 200);
    desk.kill();
    let desk = self::desk(&folder);
    assert_eq!(text_of(&desk, "s.md")["text"], "# 空\n");
    let versions = desk.get("/api/history?file=s.md").json()["versions"].clone();
    let texts: Vec<Value> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|v| desk.get(&format!("/api/version?file=s.md&number={}", v["number"])).json()["text"].clone())
        .collect();
    assert!(texts.contains(&Value::from(text)) && texts.contains(&began["text"]), "{versions}");
}

#[test]
fn one_desk_a_folder() {
    let folder = folder();
    let desk = desk(&folder);
    let second = folder.run(&["serve", "inside"]).exits(1);
    assert!(second.err().contains("already") && second.out().is_empty(), "{}", second.err());
    desk.goes_on();
    folder.run(&["serve", "none"]).exits(3);
    let taken = folder.run(&["serve", ".", "--port", &desk.port.to_string()]).exits(3);
    assert!(taken.err().contains(&desk.port.to_string()), "{}", taken.err());
}

/// GBK with CRLF, as old editors save: every byte that was not typed stays.
#[test]
fn encoding_and_line_ends_stay() {
    let folder = folder();
    let text =
        "# 题\r\n\r\n### 甲 乙\r\n\r\n林颂 市政协委员\r\n\r\n办好民生实事，把街巷理顺，让老街亮起来。\r\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    folder.write("inside/g.md", gbk.as_ref());
    let desk = desk(&folder);
    let began = text_of(&desk, "g.md");
    assert_eq!(began["text"], text.replace("\r\n", "\n"));
    let new = text.replace("理顺", "理清");
    let save = |text: &str, base: &Value| {
        let text = text.replace("\r\n", "\n");
        let heard = desk.post("/api/source", &json!({ "file": "g.md", "base": base, "text": text }));
        assert_eq!(heard.status, 200, "{}", heard.text());
        heard.json()
    };
    let saved = save(&new, &began["version"]);
    assert_eq!(
        (folder.read("inside/g.md"), &saved["notice"]),
        (encoding_rs::GBK.encode(&new).0.to_vec(), &Value::from(false))
    );
    // What GBK cannot hold GB 18030 can; nothing is lost.
    let rare = new.replace("理清", "理清𠮷");
    save(&rare, &saved["version"]);
    assert_eq!(text_of(&desk, "g.md")["text"], rare.replace("\r\n", "\n"));
}

#[test]
fn pages_follow_the_text_and_point_back() {
    let folder = folder();
    let desk = desk(&folder);
    let began = text_of(&desk, "s.md")["text"].as_str().unwrap().to_owned();
    let mut count = 0;
    let mut look = |text: &str, settled: bool| {
        count += 1;
        let heard = desk.post(
            "/api/look",
            &json!({ "file": "s.md", "text": text, "tab": "t", "count": count, "settled": settled }),
        );
        assert_eq!(heard.status, 200, "{}", heard.text());
        heard.json()
    };
    let hashes = |seen: &Value| -> Vec<String> {
        seen["pages"].as_array().unwrap().iter().map(|p| p["hash"].as_str().unwrap().to_owned()).collect()
    };
    let first = look(&began, true);
    // One character of the last paragraph but one: few pages look different.
    let at = began.rfind("。").unwrap();
    let changed = format!("{}好{}", &began[..at], &began[at..]);
    let draft = look(&changed, false);
    let (old, new) = (hashes(&first), hashes(&draft));
    let differing = new.iter().filter(|h| !old.contains(h)).count();
    assert!((1..=2).contains(&differing), "{differing} of {} pages", new.len());
    let settled = look(&changed, true);
    // A page that is not blank, as a picture.
    let picture = desk.get(&format!("/api/page?hash={}", hashes(&settled).last().unwrap()));
    assert!(picture.status == 200 && picture.text().starts_with("<svg"), "{}", picture.head);
    // There and back: every speech of the outline stands where its heading is.
    for row in settled["outline"].as_array().unwrap().iter().filter(|r| r["kind"] == "speech") {
        let at = row["at"].as_u64().unwrap();
        let heading =
            changed.chars().skip(at as usize).skip_while(|c| "# ".contains(*c)).take(6).collect::<String>();
        let place = desk.post("/api/place", &json!({ "file": "s.md", "at": at + 6 })).json();
        assert_eq!(place["page"], row["page"], "{row}");
        let (x, y) = (place["x"].as_f64().unwrap() + 20.0, place["y"].as_f64().unwrap() - 5.0);
        let back =
            desk.post("/api/where", &json!({ "file": "s.md", "page": place["page"], "x": x, "y": y })).json();
        let from = back["from"].as_u64().unwrap();
        assert!(from >= at && from < at + 40, "{heading}: {from} is not near {at}");
    }
}
