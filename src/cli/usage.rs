//! Wrong use of the command, said in the user's language.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::build::Exit;
use crate::messages::{Catalog, Say};

/// Shows help and version on standard output, anything wrong on standard error.
pub(super) fn show(error: &clap::Error, catalog: &Catalog) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Exit::Usage
        }
        _ => {
            let mut err = std::io::stderr().lock();
            let _ = writeln!(err, "{}", catalog.say(&sentence(error)));
            if let Some(near) = text(error, ContextKind::SuggestedArg)
                .or_else(|| text(error, ContextKind::SuggestedSubcommand))
                .or_else(|| text(error, ContextKind::SuggestedValue))
            {
                let _ = writeln!(err, "{}", catalog.say(&Say::new("usage-nearest").with("nearest", near)));
            }
            let _ = writeln!(err, "{}", catalog.plain("usage-help"));
            Exit::Usage
        }
    }
}

fn sentence(error: &clap::Error) -> Say {
    let argument = || text(error, ContextKind::InvalidArg).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => Say::new("usage-unknown").with("argument", argument()),
        ErrorKind::InvalidSubcommand => Say::new("usage-command")
            .with("command", text(error, ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
            let allowed = text(error, ContextKind::ValidValue).unwrap_or_default();
            let id = match (value.is_empty(), allowed.is_empty()) {
                (true, _) => "usage-no-value",
                (false, true) => {
                    return Say::new("usage-value-wrong").with("argument", argument()).with("value", value);
                }
                (false, false) => "usage-value",
            };
            match id {
                "usage-value" => Say::new("usage-value")
                    .with("argument", argument())
                    .with("value", value)
                    .with("allowed", allowed),
                _ => Say::new("usage-no-value").with("argument", argument()),
            }
        }
        ErrorKind::MissingRequiredArgument => Say::new("usage-missing").with("argument", argument()),
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => Say::new("usage-no-value").with("argument", argument()),
        ErrorKind::ArgumentConflict => Say::new("usage-conflict")
            .with("argument", argument())
            .with("other", text(error, ContextKind::PriorArg).unwrap_or_default()),
        _ => Say::new("usage-other").with("why", error.kind()),
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(s) => Some(s.clone()),
        ContextValue::Strings(list) => Some(list.join(", ")),
        ContextValue::StyledStr(s) => Some(s.to_string()),
        _ => None,
    }
}
