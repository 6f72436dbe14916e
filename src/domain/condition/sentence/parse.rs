use super::lexer::{Kind, Token, tokens};
use super::phrases::{OTHERS, PHRASES, Subject};
use super::{Expected, SentenceError, SentenceFault};
use crate::domain::condition::{CommentTest, Condition, Op, Pattern, Place, Test, UpdateTest};
use crate::domain::id::FieldId;
use crate::domain::setup::{Lookup, Refers};

/// How much of a part an error repeats, in characters.
const SHOWN_CHARS: usize = 40;

pub(super) fn sentence(text: &str, lookup: &dyn Lookup) -> Result<Condition, SentenceError> {
    if text.len() > Condition::MAX_BYTES {
        let part = text.chars().take(SHOWN_CHARS).collect();
        return Err(SentenceError { at: 0, part, fault: SentenceFault::TooLong, expected: Vec::new() });
    }
    let mut parser = Parser::new(tokens(text), lookup);
    parser.whole().map_err(|stop| parser.error(stop, text))
}

/// Why reading stopped: what is wrong with the token at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    fault: SentenceFault,
    place: usize,
}

pub(super) type Read<T> = Result<T, Stop>;

pub(super) struct Parser<'a> {
    tokens: Vec<Token>,
    pub(super) place: usize,
    pub(super) lookup: &'a dyn Lookup,
    /// The last place at which something was looked for, and what.
    furthest: (usize, Vec<Expected>),
    tests: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) const fn new(tokens: Vec<Token>, lookup: &'a dyn Lookup) -> Self {
        Self { tokens, place: 0, lookup, furthest: (0, Vec::new()), tests: 0, depth: 0 }
    }

    /// A sentence and nothing behind it.
    pub(super) fn whole(&mut self) -> Read<Condition> {
        let condition = self.any()?;
        if self.place < self.tokens.len() { Err(self.stop()) } else { Ok(condition) }
    }

    /// What could stand at the end.
    pub(super) fn expected_at_end(&self) -> &[Expected] {
        if self.furthest.0 == self.tokens.len() { &self.furthest.1 } else { &[] }
    }

    fn error(&self, stop: Stop, text: &str) -> SentenceError {
        // The words that were understood furthest tell best what was meant.
        let place = if stop.fault == SentenceFault::Unexpected { stop.place.max(self.furthest.0) } else { stop.place };
        let token = self.tokens.get(place);
        let fault = match stop.fault {
            SentenceFault::Unexpected if token.is_none() => SentenceFault::Unfinished,
            other => other,
        };
        let at = token.map_or_else(|| text.chars().count(), |token| token.at);
        let long = token.map_or(0, |token| token.end - token.at).min(SHOWN_CHARS);
        let expected = if self.furthest.0 == place { self.furthest.1.clone() } else { Vec::new() };
        SentenceError { at, part: text.chars().skip(at).take(long).collect(), fault, expected }
    }

    /// What stands here is not what was looked for.
    pub(super) const fn stop(&self) -> Stop {
        Stop { fault: SentenceFault::Unexpected, place: self.place }
    }

    pub(super) const fn wrong(&self, fault: SentenceFault) -> Stop {
        Stop { fault, place: self.place }
    }

    /// Something was looked for.
    pub(super) fn expect(&mut self, expected: Expected) {
        self.expect_at(self.place, expected);
    }

    fn expect_at(&mut self, place: usize, expected: Expected) {
        if place > self.furthest.0 {
            self.furthest = (place, Vec::new());
        }
        if place == self.furthest.0 && !self.furthest.1.contains(&expected) {
            self.furthest.1.push(expected);
        }
    }

    pub(super) fn token(&self) -> Option<&Kind> {
        self.tokens.get(self.place).map(|token| &token.kind)
    }

    /// How many of these words stand here.
    fn matching(&self, words: &str) -> usize {
        let here = self.tokens[self.place..].iter().map(|token| match &token.kind {
            Kind::Word(word) => word.as_str(),
            Kind::Sign(sign) => sign,
            Kind::Quoted(..) => "\"",
        });
        here.zip(words.split(' ')).take_while(|(here, word)| here.eq_ignore_ascii_case(word)).count()
    }

    /// Takes these words if they stand here.
    pub(super) fn take(&mut self, words: &'static str) -> bool {
        let found = self.matching(words);
        let mut rest = words.splitn(found + 1, ' ').skip(found);
        if let Some(rest) = rest.next() {
            self.expect_at(self.place + found, Expected::Words(rest));
            return false;
        }
        self.place += found;
        true
    }

    /// The first of these that stands here.
    pub(super) fn one_of<T: Copy>(&mut self, words: &[(&'static str, T)]) -> Option<T> {
        words.iter().find(|(words, _)| self.take(words)).map(|(_, meaning)| *meaning)
    }

    /// Takes these words, which must stand here.
    pub(super) fn need(&mut self, words: &'static str) -> Read<()> {
        if self.take(words) { Ok(()) } else { Err(self.stop()) }
    }

    /// Parts of which one must be true.
    fn any(&mut self) -> Read<Condition> {
        self.joined("or", Self::all, Condition::Any)
    }

    /// Parts that must all be true.
    fn all(&mut self) -> Read<Condition> {
        self.joined("and", Self::part, Condition::All)
    }

    fn joined(
        &mut self,
        by: &'static str,
        one: fn(&mut Self) -> Read<Condition>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Read<Condition> {
        let first = one(self)?;
        let mut parts = vec![first];
        while self.take(by) {
            parts.push(one(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { join(parts) })
    }

    fn part(&mut self) -> Read<Condition> {
        self.depth += 1;
        if self.depth > Condition::MAX_DEPTH {
            return Err(self.wrong(SentenceFault::TooDeep));
        }
        let part = if self.take("not") {
            Condition::Not(Box::new(self.part()?))
        } else if self.take("(") {
            let inner = self.any()?;
            self.need(")")?;
            inner
        } else if self.take("everything") {
            Condition::All(Vec::new())
        } else if self.take("nothing") {
            Condition::Any(Vec::new())
        } else {
            self.test()?
        };
        self.depth -= 1;
        Ok(part)
    }

    /// One test, or several of the same (`is one of`).
    fn test(&mut self) -> Read<Condition> {
        let subject = self.subject()?;
        let read = match subject {
            Subject::Moment(moment) => self.moment(moment),
            Subject::Attachments => self.attachments(),
            Subject::Comment => self.comment(),
            Subject::Ticket => self.ticket(),
            Subject::NumberOrWord => self.number_or_word(),
            Subject::Text(place) => self.text(place),
            Subject::Privacy => self.changed(subject),
            Subject::Via | Subject::By => self.listed(|parser| parser.value(subject, Op::Is)),
            Subject::Shared => Err(self.wrong(SentenceFault::NoAgreement)),
            _ => self.compared(subject),
        };
        let condition = read?;
        self.tests += condition.tests().len();
        if self.tests > Condition::MAX_TESTS { Err(self.wrong(SentenceFault::TooMany)) } else { Ok(condition) }
    }

    /// The longest words with which a test begins.
    fn subject(&mut self) -> Read<Subject> {
        let mut best: Option<(usize, Subject)> = None;
        for (words, subject) in PHRASES.iter().chain(&OTHERS) {
            let found = self.matching(words);
            match words.splitn(found + 1, ' ').nth(found) {
                Some(rest) => self.expect_at(self.place + found, Expected::Words(rest)),
                None if best.is_none_or(|(most, _)| found > most) => best = Some((found, *subject)),
                None => {}
            }
        }
        let (words, subject) = best.ok_or_else(|| self.stop())?;
        self.place += words;
        match subject {
            Subject::Field(_) => Ok(Subject::Field(FieldId(self.reference(Refers::Field)?))),
            other => Ok(other),
        }
    }

    /// `is`, `<`, `has` or `changed` with what follows.
    fn compared(&mut self, subject: Subject) -> Read<Condition> {
        if subject.is_ordered()
            && let Some(op) = self.sign()
        {
            return self.value(subject, op);
        }
        if self.take("is") || self.take("are") {
            return self.is_or_not(subject);
        }
        if subject == Subject::Tags {
            if self.take("include") {
                return self.listed(|parser| parser.value(subject, Op::Is));
            }
            if self.take("do not include") {
                let parts = self.listed(|parser| parser.value(subject, Op::Is))?;
                return Ok(Condition::Not(Box::new(parts)));
            }
        }
        if matches!(subject, Subject::Tags | Subject::ExternalId)
            && (self.take("start with") || self.take("starts with"))
        {
            return self.starts(subject);
        }
        if (matches!(subject, Subject::Link(_) | Subject::Field(_))) && self.take("has") {
            return self.has(subject);
        }
        self.changed(subject)
    }

    fn is_or_not(&mut self, subject: Subject) -> Read<Condition> {
        let not = self.take("not");
        let condition = self.listed(|parser| parser.value(subject, Op::Is))?;
        Ok(if not { Condition::Not(Box::new(condition)) } else { condition })
    }

    /// One value, or `one of` several.
    fn listed(&mut self, one: impl Fn(&mut Self) -> Read<Condition>) -> Read<Condition> {
        if !self.take("one of") {
            return one(self);
        }
        let mut parts = vec![one(self)?];
        while self.take(",") {
            parts.push(one(self)?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) })
    }

    pub(super) fn sign(&mut self) -> Option<Op> {
        self.one_of(&[("<=", Op::AtMost), (">=", Op::AtLeast), ("<", Op::Below), (">", Op::Above)])
    }

    /// `changed`, `changed to solved`, `not changed`.
    pub(super) fn changed(&mut self, subject: Subject) -> Read<Condition> {
        let Some(what) = subject.changes() else { return Err(self.stop()) };
        if subject != Subject::Ticket && self.take("not changed") {
            return Ok(Condition::Not(Box::new(UpdateTest::Changed(what).into())));
        }
        self.need("changed")?;
        let became = |test| Condition::from(UpdateTest::Became(Box::new(test)));
        let ceased = |test| Condition::from(UpdateTest::Ceased(Box::new(test)));
        if subject.has_values() {
            if self.take("to") {
                return self.listed(|parser| parser.plain_value(subject).map(became));
            }
            if self.take("from") {
                return self.listed(|parser| parser.plain_value(subject).map(ceased));
            }
        }
        if subject == Subject::Ticket { Err(self.stop()) } else { Ok(UpdateTest::Changed(what).into()) }
    }

    /// A value, perhaps with a sign before it, as a single test.
    fn plain_value(&mut self, subject: Subject) -> Read<Test> {
        let op = if subject.is_ordered() { self.sign().unwrap_or(Op::Is) } else { Op::Is };
        match self.value(subject, op)? {
            Condition::Test(test) => Ok(test),
            // `unchecked` is what is no longer checked.
            _ => Err(self.stop()),
        }
    }

    fn attachments(&mut self) -> Read<Condition> {
        let _ = self.take("are") || self.take("is");
        let has = self.one_of(&[("present", true), ("none", false)]);
        has.map(|has| Test::HasAttachment(has).into()).ok_or_else(|| self.stop())
    }

    fn comment(&mut self) -> Read<Condition> {
        if self.take("has") {
            return Ok(UpdateTest::Comment(CommentTest::Words(self.pattern()?)).into());
        }
        self.need("is")?;
        let present = || Condition::from(UpdateTest::Comment(CommentTest::Present));
        if self.take("none") {
            return Ok(Condition::Not(Box::new(present())));
        }
        let is =
            [("public", CommentTest::Public), ("internal", CommentTest::Internal), ("present", CommentTest::Present)];
        let found = is.into_iter().find(|(word, _)| self.take(word));
        found.map(|(_, test)| UpdateTest::Comment(test).into()).ok_or_else(|| self.stop())
    }

    fn ticket(&mut self) -> Read<Condition> {
        if !self.take("is") {
            return self.changed(Subject::Ticket);
        }
        if self.take("created") {
            return Ok(UpdateTest::Created.into());
        }
        if self.take("updated") {
            return Ok(Condition::Not(Box::new(UpdateTest::Created.into())));
        }
        self.is_or_not(Subject::Ticket)
    }

    fn number_or_word(&mut self) -> Read<Condition> {
        self.need("is")?;
        self.expect(Expected::Number);
        match self.token() {
            Some(Kind::Word(digits))
                if (1..=15).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit()) =>
            {
                let test = Test::NumberOrWord(digits.clone());
                self.place += 1;
                Ok(test.into())
            }
            _ => Err(self.stop()),
        }
    }

    fn text(&mut self, place: Place) -> Read<Condition> {
        if self.take("has") {
            return Ok(Test::Text(place, self.pattern()?).into());
        }
        self.changed(Subject::Text(place))
    }

    /// Words, the last perhaps with a star.
    pub(super) fn pattern(&mut self) -> Read<Pattern> {
        self.expect(Expected::Text);
        let Some(Kind::Word(text) | Kind::Quoted(text, true)) = self.token() else { return Err(self.stop()) };
        let bare = text.trim_end_matches('*');
        let pattern = Pattern::parse(bare, bare.len() < text.len()).ok_or_else(|| self.stop())?;
        self.place += 1;
        Ok(pattern)
    }
}
