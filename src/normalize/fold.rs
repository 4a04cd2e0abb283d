//! Traditional characters of names and offices as their simplified ones, so that 陳遠志委員 is seen
//! for what 陈远志委员 is. Only for looking: nothing is ever changed by it.

use std::sync::LazyLock;

/// Pairs that occur in surnames and offices. Source: 通用规范汉字表, appendix 1.
const PAIRS: &str = "陳陈張张劉刘趙赵黃黄吳吴孫孙馬马鄭郑謝谢許许鄧邓馮冯蕭萧葉叶潘潘賈贾鍾钟鐘钟蔣蒋韓韩楊杨羅罗閻阎餘余陸陆龔龚湯汤賀贺賴赖龍龙萬万錢钱嚴严\
譚谭顏颜倫伦簡简關关盧卢蘇苏呂吕範范單单華华鄔邬鄒邹紀纪項项魯鲁齊齐莊庄連连駱骆聶聂畢毕饒饶閔闵倉仓歐欧婁娄寧宁衛卫種种諸诸葛葛費费喬乔滿满\
員员書书記记會会長长務务師师學学議议顧顾問问處处總总經经監监協协黨党國国聯联區区縣县業业醫医產产導导編编輯辑發发講讲觀观眾众聽听網网鎮镇鄉乡團团體体執执董董\
興兴當当時时實实際际鋼钢電电話话專专門门養养護护農农機机構构開开閉闭傳传媒媒組组織织單单歲岁樞枢機机遠远頌颂麗丽國国華华偉伟強强勝胜軍军紅红蘭兰鳳凤麗丽傑杰輝辉寶宝";

/// The simplified form where one is known.
pub(super) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    static TABLE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let (mut table, mut pairs) = (Vec::new(), PAIRS.chars());
        while let (Some(traditional), Some(simplified)) = (pairs.next(), pairs.next()) {
            table.push((traditional, simplified));
        }
        // Of two pairs of a character the first counts.
        table.sort_by_key(|(traditional, _)| *traditional);
        table.dedup_by_key(|(traditional, _)| *traditional);
        table
    });
    TABLE.binary_search_by_key(&c, |(traditional, _)| *traditional).map_or(c, |k| TABLE[k].1)
}

/// A text so folded; of the same number of characters.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_of_pairs() {
        assert_eq!(PAIRS.chars().count() % 2, 0);
        assert_eq!(folded("陳遠志委員、書記"), "陈远志委员、书记");
    }
}
