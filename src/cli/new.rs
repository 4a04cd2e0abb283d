//! `jianbao new`: a folder ready to build.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::build::{self, Exit};
use crate::cli::context::Context;
use crate::messages::{Catalog, Say};

/// What a new folder holds, by path.
static FILES: &[(&str, &str)] = &[
    ("jianbao.toml", include_str!("../../templates/new/jianbao.toml")),
    ("speeches.md", include_str!("../../examples/sample.md")),
    ("output/.gitkeep", ""),
];

pub(super) fn command(command: Command, catalog: &Catalog) -> Command {
    command.arg(
        Arg::new("folder")
            .value_name("DIR")
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(catalog.plain("arg-new-folder")),
    )
}

pub(super) fn run(matches: &ArgMatches, context: &Context) -> Exit {
    let Some(folder) = matches.get_one::<PathBuf>("folder") else { return Exit::Usage };
    let files: Vec<(String, &[u8])> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes())).collect();
    let exit = context.placed(build::put_new(folder, &files, context.force));
    if exit == Exit::Done {
        context.say(&Say::new("new-next").with("folder", folder.display()));
    }
    exit
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Every key of the manifest stands in the file with a comment, and the file as it is sets
    /// nothing but its sources.
    #[test]
    fn the_manifest_explains_every_key() {
        let text = super::FILES[0].1;
        let layer = crate::config::Layer::toml("jianbao.toml", text, 0..text.len()).unwrap();
        let config = crate::config::resolve(&[layer], Path::new("")).unwrap();
        assert_eq!(config.sources, ["speeches.md"]);
        let uncommented: String = text
            .lines()
            .map(|l| {
                l.strip_prefix("# ")
                    .filter(|l| l.contains(" = ") && l.is_ascii() | l.contains('"') || l.starts_with('['))
                    .unwrap_or(l)
            })
            .map(|l| format!("{l}\n"))
            .collect();
        let layer = crate::config::Layer::toml("jianbao.toml", &uncommented, 0..uncommented.len()).unwrap();
        let all = crate::config::resolve(&[layer], Path::new("")).unwrap();
        let schema = serde_json::to_value(crate::config::manifest_schema()).unwrap();
        let value = serde_json::to_value(&all).unwrap();
        for (key, inner) in value.as_object().unwrap() {
            assert!(schema["properties"].get(key).is_some());
            if key == "profile" {
                // Tables of any name; their keys stand in the built-in profiles.
                assert!(text.contains("[profile."));
                continue;
            }
            let keys: Vec<String> = match inner.as_object() {
                Some(table) => table.keys().cloned().collect(),
                None => vec![key.clone()],
            };
            for key in keys {
                let stands =
                    text.lines().any(|l| l.trim_start_matches("# ").starts_with(&format!("{key} = ")));
                assert!(stands, "`{key}` is not explained");
            }
        }
    }
}
