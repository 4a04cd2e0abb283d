//! What a lede says of how many spoke: `2位副主席和16位常委、委员作大会发言`.
//!
//! A number counts only where the same sentence ties it to speaking or printing. Where the sentence
//! says more than these few forms, nothing is read from it: silence is cheaper than a false alarm.

use std::ops::Range;

use crate::check::numeral;

/// How the counted speeches were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Not said.
    Any,
    /// 大会发言, 口头发言
    Spoken,
    /// 书面发言
    Written,
}

/// A number of speeches or speakers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Count {
    /// The sum of the numbers that one verb ties together.
    pub(super) value: u64,
    /// From the first number to the last, without the unit behind it.
    pub(super) range: Range<usize>,
    pub(super) manner: Manner,
    /// Whether it says what is printed here (刊发12篇), not what was said there.
    pub(super) is_printed: bool,
    /// Whether only a general word (建言) ties it.
    pub(super) is_weak: bool,
}

/// The counts of one sentence, with what the next adds by 另.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    pub(super) counts: Vec<Count>,
    /// Whether others spoke whose number is not told: 其余书面交流.
    pub(super) has_rest: bool,
}

/// The counts of a text, sentence by sentence.
pub(super) fn of(text: &str) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        if !matches!(c, '。' | '！' | '？' | '\n') {
            continue;
        }
        let sentence = text.get(start..at).unwrap_or_default();
        let read = of_sentence(sentence, start);
        let goes_on = ["另", "此外", "其余", "还有"].iter().any(|w| sentence.trim_start().starts_with(w));
        match sentences.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.counts.extend(read.counts);
                last.has_rest |= read.has_rest;
            }
            None => sentences.push(read),
        }
        start = at + c.len_utf8();
    }
    sentences.retain(|s| !s.counts.is_empty());
    sentences
}

/// A number with its unit.
struct Quantity {
    /// None for 十余位, 多位.
    value: Option<u64>,
    number: Range<usize>,
    /// Behind the unit.
    end: usize,
    is_persons: bool,
    /// 人 is too common a word to count unless a verb is beside it.
    needs_verb: bool,
}

fn of_sentence(sentence: &str, base: usize) -> Sentence {
    let mut found = Sentence::default();
    if any(sentence, ELSEWHERE) {
        return found;
    }
    let quantities = quantities(sentence);
    let mut among = false;
    let mut from = 0;
    for (k, last) in quantities.iter().enumerate() {
        // 18位委员，其中2位副主席，作大会发言; but 收到37篇，其中12篇作大会发言
        let is_part = || {
            let whole = k.checked_sub(1).and_then(|j| quantities.get(j));
            let whole =
                whole.filter(|q| q.is_persons && !any(clause_before(sentence, q.number.start), NOT_HERE));
            !found.counts.is_empty() || whole.is_some()
        };
        among |= sentence[from..last.number.start].contains("其中") && is_part();
        from = last.number.start;
        let next = quantities.get(k + 1).map_or(sentence.len(), |q| q.number.start);
        let first = chain(sentence, &quantities[..=k]);
        let before = clause_before(sentence, quantities[first].number.start);
        if among || any(before, NOT_HERE) || before.ends_with(['对', '给', '向']) {
            continue;
        }
        let ahead = ahead(&sentence[last.end..next], last);
        let behind = || behind(&sentence[..last.number.start]);
        let Some(tie) = ahead.or_else(behind) else { continue };
        let has_company = before.trim_end().ends_with(['和', '与', '及', '同', '、']);
        let values: Option<Vec<u64>> = quantities[first..=k].iter().map(|q| q.value).collect();
        let Some(values) = values.filter(|_| !has_company) else { continue };
        let value: u64 = values.iter().fold(0, |sum, v| sum.saturating_add(*v));
        if value > 1 {
            let range = base + quantities[first].number.start..base + last.number.end;
            let Tie { manner, is_printed, is_weak } = tie;
            found.counts.push(Count { value, range, manner, is_printed, is_weak });
        }
    }
    let rest = ["其余", "其他委员", "余下"].iter().find_map(|w| Some((sentence.find(w)?, w.len())));
    found.has_rest = rest.is_some_and(|(at, len)| numeral::at_start(&sentence[at + len..]).is_none());
    found
}

/// What ties a number to speaking.
struct Tie {
    manner: Manner,
    is_printed: bool,
    is_weak: bool,
}

/// Sentences about other times and other rooms.
const ELSEWHERE: &[&str] = &[
    "去年", "上年", "上次", "上届", "往年", "历年", "历届", "历次", "累计", "以来", "每年", "近年", "过去",
    "此前", "小组", "联组", "分组",
];

/// Before a number in its clause: it counts who came or what was sent in.
const NOT_HERE: &[&str] = &[
    "应到",
    "实到",
    "出席",
    "列席",
    "到会",
    "参会",
    "参加",
    "收到",
    "征集",
    "报送",
    "遴选",
    "登记",
    "报名",
    "形成",
    "撰写",
    "印发",
    "缺席",
    "请假",
    "听众",
    "审议",
    "审阅",
    "提交大会发言",
    "提交发言",
];

/// Between a number and 发言: the counted do something else.
const OTHERWISE: &[&str] = &[
    "出席", "列席", "参加", "到会", "参会", "听取", "聆听", "主持", "旁听", "观摩", "观看", "收看", "收到",
    "征集", "撰写", "报送", "审阅", "讨论", "审议", "表彰", "联名", "提案", "认真", "对", "给予", "肯定",
    "应到", "实到", "缺席", "请假", "组成", "当选", "增补", "形成", "推荐", "遴选", "报名", "登记", "申请",
    "关注", "点赞", "不", "未",
];

/// What people who speak are called.
const PERSONS: &[&str] = &[
    "委员",
    "常委",
    "主席",
    "代表",
    "发言人",
    "人士",
    "同志",
    "专家",
    "学者",
    "嘉宾",
    "成员",
    "主委",
    "负责人",
    "领导",
    "召集人",
    "联络员",
    "企业家",
    "教授",
    "居民",
    "市民",
    "群众",
    "干部",
    "校长",
    "院长",
    "会长",
];

/// What may follow a comma between those who speak and their speaking.
const WAYS: &[&str] = &[
    "围绕", "聚焦", "就", "结合", "紧扣", "立足", "从", "分别", "先后", "依次", "代表", "登台", "上台", "作",
    "在", "为", "以", "着眼",
];

fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| text.contains(w))
}

fn clause_before(text: &str, at: usize) -> &str {
    let before = &text[..at];
    before.rfind(['，', ',', '；', '：']).map_or(before, |k| &before[k..])
}

fn quantities(sentence: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    for n in numeral::all(sentence) {
        let before = &sentence[..n.range.start];
        if before.ends_with(['第', '每', '首', '上', '下', '这', '那', '哪', '某', '各', '前', '.'])
        {
            continue;
        }
        let mut end = n.range.end;
        let more = sentence[end..].chars().next().filter(|c| matches!(c, '多' | '余' | '来' | '几'));
        end += more.map_or(0, char::len_utf8);
        let about = ["近", "约", "超", "超过", "逾", "数", "几", "不少于", "至少"];
        let is_inexact = more.is_some() || about.iter().any(|w| before.ends_with(w));
        let after = sentence[end..].trim_start();
        let end = sentence.len() - after.len();
        let Some(unit) = unit(after) else { continue };
        // 5位委员（含2位副主席）
        let inside = before.rfind(['（', '(']).map(|at| &before[at..]).filter(|t| !t.contains(['）', ')']));
        if inside.is_some_and(|t| any(t, &["含", "包括", "其中"])) {
            continue;
        }
        let value = (!is_inexact).then_some(n.value);
        let (len, is_persons, needs_verb) = unit;
        found.push(Quantity { value, number: n.range, end: end + len, is_persons, needs_verb });
    }
    for word in ["多位", "多名", "几位", "几名", "数位", "数名", "若干", "部分", "一些", "各位"]
    {
        for (at, _) in sentence.match_indices(word) {
            if !found.iter().any(|q| q.number.start <= at && at < q.end) {
                let number = at..at + word.len();
                let end = number.end;
                found.push(Quantity { value: None, number, end, is_persons: true, needs_verb: false });
            }
        }
    }
    found.sort_by_key(|q| q.number.start);
    found
}

/// Length of the unit that opens `text`, whether it counts persons, whether it needs a verb beside.
fn unit(text: &str) -> Option<(usize, bool, bool)> {
    let mut chars = text.chars();
    let c = chars.next()?;
    let rest = chars.as_str();
    let not = |words: &[char]| !rest.starts_with(words);
    match c {
        '位' if not(&['于', '居', '列', '置', '次', '数']) => Some((c.len_utf8(), true, false)),
        '名' if not(&['单', '义', '额', '为', '称', '牌', '列', '优', '字', '家', '校', '录']) => {
            Some((c.len_utf8(), true, false))
        }
        '人' if not(&['次', '民', '大', '均', '口', '才', '工']) => Some((c.len_utf8(), true, true)),
        '人' if rest.starts_with("大会") || rest.starts_with("口头") => Some((c.len_utf8(), true, true)),
        '篇' => Some((c.len_utf8(), false, false)),
        '份' if not(&['额']) => Some((c.len_utf8(), false, false)),
        '个' | '件' | '条' if rest.starts_with("发言") || rest.starts_with("大会发言") => {
            Some((c.len_utf8(), false, false))
        }
        _ => None,
    }
}

/// The first of the quantities that one verb shares with the last: `2位副主席和16位委员`.
fn chain(sentence: &str, quantities: &[Quantity]) -> usize {
    let mut first = quantities.len() - 1;
    while let Some(k) = first.checked_sub(1) {
        let (left, right) = (&quantities[k], &quantities[first]);
        let Some(between) = sentence.get(left.end..right.number.start) else { break };
        let linked = |words: &[&str]| words.iter().find_map(|w| between.strip_suffix(w));
        let by_comma = linked(&["，及", "，", ","]);
        let Some(named) = by_comma.or_else(|| linked(&["以及", "和", "与", "及", "、"])) else { break };
        let is_named = PERSONS.iter().any(|p| named.ends_with(p)) || named.is_empty() && by_comma.is_none();
        let is_long = named.chars().count() > 30 || named.contains(['，', ',', '；']);
        if left.is_persons != right.is_persons || !is_named || is_long || any(named, OTHERWISE) {
            break;
        }
        first = k;
    }
    first
}

/// The verb behind a number: `位委员围绕…作大会发言`, `篇发言`.
fn ahead(text: &str, quantity: &Quantity) -> Option<Tie> {
    const PRINTED: &[&str] = &["摘编", "摘登", "刊发", "刊登", "选登", "收录", "编发"];
    const WEAK: &[&str] = &["建言", "献策", "献计"];
    let mut best: Option<(usize, &str)> = None;
    let verbs = ["书面交流", "口头交流", "登台", "上台", "走上讲台", "发言"].iter();
    let verbs = verbs.chain(WEAK).chain(PRINTED.iter().filter(|_| !quantity.is_persons));
    for verb in verbs {
        let is_verb = |at: &usize| {
            let after = &text[at + verb.len()..];
            let noun = ["人", "席", "权", "时间", "提纲", "者", "质量"].iter().any(|w| after.starts_with(w));
            *verb != "发言" || !noun
        };
        let at = text.match_indices(verb).map(|(at, _)| at).find(is_verb);
        if let Some(at) = at.filter(|at| best.is_none_or(|(b, _)| *at < b)) {
            best = Some((at, verb));
        }
    }
    let (at, verb) = best?;
    let between = &text[..at];
    let is_weak = WEAK.contains(&verb);
    let plain = ["对外", "应对", "针对", "面对", "不断", "不同"]
        .iter()
        .fold(between.to_owned(), |t, w| t.replace(w, ""));
    if between.chars().count() > 60 || between.contains('；') || any(&plain, OTHERWISE) {
        return None;
    }
    let commas = between.find(['，', ',']);
    if quantity.is_persons {
        let head = &between[..commas.unwrap_or(between.len())];
        let is_named = PERSONS.iter().any(|p| head.contains(p));
        let is_way = |text: &str| text.trim().is_empty() || WAYS.iter().any(|w| text.trim().starts_with(w));
        let goes_on = commas.is_none_or(|at| is_way(between[at..].trim_start_matches(['，', ','])));
        let is_beside =
            is_way(head) || ["大会", "口头", "书面", "进行", "提交"].iter().any(|w| head.starts_with(w));
        if !goes_on || !(is_named && !quantity.needs_verb || is_beside) {
            return None;
        }
    } else if commas.is_some() || between.chars().count() > 12 {
        return None;
    }
    let manner = manner(between, verb);
    Some(Tie { manner, is_printed: PRINTED.contains(&verb), is_weak })
}

/// The verb before a number: `大会发言18篇`, `刊发12篇`.
fn behind(text: &str) -> Option<Tie> {
    const FILLERS: &[&str] =
        &["（", "(", "：", ":", "共计", "合计", "共", "计", "有", "了", "其中", "的", "材料", "稿", "稿件"];
    let mut text = text.trim_end();
    while let Some(shorter) = FILLERS.iter().find_map(|f| text.strip_suffix(f)) {
        text = shorter.trim_end();
    }
    let printed = ["摘编", "摘登", "刊发", "刊登", "选登", "收录", "编发"];
    let is_printed = printed.iter().any(|v| text.ends_with(v));
    let verb = ["发言", "书面交流", "口头交流"].iter().find(|v| text.ends_with(**v)).copied();
    if verb.is_none() && !is_printed {
        return None;
    }
    let before = verb.and_then(|v| text.strip_suffix(v)).unwrap_or(text);
    Some(Tie { manner: manner(before, verb.unwrap_or_default()), is_printed, is_weak: false })
}

fn manner(before: &str, verb: &str) -> Manner {
    let is_written = verb == "书面交流" || before.ends_with("书面");
    let is_spoken = ["登台", "上台", "走上讲台", "口头交流"].contains(&verb)
        || ["口头", "大会", "现场", "会上"].iter().any(|w| before.ends_with(w));
    match (is_written, is_spoken) {
        (true, _) => Manner::Written,
        (false, true) => Manner::Spoken,
        (false, false) => Manner::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<u64> {
        of(text).iter().flat_map(|s| &s.counts).map(|c| c.value).collect()
    }

    #[test]
    fn counts_that_are_tied_to_speaking() {
        for (text, expected) in [
            ("2位市政协副主席和16位市政协常委、委员作大会发言。", &[18][..]),
            ("2位副主席、16位委员作大会发言", &[18]),
            ("两位副主席，十六位委员先后登台建言。", &[18]),
            ("十八位委员的大会发言摘编", &[18]),
            ("13位委员围绕产业、民生，聚焦对外开放，作大会发言", &[13]),
            ("会议应到552人，实到512人，13位委员作大会发言。", &[13]),
            ("9位委员作口头发言，其余书面交流。", &[9]),
            ("11位委员作大会发言，另有20名委员提交书面发言。", &[11, 20]),
            ("11位委员作口头发言。另20名作书面发言。", &[11, 20]),
            ("大会共收到发言37篇，其中12篇作大会发言。", &[12]),
            ("现刊发大会发言12篇。", &[12]),
            ("大会发言（18篇）", &[18]),
            ("18人作大会发言", &[18]),
            ("共有三十七位委员发言", &[37]),
            ("五位发言人围绕三个题目作了发言。", &[5]),
            ("赵某某等18位委员作大会发言", &[18]),
            ("18位委员（含2位副主席）作大会发言", &[18]),
            ("10位委员代表10个界别作大会发言", &[10]),
            ("9位作口头发言，其余书面交流", &[9]),
            ("11位委员发言，另20名书面发言", &[11, 20]),
            ("来自民革、民盟等8个党派团体的12位委员作大会发言", &[12]),
            ("大会发言应到552人，13位委员先后发言", &[13]),
        ] {
            assert_eq!(values(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_count_something_else() {
        for text in [
            "应到552人，实到512人",
            "会议分为五十四个委员小组讨论",
            "共收到七百零六份，印发六百八十六份",
            "512名委员出席会议，听取大会发言。",
            "会议邀请12位专家学者旁听大会发言。",
            "去年，18位委员作大会发言。",
            "近20位委员作大会发言。",
            "十余位委员作大会发言。",
            "2位副主席和十余位委员作大会发言。",
            "主席某某和12位委员作大会发言。",
            "多位委员作大会发言。",
            "第3位委员作大会发言。",
            "26位领导同志对大会发言给予肯定。",
            "在小组会上，35位委员发言。",
            "收到大会发言材料37篇。",
            "1月7日举行第二次全体会议，安排大会发言。",
            "围绕三个方面作大会发言。",
            "一位委员的发言引起热议。",
            "共有18人次发言。",
            "全市12个区政协的负责同志发言。",
            "18位委员出席会议，作大会发言。",
            "来自各界的18位委员，其中有2位港澳委员，作大会发言。",
            "每位发言人限时8分钟。",
            "会议审议了12份大会发言材料的目录，形成30份建议。",
        ] {
            assert_eq!(values(text), [0u64; 0], "{text}");
        }
    }
}
