//! A Word file's text as somebody at a desk edits it: paragraphs of runs, tracked or not, as Word writes them.

use std::ops::Range;

/// Whether a run, or the end of a paragraph, is there, put in or taken out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    Plain,
    In,
    Out,
    MovedIn,
    MovedOut,
}

impl State {
    fn shows(self) -> bool {
        !matches!(self, State::Out | State::MovedOut)
    }

    fn element(self) -> Option<&'static str> {
        match self {
            State::Plain => None,
            State::In => Some("w:ins"),
            State::Out => Some("w:del"),
            State::MovedIn => Some("w:moveTo"),
            State::MovedOut => Some("w:moveFrom"),
        }
    }
}

#[derive(Clone, Debug)]
struct Run {
    /// Its `w:rPr`, or nothing.
    props: String,
    text: String,
    state: State,
}

#[derive(Clone, Debug)]
struct Para {
    props: String,
    /// Bookmarks around it.
    anchors: [String; 2],
    runs: Vec<Run>,
    end: State,
}

enum Item {
    Para(Para),
    /// A table, a contents field: as it stands.
    Raw(String),
}

/// The body of a text.
pub struct Paper {
    before: String,
    items: Vec<Item>,
    after: String,
    who: String,
}

/// A forced line end inside a run.
const BREAK: char = '\u{2028}';

/// The text between `<name …>` at a place and its end.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let end = format!("</{name}>");
    Some(&xml[..xml.find(&end)? + end.len()])
}

impl Paper {
    /// Paragraphs whose text is not simple (fields, links) stay as they are.
    pub fn open(xml: &str, who: &str) -> Self {
        let start = xml.find("<w:body>").unwrap() + "<w:body>".len();
        let end = xml.rfind("<w:sectPr").unwrap();
        let mut items = Vec::new();
        let mut rest = &xml[start..end];
        while !rest.is_empty() {
            let name = rest[1..].split(['>', ' ', '/']).next().unwrap();
            let whole = element(rest, name).unwrap_or(rest);
            rest = &rest[whole.len()..];
            items.push(match name {
                "w:p" => para(whole).map_or_else(|| Item::Raw(whole.to_owned()), Item::Para),
                _ => Item::Raw(whole.to_owned()),
            });
        }
        Self { before: xml[..start].into(), items, after: xml[end..].into(), who: who.into() }
    }

    pub fn written(&self) -> String {
        let by = format!("w:author=\"{}\" w:date=\"2026-01-15T09:30:00Z\"", self.who);
        let mut out = self.before.clone();
        let mut id = 5_000;
        let mut mark = |state: State, inner: &str| match state.element() {
            None => inner.to_owned(),
            Some(name) => {
                id += 1;
                match inner {
                    "" => format!("<{name} w:id=\"{id}\" {by}/>"),
                    _ => format!("<{name} w:id=\"{id}\" {by}>{inner}</{name}>"),
                }
            }
        };
        for item in &self.items {
            let para = match item {
                Item::Raw(xml) => {
                    out += xml;
                    continue;
                }
                Item::Para(para) => para,
            };
            let props = match para.end {
                State::Plain => para.props.clone(),
                state => {
                    let own = format!("<w:rPr>{}</w:rPr>", mark(state, ""));
                    match para.props.strip_suffix("</w:pPr>") {
                        Some(head) => format!("{head}{own}</w:pPr>"),
                        None => format!("<w:pPr>{own}</w:pPr>"),
                    }
                }
            };
            out += &format!("<w:p>{props}{}", para.anchors[0]);
            for run in para.runs.iter().filter(|r| !r.text.is_empty()) {
                let tag = if run.state == State::Out { "w:delText" } else { "w:t" };
                let parts: Vec<String> = run
                    .text
                    .split(BREAK)
                    .map(|t| format!("<{tag} xml:space=\"preserve\">{t}</{tag}>"))
                    .collect();
                let inner = format!("<w:r>{}{}</w:r>", run.props, parts.join("<w:br/>"));
                out += &mark(run.state, &inner);
            }
            out += &format!("{}</w:p>", para.anchors[1]);
        }
        out + &self.after
    }

    fn para(&mut self, at: usize) -> &mut Para {
        match &mut self.items[at] {
            Item::Para(para) => para,
            Item::Raw(xml) => panic!("{xml}"),
        }
    }

    /// The last paragraph with this text, blanks aside: what stands in the contents comes before.
    pub fn find(&self, text: &str) -> usize {
        let bare =
            |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != BREAK).collect::<String>();
        let is_it =
            |item: &Item| matches!(item, Item::Para(p) if p.end.shows() && bare(&p.text()) == bare(text));
        self.items.iter().rposition(is_it).unwrap_or_else(|| panic!("{text}"))
    }

    /// The same, or the paragraph whose end was taken out and that goes on with others to this text.
    fn whole(&self, text: &str) -> Range<usize> {
        let paras: Vec<Option<&Para>> =
            self.items.iter().map(|i| if let Item::Para(p) = i { Some(p) } else { None }).collect();
        for from in (0..paras.len()).rev() {
            let mut joined = String::new();
            for (k, para) in paras.iter().enumerate().skip(from) {
                let Some(para) = para else { break };
                joined += &para.text();
                if para.end.shows() {
                    let opens = from == 0 || paras[from - 1].is_none_or(|p| p.end.shows());
                    if joined == text && opens {
                        return from..k + 1;
                    }
                    break;
                }
            }
        }
        panic!("no paragraph {text}");
    }

    /// Puts another text in the place of a paragraph's.
    pub fn write(&mut self, old: &str, new: &str, tracks: bool) {
        let range = self.whole(old);
        let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let most = a.len().min(b.len()) - head;
        let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
        self.take(&range, head..a.len() - tail, tracks);
        let text: String = b[head..b.len() - tail].iter().collect();
        self.put(&range, head, &text, tracks);
    }

    /// Puts other words in the place of some, in the last paragraph of a text.
    pub fn rewrite(&mut self, whole: &str, old: &str, new: &str, tracks: bool) {
        let at = self.find(whole);
        let text = self.para(at).text();
        let place = text.find(old).map(|k| text[..k].chars().count()).unwrap();
        self.take(&(at..at + 1), place..place + old.chars().count(), tracks);
        self.put(&(at..at + 1), place, new, tracks);
    }

    /// Takes characters out of some paragraphs that show as one.
    fn take(&mut self, paras: &Range<usize>, gone: Range<usize>, tracks: bool) {
        let mut at = 0;
        for k in paras.clone() {
            let para = self.para(k);
            let mut runs = Vec::new();
            for run in para.runs.drain(..) {
                if !run.state.shows() {
                    runs.push(run);
                    continue;
                }
                let chars: Vec<char> = run.text.chars().collect();
                let cut = |n: usize| n.saturating_sub(at).min(chars.len());
                let (from, to) = (cut(gone.start), cut(gone.end));
                let piece = |range: Range<usize>, state: State| Run {
                    text: chars[range].iter().collect(),
                    state,
                    ..run.clone()
                };
                runs.push(piece(0..from, run.state));
                // What was put in with tracking on goes without a trace.
                if tracks && run.state == State::Plain {
                    runs.push(piece(from..to, State::Out));
                }
                runs.push(piece(to..chars.len(), run.state));
                at += chars.len();
            }
            para.runs = runs;
            para.runs.retain(|r| !r.text.is_empty());
        }
    }

    /// Puts characters into some paragraphs that show as one.
    fn put(&mut self, paras: &Range<usize>, place: usize, text: &str, tracks: bool) {
        if text.is_empty() {
            return;
        }
        let state = if tracks { State::In } else { State::Plain };
        let mut at = 0;
        for k in paras.clone() {
            let is_last = k + 1 == paras.end;
            let para = self.para(k);
            let length = para.text().chars().count();
            if place > at + length && !is_last {
                at += length;
                continue;
            }
            let mut inside = place - at;
            let mut after = para.runs.len();
            for (r, run) in para.runs.iter().enumerate() {
                if !run.state.shows() {
                    continue;
                }
                let count = run.text.chars().count();
                if inside <= count {
                    after = r;
                    break;
                }
                inside -= count;
            }
            let props = para.runs.get(after).or(para.runs.last()).map_or(String::new(), |r| r.props.clone());
            let new = Run { props, text: text.to_owned(), state };
            match para.runs.get(after).cloned() {
                Some(run) => {
                    let chars: Vec<char> = run.text.chars().collect();
                    let part =
                        |range: Range<usize>| Run { text: chars[range].iter().collect(), ..run.clone() };
                    para.runs.splice(after..after + 1, [part(0..inside), new, part(inside..chars.len())]);
                }
                None => para.runs.push(new),
            }
            para.runs.retain(|r| !r.text.is_empty());
            return;
        }
    }

    /// Parts a paragraph after its first characters.
    pub fn split(&mut self, text: &str, first: usize, tracks: bool) {
        let range = self.whole(text);
        let mut at = 0;
        for k in range {
            let para = self.para(k);
            let length = para.text().chars().count();
            if first > at + length {
                at += length;
                continue;
            }
            let mut rest = para.clone();
            let mut inside = first - at;
            let mut own = Vec::new();
            rest.runs.clear();
            for run in para.runs.drain(..) {
                if !run.state.shows() {
                    if inside > 0 { &mut own } else { &mut rest.runs }.push(run);
                    continue;
                }
                let chars: Vec<char> = run.text.chars().collect();
                let cut = inside.min(chars.len());
                inside -= cut;
                own.push(Run { text: chars[..cut].iter().collect(), ..run.clone() });
                rest.runs.push(Run { text: chars[cut..].iter().collect(), ..run });
            }
            para.runs = own;
            para.end = if tracks { State::In } else { State::Plain };
            rest.anchors = Default::default();
            self.items.insert(k + 1, Item::Para(rest));
            return;
        }
    }

    /// Joins a paragraph with the one behind it.
    pub fn join(&mut self, text: &str, tracks: bool) {
        let end = self.whole(text).end - 1;
        if tracks && self.para(end).end == State::Plain {
            self.para(end).end = State::Out;
            return;
        }
        // Without a trace: its own end was put in, or nobody tracks.
        let next = end + 1;
        let Item::Para(mut other) = self.items.remove(next) else { panic!("{text}") };
        let para = self.para(end);
        para.runs.append(&mut other.runs);
        para.end = other.end;
    }

    pub fn remove(&mut self, text: &str, tracks: bool) {
        let range = self.whole(text);
        if !tracks {
            drop(self.items.drain(range));
            return;
        }
        let is_new = range.clone().all(|k| {
            let para = self.para(k);
            para.end != State::Plain && para.runs.iter().all(|r| r.state != State::Plain)
        });
        if is_new {
            drop(self.items.drain(range));
            return;
        }
        let count = text.chars().count();
        self.take(&range, 0..count, true);
        let last = range.end - 1;
        match self.para(last).end {
            State::Plain => self.para(last).end = State::Out,
            // An end that was put in goes, and what stands before it goes on with what follows.
            _ => {
                let Item::Para(own) = self.items.remove(last) else { return };
                let Item::Para(next) = &mut self.items[last] else { return };
                next.runs.splice(0..0, own.runs);
            }
        }
    }

    /// A new paragraph behind another, set like it.
    pub fn insert(&mut self, behind: &str, text: &str, tracks: bool) {
        let at = self.whole(behind).end;
        let like = self.para(at - 1).clone();
        let state = if tracks { State::In } else { State::Plain };
        let runs = vec![Run { props: String::new(), text: text.to_owned(), state }];
        let para = Para { props: like.props, anchors: Default::default(), runs, end: state };
        self.items.insert(at, Item::Para(para));
    }

    /// A paragraph behind another, cut and pasted; with tracking on as a move where nothing in it was changed
    /// before.
    pub fn carry(&mut self, text: &str, behind: &str, tracks: bool) {
        let range = self.whole(text);
        let is_plain = range.len() == 1 && {
            let para = self.para(range.start);
            para.end == State::Plain && para.runs.iter().all(|r| r.state == State::Plain)
        };
        if tracks && is_plain {
            let mut copy = self.para(range.start).clone();
            copy.runs.iter_mut().for_each(|r| r.state = State::MovedIn);
            (copy.end, copy.anchors) = (State::MovedIn, Default::default());
            let at = self.whole(behind).end;
            let para = self.para(range.start);
            para.runs.iter_mut().for_each(|r| r.state = State::MovedOut);
            para.end = State::MovedOut;
            self.items.insert(at, Item::Para(copy));
        } else if !tracks && range.len() == 1 {
            let own = self.items.remove(range.start);
            let at = self.whole(behind).end;
            self.items.insert(at, own);
        } else {
            self.insert(behind, text, tracks);
            // The copy may stand before or behind.
            let copy = self.whole(behind).end;
            let held = self.items.remove(copy);
            self.remove(text, tracks);
            let at = self.whole(behind).end;
            self.items.insert(at, held);
        }
    }

    /// Changes what stands in tables.
    pub fn cell(&mut self, old: &str, new: &str) {
        for item in &mut self.items {
            if let Item::Raw(xml) = item
                && xml.starts_with("<w:tbl>")
            {
                *xml = xml.replace(&format!(">{old}<"), &format!(">{new}<"));
            }
        }
    }

    /// A whole stretch, from the paragraph of one text to before that of another, before a third.
    pub fn carry_speech(&mut self, from: &str, before: &str) {
        let is_heading = |item: &Item| matches!(item, Item::Para(p) if p.props.contains("\"Heading"));
        let start = self.find(from);
        let end =
            (start + 1..self.items.len()).find(|k| is_heading(&self.items[*k])).unwrap_or(self.items.len());
        let own: Vec<Item> = self.items.drain(start..end).collect();
        let at = self.find(before);
        drop(self.items.splice(at..at, own));
    }

    /// Takes the bookmarks off.
    pub fn strip(&mut self) {
        for item in &mut self.items {
            if let Item::Para(para) = item {
                para.anchors = Default::default();
            }
        }
    }
}

impl Para {
    fn text(&self) -> String {
        self.runs.iter().filter(|r| r.state.shows()).map(|r| r.text.as_str()).collect()
    }
}

fn para(xml: &str) -> Option<Para> {
    let inner = xml.strip_prefix("<w:p>")?.strip_suffix("</w:p>")?;
    let mut para =
        Para { props: String::new(), anchors: Default::default(), runs: Vec::new(), end: State::Plain };
    let mut rest = inner;
    while !rest.is_empty() {
        let name = rest[1..].split(['>', ' ', '/']).next()?;
        let whole = match name {
            "w:bookmarkStart" | "w:bookmarkEnd" => &rest[..rest.find("/>")? + 2],
            _ => element(rest, name)?,
        };
        rest = &rest[whole.len()..];
        match name {
            "w:pPr" => para.props = whole.to_owned(),
            "w:bookmarkStart" => para.anchors[0] += whole,
            "w:bookmarkEnd" => para.anchors[1] += whole,
            "w:r" => para.runs.push(run(whole)?),
            _ => return None,
        }
    }
    Some(para)
}

fn run(xml: &str) -> Option<Run> {
    let mut rest = xml.strip_prefix("<w:r>")?.strip_suffix("</w:r>")?;
    let mut run = Run { props: String::new(), text: String::new(), state: State::Plain };
    while !rest.is_empty() {
        let name = rest[1..].split(['>', ' ', '/']).next()?;
        let whole = match name {
            "w:br" => &rest[..rest.find("/>")? + 2],
            _ => element(rest, name)?,
        };
        rest = &rest[whole.len()..];
        match name {
            "w:rPr" => run.props = whole.to_owned(),
            "w:br" => run.text.push(BREAK),
            "w:t" => run.text += &whole[whole.find('>')? + 1..whole.rfind('<')?],
            _ => return None,
        }
    }
    Some(run)
}
