//! The list of members: names, roles, and the order they speak in.

use crate::check::tables::{ListError, ListFault, columns, parts, text_of};

/// The user's list of members. No order of precedence is built in: theirs counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    pub(in crate::check) members: Vec<Member>,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Member {
    /// Without blanks.
    pub(in crate::check) name: String,
    /// Empty when the list does not say.
    pub(in crate::check) roles: Vec<String>,
    /// The place among the speakers, when the list gives one.
    pub(in crate::check) order: Option<u32>,
}

impl Roster {
    /// Reads CSV with the columns 姓名 (or `name`), 职务 (`roles`, several parted by 、) and 顺序
    /// (`order`, a number).
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(bytes: &[u8]) -> Result<Self, ListError> {
        let text = text_of(bytes)?;
        let columns: [&[&str]; 3] = [
            &["姓名", "name"],
            &["职务", "roles", "单位及职务", "单位职务"],
            &["顺序", "次序", "序号", "order"],
        ];
        let rows = columns::rows(&text, columns)?;
        let member = |row: columns::Row<3>| {
            let [name, roles, order] = row.cells;
            let order = match order.as_str() {
                "" => None,
                digits => Some(digits.parse().map_err(|_| ListError {
                    fault: ListFault::NotANumber(order.clone()),
                    text: text.clone(),
                    range: row.range,
                })?),
            };
            let name = name.chars().filter(|c| !c.is_whitespace()).collect();
            Ok(Member { name, roles: parts(&roles).collect(), order })
        };
        Ok(Self { members: rows.into_iter().map(member).collect::<Result<_, _>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_padding_and_roles_are_parted() {
        let text = "姓名,职务,备注,顺序\n于　博,\"市政协委员,市第一医院院长\",男,2\n\n沈怀瑾,,,\n";
        let roster = Roster::parse(text.as_bytes()).unwrap();
        let first = Member {
            name: "于博".into(),
            roles: vec!["市政协委员".into(), "市第一医院院长".into()],
            order: Some(2),
        };
        assert_eq!(roster.members[0], first);
        assert_eq!((roster.members[1].name.as_str(), roster.members[1].order), ("沈怀瑾", None));
        assert_eq!(Roster::parse(&encoding_rs::GBK.encode(text).0), Ok(roster));
    }

    #[test]
    fn tabs_of_a_spreadsheet_part_columns() {
        let roster = Roster::parse("姓名\t职务\n于博\t院长、书记\n".as_bytes()).unwrap();
        assert_eq!(roster.members[0].roles, ["院长", "书记"]);
    }

    #[test]
    fn a_header_without_names_is_refused() {
        let error = Roster::parse("序号,职务\n1,院长\n".as_bytes()).unwrap_err();
        assert_eq!((error.fault, &error.text[error.range]), (ListFault::NoColumn("姓名"), "序号,职务"));
    }
}
