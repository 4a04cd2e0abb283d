//! The fonts a Word file names: those offices have for GB/T 9704-2012, with substitutes for
//! machines that lack them. The user's own family, where the manifest names one, stands first.

use std::io;

use crate::config::Fonts;
use crate::fonts::FontRole;

use super::xml::Element;

/// The name of every role's font.
#[derive(Debug, Clone)]
pub(super) struct Faces {
    names: [String; FontRole::ALL.len()],
}

impl Faces {
    /// The names, in the user's words where the manifest gives a family and not a file.
    pub(super) fn of(fonts: &Fonts) -> Self {
        let own = |role| match role {
            FontRole::Song => &fonts.song,
            FontRole::Title => &fonts.title,
            FontRole::Hei => &fonts.hei,
            FontRole::Kai => &fonts.kai,
            FontRole::Fang => &fonts.fang,
        };
        Self {
            names: FontRole::ALL.map(|role| match own(role) {
                Some(name) if is_family(name) => name.clone(),
                _ => office(role).to_owned(),
            }),
        }
    }

    /// The name of a role's font.
    pub(super) fn name(&self, role: FontRole) -> &str {
        &self.names[role as usize]
    }

    /// `word/fontTable.xml`
    pub(super) fn table(&self) -> io::Result<Vec<u8>> {
        let mut table = Element::new("w:fonts").attr("xmlns:w", super::parts::W);
        let mut seen: Vec<&str> = Vec::new();
        for role in FontRole::ALL {
            let name = self.name(role);
            if !seen.contains(&name) {
                seen.push(name);
                table = table.with(font(name, role));
            }
        }
        table.to_part()
    }
}

/// The name offices know the role's font by.
fn office(role: FontRole) -> &'static str {
    match role {
        FontRole::Song => "宋体",
        FontRole::Title => "方正小标宋简体",
        FontRole::Hei => "黑体",
        FontRole::Kai => "楷体_GB2312",
        FontRole::Fang => "仿宋_GB2312",
    }
}

/// What may take its place, the nearest first.
fn substitutes(role: FontRole) -> &'static [&'static str] {
    match role {
        FontRole::Song => &["SimSun", "Noto Serif SC", "Source Han Serif SC"],
        FontRole::Title => &["FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "Noto Serif SC", "SimSun"],
        FontRole::Hei => &["SimHei", "Noto Sans SC", "Source Han Sans SC"],
        FontRole::Kai => &["楷体", "KaiTi", "LXGW WenKai"],
        FontRole::Fang => &["仿宋", "FangSong", "FandolFang R"],
    }
}

/// A name and not a path; a comma would end the name in lists of substitutes.
fn is_family(name: &str) -> bool {
    !name.trim().is_empty()
        && !name.contains(['/', '\\', ',', '.'])
        && name.chars().all(|c| !c.is_control())
        && name.chars().count() <= 31
}

fn font(name: &str, role: FontRole) -> Element {
    let mut alternatives = vec![office(role)];
    alternatives.extend(substitutes(role));
    alternatives.retain(|other| *other != name);
    let family = if role == FontRole::Hei { "modern" } else { "roman" };
    Element::new("w:font")
        .attr("w:name", name)
        .with(Element::val("w:altName", &alternatives.join(",")))
        .with(Element::val("w:charset", "86"))
        .with(Element::val("w:family", family))
        .with(Element::val("w:pitch", "default"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_the_manifest_stands_first() {
        let fonts =
            Fonts {
                fang: Some("方正仿宋_GBK".into()), kai: Some("own/kai.ttf".into()), ..Fonts::default()
            };
        let faces = Faces::of(&fonts);
        assert_eq!(faces.name(FontRole::Fang), "方正仿宋_GBK");
        assert_eq!(faces.name(FontRole::Kai), "楷体_GB2312");
        let table = Element::parse(&faces.table().unwrap()).unwrap();
        let own = table.elements().find(|e| e.get("w:name") == Some("方正仿宋_GBK")).unwrap();
        let substitutes = own.child("w:altName").and_then(|e| e.get("w:val")).unwrap();
        assert!(substitutes.starts_with("仿宋_GB2312,"));
    }
}
