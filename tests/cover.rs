//! The e-book's cover is a picture of the printed one.

use std::io::Read;

use crate::support::{Folder, build, built, sample, sources, unzipped};

#[test]
fn the_cover_is_a_picture_of_the_printed_one() {
    for source in sources() {
        let folder = build(&source, "epub");
        let book = built(&folder, "epub");
        let opf = unzipped(&book, |n| n.ends_with("content.opf"));
        assert!(
            opf.contains("properties=\"cover-image\" id=\"cover-image\" href=\"images/cover.png\""),
            "{opf}"
        );
        assert!(opf.contains("<reference type=\"cover\" title=\"封面\" href=\"cover.xhtml\"/>"), "{opf}");
        let first = opf.split("<itemref idref=\"").nth(1).unwrap();
        assert!(first.starts_with("id_cover.xhtml"), "{opf}");
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&book).unwrap()).unwrap();
        let mut picture = Vec::new();
        archive.by_name("OEBPS/images/cover.png").unwrap().read_to_end(&mut picture).unwrap();
        let size = imagesize::blob_size(&picture).unwrap();
        assert_eq!((size.width, size.height), (1600, 2560));
        assert!(std::fs::metadata(&book).unwrap().len() < 300_000, "{}", source.display());
        let page = unzipped(&book, |n| n.ends_with("/cover.xhtml"));
        let title = crate::support::tree_of(&source)["title"].as_str().unwrap().to_owned();
        let (_, alt) = page.split_once("alt=\"封面：").unwrap();
        assert!(alt.split('"').next().unwrap().contains(&title), "{page}");
        let nav = unzipped(&book, |n| n.ends_with("nav.xhtml"));
        assert!(nav.contains("<a epub:type=\"cover\" href=\"cover.xhtml\">"), "{nav}");
    }
}

#[test]
fn a_cover_that_cannot_be_set_is_no_reason_to_have_no_book() {
    let folder = Folder::new();
    folder.write("jianbao.toml", "sources = [\"a.md\"]\n");
    folder.write("a.md", std::fs::read(sample()).unwrap());
    folder.write(
        "templates/pdf/cover.typ",
        "#let cover() = nothing-of-this-name\n#let head() = none\n#let outer() = none\n",
    );
    let ran = folder.run(&["build", "-f", "epub", "-o", "o"]).exits(0);
    assert!(ran.err().contains("cover.typ"), "{}", ran.err());
    let opf = unzipped(&built(&folder, "epub"), |n| n.ends_with("content.opf"));
    assert!(!opf.contains("cover"), "{opf}");
}
