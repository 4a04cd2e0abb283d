//! 紧挨着重复的词语。
//!
//! 为什么：复制、改稿时常常多留一遍，读的人会自动跳过，校对时最难看见。叠音词和重叠式（人人、常常、
//! 干干净净、研究研究、一步一步）、两个词恰好相接（大学大学生、为了了解）、数字和标题里分开的两句都不算。
//!
//! 例：
//!
//! ```text
//! 推动产业高质量发展发展，让居民得实惠。
//! ```
//!
//! 改为：
//!
//! ```text
//! 推动产业高质量发展，让居民得实惠。
//! ```
//!
//! 修改：删去后一遍。两遍中也可能是少了别的字，所以要人看过才改（`--unsafe-fixes`）。
//!
//! 依据：校对通例，“衍文”一项。
//! ---
//! The same word twice in a row.
//!
//! Why: copying and rewriting leaves a word twice, and the eye skips it. Reduplication (人人, 干干净净,
//! 研究研究, 一步一步), two words that happen to meet (大学大学生, 为了了解), numbers, and the two clauses of a
//! heading are no doubles.
//!
//! Example:
//!
//! ```text
//! 推动产业高质量发展发展，让居民得实惠。
//! ```
//!
//! Use instead:
//!
//! ```text
//! 推动产业高质量发展，让居民得实惠。
//! ```
//!
//! Fix: the second copy is removed. Another word may be missing instead, so a person must look
//! (`--unsafe-fixes`).
//!
//! Source: proof-reading practice (衍文, surplus text).

use std::ops::Range;

use crate::check::finding::Findings;
use crate::check::rules::scan::{han_runs, is_numeral, running};
use crate::check::{Fix, Rule, Severity, Subject};
use crate::messages::Say;

pub(in crate::check::rules) static RULE: Rule = Rule {
    name: "text/doubled-word",
    severity: Severity::Warning,
    on: true,
    file: include_str!("doubled_word.rs"),
    check,
};

/// Words that are said twice on purpose (verbs for "a little", set phrases), or whose second copy is
/// another part of the sentence (人大代表代表…).
const REDUPLICATED: &[&str] = &[
    "研究", "讨论", "学习", "商量", "考虑", "休息", "了解", "体验", "打听", "收拾", "整理", "调查", "交流",
    "锻炼", "合计", "琢磨", "认识", "比较", "比划", "活动", "参观", "观察", "准备", "介绍", "表示", "庆祝",
    "教育", "照顾", "帮助", "打扫", "议论", "分析", "解释", "检查", "练习", "放松", "高兴", "热闹", "凉快",
    "安静", "清醒", "反省", "思考", "尝试", "感受", "沟通", "协商", "评论", "评估", "探讨", "总结", "调研",
    "打扮", "关心", "指点", "指导", "开导", "梳理", "盘点", "宣传", "说道", "操练", "测试", "修改", "润色",
    "推敲", "改进", "改善", "调整", "打磨", "溜达", "走动", "活泛", "舒展", "暖和", "显摆", "念叨", "数落",
    "教训", "意思", "便宜", "轻松", "痛快", "亲热", "雪白", "通红", "笔直", "冰凉", "碧绿", "漆黑", "金黄",
    "火红", "湛蓝", "滚烫", "彼此", "哪里", "加油", "欢迎", "恭喜", "辛苦", "不敢", "你好", "再见", "许多",
    "非常", "特别", "十分", "代表", "组织", "领导", "主持", "某某", "多少", "左右", "来回", "反复",
    // 本规定规定的, 上一年度年度报告, 妥善保管保管物.
    "规定", "年度", "保管", "出租",
];

/// What makes the second copy the head of a longer word: 大学大学生, 企业企业家, 合作合作社.
const HEADS: &str = "者家员师生部厅局院所业区商社馆站处组团队学室物采域民体";

/// Pairs that arise where two words overlap: 构建|共建|共治, 中小企业|创业|创新, 使用|信用|信息.
const OVERLAPS: &[&str] = &[
    "建共", "业创", "用信", "测预", "权同", "理处", "级分", "装箱", "强自", "人一", "会委", "展发", "管监",
    "产生", "化文", "务服", "治自", "动互", "联互", "进推", "享共", "作合", "学科", "技科", "资投", "业就",
    "育教",
];

/// Function words: what begins or ends with one is two words and an accident (人口少的村的村民).
const LINKS: &str = "的等对有在和与为以于之其将被把由从向是了及或不各每";

/// A function word, what may stand before it and what behind it when the two belong to two words.
const FUNCTION_WORDS: &[(char, &str, &str)] = &[
    ('的', "目标有", "确士喀票哥"),
    ('了', "为罢除末完明", "解结断却事然如望"),
    ('是', "于就但可还只总凡若倒", "非否"),
    ('在', "存现所实正好旨潜内自健外", "职线校建岗野编场于地乎籍册位即京沪汉座"),
    ('和', "共饱缓温柔调平总中随亲谦祥宪暖义颐人附应唱", "平谐睦美气解田县议声缓善煦风"),
    ('与', "参赋给授付干赠施相", "会时众其否"),
    ('把', "一两几火拖门车刀", "关握控手脉式柄"),
    ('被', "棉植覆毛", "子褥动告单服窝"),
    ('们', "", ""),
    ('及', "以普涉波触顾危惠提埃论言来不旁", "时其早格至第"),
];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    for passage in running(subject) {
        let text = passage.text.as_str();
        let mut letters: Vec<char> = Vec::new();
        for run in han_runs(text) {
            letters.clear();
            letters.extend(text[run.clone()].chars());
            for doubled in doubles(&letters) {
                let place =
                    |k: usize| run.start + letters.iter().take(k).copied().map(char::len_utf8).sum::<usize>();
                let (first, second, end) = (place(doubled.start), place(doubled.middle), place(doubled.end));
                let word = text.get(first..second).unwrap_or_default();
                let say = Say::new("doubled-word").with("word", word);
                let finding = findings.push(passage.span(first..end), say);
                if passage.is_exact(first..end)
                    && let Some(span) = passage.span(second..end)
                {
                    finding.fix(Fix::one(false, span, ""));
                }
            }
        }
    }
}

/// A word and its copies, as places in a row of letters.
struct Doubled {
    start: usize,
    middle: usize,
    end: usize,
}

fn doubles(letters: &[char]) -> Vec<Doubled> {
    let mut found = Vec::new();
    let mut k = 0;
    while k + 1 < letters.len() {
        let longest = 8.min((letters.len() - k) / 2);
        // Nearly always the letter is not met again so soon.
        let first = letters[k];
        let again = letters[k + 1..=k + longest].contains(&first);
        let mut sizes = 1..=if again { longest } else { 0 };
        let size = sizes.find(|n| is_same(letters, k..k + n) && is_mistake(letters, k..k + n));
        match size {
            Some(n) => {
                let mut end = k + n;
                while end + n <= letters.len() && is_same(letters, end - n..end) {
                    end += n;
                }
                found.push(Doubled { start: k, middle: k + n, end });
                k = end;
            }
            None => k += 1,
        }
    }
    found
}

/// Whether the word is followed by itself.
fn is_same(letters: &[char], word: Range<usize>) -> bool {
    let n = word.len();
    letters.len() >= word.end + n && word.into_iter().all(|k| letters[k] == letters[k + n])
}

fn is_mistake(letters: &[char], word: Range<usize>) -> bool {
    let n = word.len();
    let before = word.start.checked_sub(1).map(|k| letters[k]);
    let next = letters.get(word.end + n).copied();
    let at = |k: usize| letters[word.start + k];
    if n == 1 {
        let row = FUNCTION_WORDS.iter().find(|(c, ..)| *c == at(0));
        return row.is_some_and(|(_, ends, begins)| {
            !before.is_some_and(|c| ends.contains(c)) && !next.is_some_and(|c| begins.contains(c))
        });
    }
    let letters = &letters[word.clone()];
    let is_one_letter = letters.iter().all(|l| *l == at(0));
    let is_number = letters.iter().all(|l| is_numeral(*l) || matches!(l, '几' | '多' | '第'));
    // 一步一步, 一个个一个个, 很多很多, 走着走着, 好大好大.
    let is_phrase = matches!(at(0), '一' | '很' | '好' | '越' | '又' | '再') || n == 2 && at(1) == '着';
    if is_one_letter || is_number || is_phrase {
        return false;
    }
    let is_head = next.is_some_and(|c| HEADS.contains(c));
    let is_link = n < 4 && (LINKS.contains(at(0)) || LINKS.contains(at(n - 1)));
    if is_link || n == 3 && is_head {
        return false;
    }
    if n > 2 {
        return !OVERLAPS.iter().any(|w| w.chars().eq(letters.iter().take(2).copied()));
    }
    !is_head && !REDUPLICATED.iter().chain(OVERLAPS).any(|w| w.chars().eq(letters.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::rules::sample::{holds, mended};
    use crate::check::rules::testing::found;

    #[test]
    fn table() {
        holds(
            &RULE,
            &[
                ("推动高质量发展发展。", "发展发展"),
                ("要把把好事办好。", "把把"),
                ("这是我们们共同的家。", "们们"),
                ("完善了了机制。", "了了"),
                ("群众的的意见。", "的的"),
                ("这是是一条老路。", "是是"),
                ("他们在在河边种树。", "在在"),
                ("老街和和新城。", "和和"),
                ("完善公共服务体系完善公共服务体系，让居民满意。", "完善公共服务体系完善公共服务体系"),
                ("打造步行街打造步行街区。", "打造步行街打造步行街"),
                ("加快加快加快建设。", "加快加快加快"),
            ],
            &[
                "人人参与，天天向上，常常走动，种种困难，的的确确如此。",
                "街巷干干净净、院落整整齐齐，是是非非说得清清楚楚。",
                "大家再研究研究、讨论讨论，回去学习学习。",
                "一步一步走，一个一个办，越来越好，很多很多人。",
                "推动高质量发展 发展汇智聚力。",
                "推动高质量发展，发展汇智聚力。",
                "本地大学大学生、民营企业企业家、专业合作合作社都来了。",
                "为了了解情况，人大代表代表选区发言，以盈利为目的的机构，共和和平，参与与会的活动。",
                "二〇二〇年，三三两两，百分之五十五十年一遇。",
                "荆荆荆恩城市群一网通通，妈妈、爷爷、星星、谢谢、宝宝。",
                "走着走着天就亮了，说着说着笑了。",
                "潜在在建项目，现在在校的学生，存在在册不在岗的现象。",
                "以及及时办理，普及及早教育。",
                "人口少的村的村民委员会，构建共建共治共享的格局，支持中小企业创业创新，使用信用信息。",
                "本规定规定的处罚，上一年度年度报告，高等教育等教育机构，面对企业对企业的市场，出版出版物。",
                "再审申请人申请人民法院委托鉴定，特别行政区行政区域图，加强监测预测预警。",
            ],
        );
    }

    #[test]
    fn a_title_counts_and_a_speaker_does_not() {
        let source = "# 为发展发展出力\n\n### 甲 乙\n\n欧阳欧阳 市政协委员\n\n正文。\n";
        assert_eq!(found(&RULE, source), ["发展发展"]);
    }

    #[test]
    fn the_second_copy_goes() {
        assert_eq!(mended(&RULE, "推动发展发展，加快加快加快建设。", false), "推动发展，加快建设。");
    }
}
