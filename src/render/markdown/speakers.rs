//! The lines that say who speaks, in the form the reader tries first.

use crate::tree::Speaker;

/// One line a speaker; those who share their roles stand on one. Under a heading without words one who
/// is only called (林颂, 记者, SPEAKER_01) has a colon behind, as in a transcript.
pub(super) fn lines(speakers: &[Speaker], is_bare: bool) -> Vec<String> {
    let mut lines = Vec::new();
    let mut joint: Vec<&str> = Vec::new();
    for (k, speaker) in speakers.iter().enumerate() {
        if speakers.get(k + 1).is_some_and(|next| shares(speaker, next)) {
            joint.push(&speaker.name);
            continue;
        }
        let mut line: String = joint.drain(..).map(|name| format!("{name}、")).collect();
        line.push_str(&speaker.display_name());
        if !speaker.title.is_empty() {
            line.push(' ');
            line.push_str(&speaker.title);
        }
        lines.push(line);
    }
    if let ([line], [.., last], true) = (lines.as_mut_slice(), speakers, is_bare) {
        // 张书记 is one word.
        if last.name.chars().count() == 1 {
            *line = format!("{}{}：", last.name, last.title);
        } else if last.title.is_empty() {
            line.push('：');
        }
    }
    lines
}

/// Whether the roles of `speaker` are printed behind the next one's name.
fn shares(speaker: &Speaker, next: &Speaker) -> bool {
    let says_something = !speaker.roles.is_empty() || speaker.organisation.is_some();
    let same = speaker.roles == next.roles && speaker.organisation == next.organisation;
    speaker.title.is_empty() && speaker.notes.is_empty() && !speaker.name.is_empty() && says_something && same
}
