//! Which speeches are meant.

use std::collections::BTreeSet;

use crate::tree::{BlockKind, Part, Party, Proceedings, Speech};

/// What picks speeches. Several values of one kind widen (this speaker or that one), different kinds narrow
/// (this party and this topic). Nothing asked for is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// Numbers in the book's order, as [`numbers`] reads them: `1,3-5`.
    pub speeches: Vec<String>,
    /// Names of speakers or of bodies that speak, whole.
    pub speakers: Vec<String>,
    /// Parties by short or full name; 工商联, 无党派 and people's organisations too.
    pub parties: Vec<String>,
    /// Words that stand in a speaker's roles.
    pub roles: Vec<String>,
    /// Words that stand in a heading, a sub-heading or a topic sentence. A word that is only mentioned
    /// somewhere in a paragraph is not what a speech is about.
    pub topics: Vec<String>,
    /// Parts: words of their title, or their number.
    pub parts: Vec<String>,
}

/// What a selector picks by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Speech,
    /// A name.
    Speaker,
    /// A party or body.
    Party,
    /// A word of the roles.
    Role,
    /// A word of headings and topic sentences.
    Topic,
    /// A part of the book.
    Part,
}

/// Why a selection picks nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SelectError {
    /// Not numbers of speeches.
    #[error("`{given}` is no list of numbers")]
    Numbers {
        /// What was given.
        given: String,
    },
    /// The book has no speech of this number.
    #[error("there is no speech {number} among {count}")]
    NoSpeech {
        /// The number.
        number: usize,
        /// How many speeches the book has.
        count: usize,
    },
    /// Nothing in the book is called so.
    #[error("no {kind:?} `{given}`")]
    Unknown {
        /// What was looked for.
        kind: Kind,
        /// What was given.
        given: String,
        /// What is there and most like it; for a topic the numbers of speeches that mention it.
        nearest: Option<String>,
    },
    /// Every selector is known, and no speech meets all of them.
    #[error("no speech meets all of it")]
    Nothing,
}

impl Selection {
    /// Whether it picks the whole book.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// The places in [`Proceedings::speeches`] that are meant, in the book's order.
    ///
    /// # Errors
    /// A [`SelectError`]: a selector that means nothing, or a choice that leaves nothing.
    pub fn pick(&self, tree: &Proceedings) -> Result<Vec<usize>, SelectError> {
        let mut left: BTreeSet<usize> = (0..tree.speeches.len()).collect();
        let mut narrow = |found: Option<BTreeSet<usize>>| {
            if let Some(found) = found {
                left.retain(|k| found.contains(k));
            }
        };
        narrow(self.by_number(tree)?);
        narrow(by(tree, Kind::Speaker, &self.speakers)?);
        narrow(by(tree, Kind::Party, &self.parties)?);
        narrow(by(tree, Kind::Role, &self.roles)?);
        narrow(by(tree, Kind::Topic, &self.topics)?);
        narrow(by(tree, Kind::Part, &self.parts)?);
        if left.is_empty() { Err(SelectError::Nothing) } else { Ok(left.into_iter().collect()) }
    }

    fn by_number(&self, tree: &Proceedings) -> Result<Option<BTreeSet<usize>>, SelectError> {
        let count = tree.speeches.len();
        let mut found = BTreeSet::new();
        for given in &self.speeches {
            for (first, last) in numbers(given)? {
                // The ends are looked at, not every number between: one may be very large.
                if let Some(number) = [first, last].into_iter().find(|n| *n == 0 || *n > count) {
                    return Err(SelectError::NoSpeech { number, count });
                }
                found.extend(first - 1..last);
            }
        }
        Ok((!self.speeches.is_empty()).then_some(found))
    }
}

/// The speeches that any of `given` means; none where nothing is given.
fn by(tree: &Proceedings, kind: Kind, given: &[String]) -> Result<Option<BTreeSet<usize>>, SelectError> {
    let mut found = BTreeSet::new();
    for word in given {
        let meant: Vec<usize> = tree
            .speeches
            .iter()
            .enumerate()
            .filter(|(_, speech)| meets(tree, speech, kind, &squeezed(word)))
            .map(|(k, _)| k)
            .collect();
        if meant.is_empty() {
            let nearest = match kind {
                Kind::Topic => mentions(tree, &squeezed(word)),
                _ => nearest(word, candidates(tree, kind).iter().map(String::as_str)),
            };
            return Err(SelectError::Unknown { kind, given: word.clone(), nearest });
        }
        found.extend(meant);
    }
    Ok((!given.is_empty()).then_some(found))
}

fn meets(tree: &Proceedings, speech: &Speech, kind: Kind, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    let holds = |text: &str| squeezed(text).contains(word);
    match kind {
        Kind::Speech => false,
        Kind::Speaker => speech.speakers.iter().any(|s| {
            let organisation = s.organisation.as_deref().unwrap_or_default();
            [s.name.as_str(), s.display_name().as_str(), organisation].iter().any(|n| squeezed(n) == word)
        }),
        Kind::Party => speech.speakers.iter().any(|s| {
            s.party.is_some_and(|p| p.short() == word || p.full() == word)
                || s.affiliation.as_deref().is_some_and(|a| squeezed(a) == word)
        }),
        Kind::Role => speech.speakers.iter().any(|s| holds(&s.title) || s.roles.iter().any(|r| holds(r))),
        Kind::Topic => {
            holds(&speech.heading.display())
                || speech.body.iter().any(|block| match &block.kind {
                    BlockKind::Heading(_) => holds(&block.text()),
                    BlockKind::Paragraph(p) => block.text().get(..p.lead).is_some_and(holds),
                    _ => false,
                })
        }
        Kind::Part => part_of(tree, speech).is_some_and(|(number, part)| {
            holds(&part.title) || word.parse() == Ok(number) || part.id.as_str() == word
        }),
    }
}

fn part_of<'t>(tree: &'t Proceedings, speech: &Speech) -> Option<(usize, &'t Part)> {
    let found = tree.parts.iter().position(|p| Some(&p.id) == speech.part.as_ref())?;
    Some((found + 1, tree.parts.get(found)?))
}

/// What the book has of a kind.
fn candidates(tree: &Proceedings, kind: Kind) -> BTreeSet<String> {
    let speakers = || tree.speeches.iter().flat_map(|s| &s.speakers);
    match kind {
        Kind::Speech | Kind::Topic => BTreeSet::new(),
        Kind::Speaker => {
            speakers().flat_map(|s| [s.name.clone(), s.organisation.clone().unwrap_or_default()]).collect()
        }
        Kind::Party => {
            let parties = speakers().filter_map(|s| s.party.map(Party::short)).map(str::to_owned);
            parties.chain(speakers().filter_map(|s| s.affiliation.clone())).collect()
        }
        Kind::Role => speakers().flat_map(|s| s.roles.iter().cloned()).collect(),
        Kind::Part => tree.parts.iter().map(|p| p.title.clone()).collect(),
    }
}

/// The numbers of the speeches in which a word stands anywhere.
fn mentions(tree: &Proceedings, word: &str) -> Option<String> {
    let holds = |s: &&(usize, &Speech)| s.1.body.iter().any(|b| squeezed(&b.text()).contains(word));
    let speeches: Vec<(usize, &Speech)> = tree.speeches.iter().enumerate().collect();
    let found: Vec<usize> = speeches.iter().filter(holds).map(|(k, _)| k + 1).collect();
    (!word.is_empty() && !found.is_empty()).then(|| spoken(&found))
}

/// The known name most like `given`: one that holds it or is held by it, else one with like characters.
#[must_use]
pub fn nearest<'n>(given: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let given = squeezed(given);
    if given.is_empty() {
        return None;
    }
    let likeness = |name: &str| {
        let name = squeezed(name);
        let shared = given.chars().filter(|c| name.contains(*c)).count() as f64;
        let held = !name.is_empty() && (name.contains(&given) || given.contains(&name));
        let part = shared / given.chars().count().max(name.chars().count()).max(1) as f64;
        if held { 1.0 + part } else { part.max(strsim::jaro_winkler(&name, &given)) }
    };
    known
        .map(|name| (likeness(name), name))
        .filter(|(like, _)| *like > 0.5)
        // The first of several that are equally like.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name.to_owned())
}

/// Ranges of numbers: `1,3-5`. Commas and dashes may be Chinese ones.
///
/// # Errors
/// [`SelectError::Numbers`] when it is something else, or a range runs backwards.
pub fn numbers(given: &str) -> Result<Vec<(usize, usize)>, SelectError> {
    let wrong = || SelectError::Numbers { given: given.to_owned() };
    let number = |text: &str| -> Option<usize> {
        let text = text.trim().trim_start_matches('第').trim_end_matches('篇').trim();
        (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let range = |piece: &str| {
        let mut ends = piece.splitn(2, ['-', '–', '—', '~', '～', '至']);
        let first = number(ends.next()?)?;
        let last = ends.next().map_or(Some(first), number)?;
        (first <= last).then_some((first, last))
    };
    given.split([',', '，', '、']).map(|piece| range(piece).ok_or_else(wrong)).collect()
}

/// Numbers as one says them, runs of three and more drawn together: `1、3至5`.
#[must_use]
pub fn spoken(numbers: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for n in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *n => *last = *n,
            _ => runs.push((*n, *n)),
        }
    }
    let said = runs.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}、{last}"),
        _ => format!("{first}至{last}"),
    });
    said.collect::<Vec<_>>().join("、")
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Block, Heading, Inline, NodeId, Speaker, SubHeading, assign_ids};

    fn book() -> Proceedings {
        let mut tree = Proceedings::default();
        for (k, (head, name, title, part)) in [
            ("修好老街", "沈怀瑾", "市政协委员，民盟市委委员", "p1"),
            ("养老就在家门口", "林 颂", "市政协常委", "p1"),
            ("让河水清起来", "秦守拙", "市政协委员、市工商联副主席", "p2"),
        ]
        .into_iter()
        .enumerate()
        {
            let mut speech = Speech::new(Heading::of_clauses(vec![head.into()]));
            let mut speaker = Speaker::named(name);
            speaker.title = title.into();
            speaker.roles = title.split(['，', '、']).map(str::to_owned).collect();
            speaker.party = (k == 0).then_some(Party::Cdl);
            speaker.affiliation = (k == 2).then(|| "工商联".into());
            speech.speakers.push(speaker);
            speech.part = Some(NodeId::new(part));
            let heading = SubHeading::new(1, None, vec![Inline::text(format!("做法{k}"))]);
            speech.body.push(Block::new(BlockKind::Heading(heading), None));
            speech.body.push(Block::paragraph(vec![Inline::text("治水要先治源。再说别的。")], None));
            if let Some(Block { kind: BlockKind::Paragraph(p), .. }) = speech.body.last_mut() {
                p.lead = if k == 2 { "治水要先治源。".len() } else { 0 };
            }
            tree.speeches.push(speech);
        }
        tree.parts = vec![
            Part::new(NodeId::new("p1"), "大会发言", None),
            Part::new(NodeId::new("p2"), "书面 发言", None),
        ];
        assign_ids(&mut tree);
        tree
    }

    fn picked(set: impl Fn(&mut Selection)) -> Result<Vec<usize>, SelectError> {
        let mut selection = Selection::default();
        set(&mut selection);
        selection.pick(&book())
    }

    fn one(word: &str) -> Vec<String> {
        vec![word.to_owned()]
    }

    #[test]
    fn nothing_asked_for_is_everything() {
        assert!(Selection::default().is_everything());
        assert_eq!(picked(|_| {}), Ok(vec![0, 1, 2]));
    }

    #[test]
    fn every_kind_picks() {
        assert_eq!(picked(|s| s.speeches = one("1,3")), Ok(vec![0, 2]));
        assert_eq!(picked(|s| s.speakers = one("林颂")), Ok(vec![1]));
        assert_eq!(picked(|s| s.parties = one("中国民主同盟")), Ok(vec![0]));
        assert_eq!(picked(|s| s.parties = one("工商联")), Ok(vec![2]));
        assert_eq!(picked(|s| s.roles = one("常委")), Ok(vec![1]));
        assert_eq!(picked(|s| s.topics = one("老街")), Ok(vec![0]));
        assert_eq!(picked(|s| s.topics = one("做法1")), Ok(vec![1]));
        assert_eq!(picked(|s| s.topics = one("治源")), Ok(vec![2]), "a topic sentence, no mere mention");
        assert_eq!(picked(|s| s.parts = one("书面发言")), Ok(vec![2]));
        assert_eq!(picked(|s| s.parts = one("1")), Ok(vec![0, 1]));
    }

    #[test]
    fn the_same_kind_widens_and_another_narrows() {
        assert_eq!(picked(|s| s.speakers = vec!["林颂".into(), "沈怀瑾".into()]), Ok(vec![0, 1]));
        let both = |part: &str| {
            picked(|s| {
                s.roles = one("委员");
                s.parts = one(part);
            })
        };
        assert_eq!(both("大会发言"), Ok(vec![0]));
        assert_eq!(
            picked(|s| {
                s.speeches = one("1");
                s.parts = one("书面");
            }),
            Err(SelectError::Nothing)
        );
    }

    #[test]
    fn the_unknown_is_named_with_what_is_nearest() {
        let near = |set: fn(&mut Selection)| match picked(set) {
            Err(SelectError::Unknown { nearest, .. }) => nearest,
            other => panic!("{other:?}"),
        };
        assert_eq!(near(|s| s.speakers = one("沈怀谨")).as_deref(), Some("沈怀瑾"));
        assert_eq!(near(|s| s.parties = one("民萌")).as_deref(), Some("民盟"));
        assert_eq!(near(|s| s.parts = one("书面材料发言")).as_deref(), Some("书面 发言"));
        assert_eq!(near(|s| s.topics = one("别的")).as_deref(), Some("1至3"));
        assert_eq!(near(|s| s.topics = one("航天")), None);
        assert_eq!(near(|s| s.speakers = one("")), None);
        assert_eq!(near(|s| s.speakers = one("欧阳")), None);
        assert_eq!(picked(|s| s.speeches = one("2-4")), Err(SelectError::NoSpeech { number: 4, count: 3 }));
    }

    #[test]
    fn numbers_in_customary_forms() {
        assert_eq!(numbers("1,3-5"), Ok(vec![(1, 1), (3, 5)]));
        assert_eq!(numbers("第1篇、3至5， 7 "), Ok(vec![(1, 1), (3, 5), (7, 7)]));
        assert_eq!(numbers("1-18446744073709551615").map(|r| r.len()), Ok(1));
        for wrong in ["", "a", "1,", "5-3", "-3", "1-2-3", "99999999999999999999999", "+1"] {
            assert!(numbers(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_as_they_are_said() {
        assert_eq!(spoken(&[1, 3, 4, 5, 7, 8]), "1、3至5、7、8");
        assert_eq!(spoken(&[2]), "2");
    }
}
