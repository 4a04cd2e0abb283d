//! Roles as they are written behind, before or around a name.

use crate::normalize::role::is_role;

/// Roles parted by ， or 、 (brackets kept whole), or by a blank where what stands before it is a
/// role already.
pub(super) fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    let text = unwrapped(text).unwrap_or(text);
    let mut roles = Vec::new();
    let mut depth = 0usize;
    let mut role = String::new();
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            '，' | '、' | ',' | '；' if depth == 0 => {
                roles.push(std::mem::take(&mut role));
                continue;
            }
            c if c.is_whitespace() && depth == 0 && is_role(role.trim()) => {
                roles.push(std::mem::take(&mut role));
                continue;
            }
            _ => {}
        }
        role.push(c);
    }
    roles.push(role);
    roles.iter().map(|r| r.trim().trim_end_matches('。').to_owned()).filter(|r| !r.is_empty()).collect()
}

/// What lists say of a person before the roles (`女，汉族，1975年生，市政协委员`), and the rest.
pub(super) fn part_notes(title: &str) -> (Vec<String>, String) {
    let is_note = |word: &str| {
        matches!(word, "男" | "女")
            || word.ends_with('族') && (2..=5).contains(&word.chars().count())
            || word.ends_with("生") && word.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut notes = Vec::new();
    let mut rest = title;
    while let Some((word, behind)) =
        rest.split_once(['，', '、', ',']).filter(|(word, _)| is_note(word.trim()))
    {
        notes.push(word.trim().to_owned());
        rest = behind.trim_start();
    }
    (notes, rest.to_owned())
}

/// What stands in brackets that enclose the whole text.
fn unwrapped(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    (!inner.contains(['（', '）', '(', ')'])).then_some(inner)
}

/// At least one role, and every one of a length that roles have.
pub(super) fn are(text: &str) -> bool {
    let roles = split(text);
    roles.iter().all(|r| r.chars().count() <= 60) && roles.iter().any(|r| is_role(r))
}

/// Every part a role: for forms that common prose has too (`甲，乙`).
pub(super) fn are_all(text: &str) -> bool {
    let roles = split(text);
    !roles.is_empty() && roles.iter().all(|r| r.chars().count() <= 60 && is_role(r))
}

/// A body that speaks without a person: 民革市委会, 市工商联.
pub(super) fn is_body(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "委会",
        "委员会",
        "市委",
        "省委",
        "区委",
        "县委",
        "联",
        "联合会",
        "总工会",
        "支部",
        "总支",
        "协会",
        "学会",
        "商会",
        "课题组",
        "小组",
        "科协",
        "共青团",
        "九三学社",
        "界别组",
        "界别",
    ];
    let count = text.chars().count();
    let bodies = ["市", "省", "区", "县", "州", "民", "致", "农", "台", "九", "全", "中", "无"];
    let short_body = bodies.iter().any(|b| text.starts_with(b)) && count >= 3;
    // 政协第七届某市委员会 is who meets, not who speaks.
    if text.contains('第') && text.contains('届') {
        return false;
    }
    let is_han = text.chars().all(crate::normalize::chars::is_han);
    is_han && (ENDINGS.iter().any(|e| text.ends_with(e)) && (count >= 5 || short_body) || is_office(text))
}

/// An office of government: 市教育局, 省发展改革委, 江城市中级法院. A new 格局 is none.
fn is_office(text: &str) -> bool {
    const ENDINGS: &[&str] = &["局", "厅", "委", "办", "政府", "办公室", "办公厅", "法院", "检察院"];
    const OTHERS: &[&str] = &["格局", "新局", "布局", "结局", "全局", "开局", "大局", "政委"];
    let place = |c: char| matches!(c, '市' | '省' | '区' | '县' | '州');
    let at = text.chars().take(5).position(place);
    let count = text.chars().count();
    at.is_some_and(|at| count >= at + 3)
        && count <= 14
        && !text.starts_with("市场")
        && !text.starts_with("区域")
        && !text.starts_with("县域")
        && !text.starts_with("城市")
        && ENDINGS.iter().any(|e| text.ends_with(e))
        && !OTHERS.iter().any(|e| text.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_parted() {
        for (text, parts) in [
            (
                "市政协常委，台盟省委副主委、研究所副所长",
                &["市政协常委", "台盟省委副主委", "研究所副所长"][..],
            ),
            ("市商会（江城，汉口）会长", &["市商会（江城，汉口）会长"]),
            ("市政协委员 民盟市委副主委 江城大学教授", &["市政协委员", "民盟市委副主委", "江城大学教授"]),
            ("江城 AI 研究院院长", &["江城 AI 研究院院长"]),
            ("（市政协委员）", &["市政协委员"]),
            ("市政协委员。", &["市政协委员"]),
        ] {
            assert_eq!(split(text), parts, "{text}");
        }
    }

    #[test]
    fn bodies() {
        for body in [
            "市工商联",
            "民革市委会",
            "市妇联",
            "民进江城市委会",
            "九三学社江城市委",
            "市教育局",
            "澜州市发展改革委",
        ] {
            assert!(is_body(body), "{body}");
        }
        for other in ["王联", "林颂", "加强领导", "各位委员", "县域经济新格局", "市场开新局", "开创新局"]
        {
            assert!(!is_body(other), "{other}");
        }
    }
}
