use super::conversation::Turn;
use super::dice::Dice;
use super::library::{LIBRARY, Phrases, Scenario, Texts};
use super::scene::Scene;
use super::template::Template;

/// The words of one ticket: every turn finds its text here.
pub(super) struct Speech<'a> {
    scene: Scene<'a>,
    texts: &'static Texts,
    phrases: &'static Phrases,
    /// Whether an odd text may come in between.
    loose: bool,
    /// Which variant of subject and opening it is: they belong together.
    opening: usize,
    /// Which variant of questions, notes and ends comes next, so that none is said twice in a row. The first end fits
    /// the opening.
    exchange: usize,
    note: usize,
    fix: usize,
    dice: &'a mut Dice,
}

impl<'a> Speech<'a> {
    pub fn new(scenario: &'static Scenario, scene: Scene<'a>, loose: bool, dice: &'a mut Dice) -> Self {
        let texts = scenario.texts(scene.tongue);
        let phrases = LIBRARY.phrases.get(scene.tongue);
        let (opening, exchange, note) = (dice.index(texts.opens.len()), dice.index(60), dice.index(60));
        Self { scene, texts, phrases, loose, opening, exchange, note, fix: opening, dice }
    }

    /// One or, so often of a thousand times, the other.
    pub fn sometimes<'t, T>(&mut self, often: u64, rare: &'t T, usual: &'t T) -> &'t T {
        if self.dice.per_mille(often) { rare } else { usual }
    }

    pub fn subject(&mut self) -> String {
        if self.loose && self.dice.per_mille(7) {
            return self.dice.pick(&LIBRARY.odd.subjects).cloned().unwrap_or_default();
        }
        let mut line = self.nth(&self.texts.subjects, self.opening);
        if self.dice.per_mille(260) && !line.contains(self.scene.place) {
            line.push_str(" – ");
            line.push_str(self.scene.place);
        }
        line
    }

    /// What an agent writes down while the requester is on the phone.
    pub fn call(&mut self) -> String {
        let mut text = self.one(&self.phrases.calls);
        text.push(' ');
        self.add_nth(&self.texts.opens, self.opening, &mut text);
        self.then(600, &self.texts.details, &mut text);
        text
    }

    /// What is said in a turn.
    pub fn say(&mut self, turn: Turn, private: bool) -> String {
        match turn {
            Turn::Open if private => self.plainly(),
            Turn::Open => self.open(),
            Turn::Note => self.note(),
            Turn::Fix if private => self.end(),
            Turn::Ask | Turn::Fix | Turn::Hold => self.reply(turn),
            Turn::Answer => self.answer(),
            Turn::Thanks => self.one(&self.phrases.thanks),
            Turn::Nudge => self.one(&self.phrases.nudges),
            Turn::Relapse => self.one(&self.phrases.relapses),
        }
    }

    fn open(&mut self) -> String {
        let mut text = String::with_capacity(320);
        if self.dice.per_mille(450) {
            self.add(&self.phrases.greetings, &mut text);
            text.push_str("\n\n");
        }
        self.add_nth(&self.texts.opens, self.opening, &mut text);
        self.then(620, &self.texts.details, &mut text);
        self.then(170, &self.phrases.asides, &mut text);
        if self.loose && self.dice.per_mille(9) {
            text.push_str("\n\n");
            text.push_str(self.dice.pick(&LIBRARY.odd.comments).map_or("", |odd| odd));
        }
        if self.loose && self.dice.per_mille(20) {
            text.push_str("\n\n");
            self.add(&LIBRARY.odd.logs, &mut text);
        }
        if self.dice.per_mille(330) {
            text.push_str("\n\n");
            self.add(&self.phrases.closings, &mut text);
        }
        text
    }

    fn plainly(&mut self) -> String {
        let mut text = self.nth(&self.texts.opens, self.opening);
        self.then(620, &self.texts.details, &mut text);
        text
    }

    fn reply(&mut self, turn: Turn) -> String {
        let mut text = String::with_capacity(240);
        if self.dice.per_mille(460) {
            self.add(&self.phrases.agent_greetings, &mut text);
            text.push_str(if text.ends_with(',') { "\n\n" } else { " " });
        }
        match turn {
            Turn::Ask => {
                self.exchange += 1;
                self.exchanged(&mut text, |(ask, _)| ask);
            }
            Turn::Hold => self.add(&self.phrases.holds, &mut text),
            _ => text.push_str(&self.end()),
        }
        if self.dice.per_mille(240) {
            text.push_str("\n\n");
            self.add(&self.phrases.agent_closings, &mut text);
        }
        text
    }

    fn answer(&mut self) -> String {
        let mut text = String::with_capacity(160);
        self.exchanged(&mut text, |(_, answer)| answer);
        self.then(110, &self.phrases.asides, &mut text);
        text
    }

    fn exchanged(&mut self, text: &mut String, side: fn(&(Template, Template)) -> &Template) {
        let exchanges = &self.texts.exchanges;
        if let Some(pair) = exchanges.get(self.exchange % exchanges.len().max(1)) {
            side(pair).render(&self.scene, self.dice, text);
        }
    }

    fn note(&mut self) -> String {
        self.note += 1;
        let mut text = self.nth(&self.texts.notes, self.note);
        self.then(200, &self.phrases.remarks, &mut text);
        text
    }

    fn end(&mut self) -> String {
        self.fix += 1;
        self.nth(&self.texts.fixes, self.fix - 1)
    }

    fn nth(&mut self, variants: &[Template], n: usize) -> String {
        let mut text = String::with_capacity(160);
        self.add_nth(variants, n, &mut text);
        text
    }

    fn one(&mut self, variants: &[Template]) -> String {
        let mut text = String::with_capacity(160);
        self.add(variants, &mut text);
        text
    }

    fn add(&mut self, variants: &[Template], text: &mut String) {
        let place = self.dice.index(variants.len());
        self.add_nth(variants, place, text);
    }

    fn add_nth(&mut self, variants: &[Template], n: usize, text: &mut String) {
        if let Some(one) = variants.get(n % variants.len().max(1)) {
            one.render(&self.scene, self.dice, text);
        }
    }

    /// So often of a thousand times one more sentence.
    fn then(&mut self, often: u64, variants: &[Template], text: &mut String) {
        if self.dice.per_mille(often) {
            text.push(' ');
            self.add(variants, text);
        }
    }
}
