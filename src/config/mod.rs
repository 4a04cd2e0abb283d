//! The manifest `jianbao.toml`, front matter, and what they come to.
//!
//! Layers are merged as data, later ones over earlier ones (manifest, front matter, `--set`), and
//! only the result is given types. Unknown keys and wrong types are errors with file, line and
//! column; the known keys are those of the manifest's own JSON Schema, so there is one list.

mod layer;
mod manifest;
mod press;
mod profile;
mod resolve;

pub use layer::{ConfigError, Expected, Layer, Place};
pub use manifest::{
    Briefing, Check, Config, Distribution, EngineName, Excerpt, Fonts, Head, Level, Print, PrintPart,
};
pub use press::{Inks, Press, PressBinding};
pub use profile::{
    BRIEFING, Color, Folio, FolioPlace, Index, Lead, Misfit, PT_PER_MM, Page, Profile, Sizes, Text,
};
pub use resolve::{manifest_schema, resolve};
