//! Colour spaces by the inks they come out in.

use lopdf::{Dictionary, Document, Object};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::preflight::{dictionary, entry, follow, inner, name_of};

/// What something is painted in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Ink {
    /// Black ink alone: `DeviceCMYK` without cyan, magenta and yellow, or `DeviceGray`.
    Black,
    /// Several process inks.
    Cmyk,
    /// A grey with a profile, which may come out in four inks.
    Grey,
    /// A colour of the screen.
    Rgb,
    /// An ink of its own.
    Spot(String),
    /// A pattern or something rarer, by its name in PDF.
    Other(String),
}

impl std::fmt::Display for Ink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Ink::Black => f.write_str("black"),
            Ink::Cmyk => f.write_str("cmyk"),
            Ink::Grey => f.write_str("icc-grey"),
            Ink::Rgb => f.write_str("rgb"),
            Ink::Spot(name) => write!(f, "spot {name}"),
            Ink::Other(name) => write!(f, "other {name}"),
        }
    }
}

impl Serialize for Ink {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Ink {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ink".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "black, cmyk, icc-grey, rgb, spot NAME, other NAME"
        })
    }
}

impl Ink {
    /// CMYK or grey of these values.
    pub(super) fn of_values(self, values: &[f64]) -> Self {
        match (self, values) {
            (Ink::Cmyk, [c, m, y, _]) if c.max(*m).max(*y) <= 0.0 => Ink::Black,
            (ink, _) => ink,
        }
    }

    /// The ink of a colour space as an object, names looked up in the resources.
    pub(super) fn of_space(document: &Document, resources: &Dictionary, space: &Object) -> Self {
        Self::looked_up(document, resources, space, 4)
    }

    fn looked_up(document: &Document, resources: &Dictionary, space: &Object, left: usize) -> Self {
        let space = follow(document, space);
        if let Some(name) = name_of(space) {
            return match name.as_str() {
                "DeviceGray" | "G" | "CalGray" => Ink::Black,
                "DeviceRGB" | "RGB" | "CalRGB" | "Lab" => Ink::Rgb,
                "DeviceCMYK" | "CMYK" => Ink::Cmyk,
                "Pattern" => Ink::Other(name),
                _ => {
                    let named = inner(document, resources, b"ColorSpace");
                    let named = named.and_then(|spaces| entry(document, spaces, name.as_bytes()));
                    match named.filter(|_| left > 0) {
                        Some(space) => Self::looked_up(document, resources, space, left - 1),
                        None => Ink::Other(name),
                    }
                }
            };
        }
        let Ok(parts) = space.as_array() else { return Ink::Other("unknown".to_owned()) };
        let part = |at: usize| parts.get(at).map(|part| follow(document, part));
        let family = part(0).and_then(name_of).unwrap_or_default();
        match family.as_str() {
            "ICCBased" => {
                let profile = part(1).and_then(dictionary);
                let count = profile.and_then(|p| entry(document, p, b"N")?.as_i64().ok());
                match count {
                    Some(1) => Ink::Grey,
                    Some(3) => Ink::Rgb,
                    Some(4) => Ink::Cmyk,
                    _ => Ink::Other(family),
                }
            }
            "CalGray" => Ink::Grey,
            "CalRGB" | "Lab" => Ink::Rgb,
            "Separation" => Ink::Spot(part(1).and_then(name_of).unwrap_or_default()),
            "Indexed" | "I" => match parts.get(1).filter(|_| left > 0) {
                Some(base) => Self::looked_up(document, resources, base, left - 1),
                None => Ink::Other(family),
            },
            _ if parts.len() == 1 && left > 0 => Self::looked_up(document, resources, &parts[0], left - 1),
            _ => Ink::Other(family),
        }
    }
}
