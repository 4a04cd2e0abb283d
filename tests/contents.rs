//! The pages that contents and index tell are those where the text stands.

use std::path::Path;

use crate::support::{Folder, build, built, program, sample, sources, squeezed, tree_of};

/// The text of each page without blanks, and its printed number where it has one.
fn pages(pdf: &Path) -> Vec<(String, Option<usize>)> {
    let text = program("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"]);
    let number = |page: &str| {
        let line = page.trim_end().lines().last().unwrap_or_default();
        squeezed(line).strip_prefix('—')?.strip_suffix('—')?.parse().ok()
    };
    text.split('\u{c}').map(|page| (squeezed(page), number(page))).collect()
}

/// The numbers behind a name and its leader.
fn told(text: &str, name: &str) -> Vec<String> {
    let leader = format!("{name}....");
    let rest = text.match_indices(&leader).map(|(at, _)| &text[at + leader.len()..]);
    rest.map(|r| r.trim_start_matches('.').chars().take_while(|c| c.is_ascii_digit() || *c == '、').collect())
        .collect()
}

#[test]
fn contents_and_index_tell_the_right_pages() {
    let mut checked = 0;
    for source in sources() {
        let folder = build(&source, "pdf");
        let pages = pages(&built(&folder, "pdf"));
        let at = |word: &str| pages.iter().position(|(text, _)| text.starts_with(word));
        let contents = at("目录").unwrap();
        let body = (contents..pages.len()).find(|k| pages[*k].1 == Some(1)).unwrap();
        let index = at("发言人索引").unwrap_or(pages.len());
        let all =
            |range: &[(String, Option<usize>)]| range.iter().map(|(t, _)| t.as_str()).collect::<String>();
        let (contents, index_text) = (all(&pages[contents..body]), all(&pages[index..]));
        for speech in tree_of(&source)["speeches"].as_array().unwrap() {
            let heading = squeezed(speech["heading"]["text"].as_str().unwrap());
            let [speaker] = speech["speakers"].as_array().unwrap().as_slice() else { continue };
            let name = squeezed(speaker["name"].as_str().unwrap());
            if name.is_empty() || heading.is_empty() {
                continue;
            }
            let stands = pages[body..index].iter().find(|(text, _)| text.contains(&heading));
            let page = stands.and_then(|(_, number)| *number).unwrap().to_string();
            assert!(told(&contents, &name).contains(&page), "{name} {page}: {contents}");
            let listed = told(&index_text, &name);
            assert!(listed.len() == 2, "{name}: by strokes and by pinyin: {index_text}");
            assert!(listed.iter().all(|l| l.split('、').any(|p| p == page)), "{name} {page}: {listed:?}");
            checked += 1;
        }
    }
    assert!(checked > 5, "{checked} in {}", sample().display());
}

/// A name of two characters is as wide as one of three by layout: no blank stands in the text.
#[test]
fn names_of_two_characters_are_as_wide_as_three() {
    let folder = Folder::new();
    let turn = |heading: &str, who: &str| format!("\n## {heading}\n\n{who} 市政协委员\n\n先把街巷理顺。\n");
    let speeches = [("织密绿地", "沈青"), ("让路于人", "沈怀瑾"), ("善待老桥", "李白")];
    let text = speeches.map(|(heading, who)| turn(heading, who)).concat();
    folder.write("s.md", format!("# 建言汇编\n{text}"));
    folder.run(&["build", "s.md", "-f", "pdf", "-o", "s.pdf", "-q"]).exits(0);
    let printed = jianbao::verify::read_pdf(&std::fs::read(folder.join("s.pdf")).unwrap()).unwrap();
    let mut wide = 0;
    for page in &printed.pages {
        let chars: Vec<(char, f64, f64)> =
            page.glyphs.iter().map(|g| (g.text.first(), g.x, g.size)).collect();
        for pair in chars.windows(2) {
            let [(first, x, size), (second, to, _)] = *pair else { continue };
            if matches!((first, second), ('沈', '青') | ('李', '白')) && size < 15.0 {
                assert!(((to - x) / size - 2.0).abs() < 0.02, "{first}{second}: {}", (to - x) / size);
                wide += 1;
            }
        }
    }
    // In the contents and in both orders of the index.
    assert_eq!(wide, 2 * 3);
    let text = program("pdftotext", &["-layout", folder.join("s.pdf").to_str().unwrap(), "-"]);
    assert!(text.lines().any(|l| squeezed(l).starts_with("沈青....")), "{text}");
}
