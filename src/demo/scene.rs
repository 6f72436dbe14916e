use super::dice::Dice;
use super::words::{Tongue, Words};
use std::fmt::Write;

/// A gap in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Agent,
    Amount,
    Bike,
    Card,
    Colour,
    Count,
    Day,
    Dock,
    Error,
    Ip,
    Kilometres,
    Model,
    Number,
    Order,
    OtherPart,
    Part,
    Percent,
    Person,
    Phone,
    Place,
    Requester,
    Serial,
    Staff,
    Station,
    Street,
    Terminal,
    Time,
    Town,
    Version,
}

impl Slot {
    /// The gap of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "agent" => Self::Agent,
            "amount" => Self::Amount,
            "bike" => Self::Bike,
            "card" => Self::Card,
            "colour" => Self::Colour,
            "count" => Self::Count,
            "day" => Self::Day,
            "dock" => Self::Dock,
            "error" => Self::Error,
            "ip" => Self::Ip,
            "km" => Self::Kilometres,
            "model" => Self::Model,
            "n" => Self::Number,
            "order" => Self::Order,
            "other_part" => Self::OtherPart,
            "part" => Self::Part,
            "percent" => Self::Percent,
            "person" => Self::Person,
            "phone" => Self::Phone,
            "place" => Self::Place,
            "requester" => Self::Requester,
            "serial" => Self::Serial,
            "staff" => Self::Staff,
            "station" => Self::Station,
            "street" => Self::Street,
            "terminal" => Self::Terminal,
            "time" => Self::Time,
            "town" => Self::Town,
            "version" => Self::Version,
            _ => return None,
        })
    }
}

/// Makers' names of terminals, printers and trackers: the same in every language.
const MODELS: [&str; 12] =
    ["T-90", "T-110", "Duo 3", "Duo 4", "PX-7", "PX-8", "Mistral", "Zefiro", "K2", "K4 Plus", "Borea", "Lyra S"];

/// What the gaps of one ticket are filled with. What was drawn at its start stays the same through the whole
/// conversation: one bike, one order, one error.
pub(super) struct Scene<'a> {
    pub tongue: Tongue,
    pub words: &'a Words,
    pub place: &'a str,
    pub requester: &'a str,
    pub agent: &'a str,
    bits: [u64; 3],
}

impl<'a> Scene<'a> {
    pub fn new(tongue: Tongue, words: &'a Words, place: &'a str, dice: &mut Dice) -> Self {
        Self { tongue, words, place, requester: "", agent: "", bits: [dice.bits(), dice.bits(), dice.bits()] }
    }

    /// Writes what belongs in a gap.
    pub fn fill(&self, slot: Slot, dice: &mut Dice, out: &mut String) {
        if !self.fill_steady(slot, out) {
            self.fill_fresh(slot, dice, out);
        }
    }

    /// What stays the same through the conversation; false for everything else. Writing to a string never fails.
    fn fill_steady(&self, slot: Slot, out: &mut String) -> bool {
        let [one, two, three] = self.bits;
        let _ = match slot {
            Slot::Agent => out.write_str(self.agent),
            Slot::Requester => out.write_str(self.requester),
            Slot::Place => out.write_str(self.place),
            Slot::Amount => self.amount(200 + one % 4800, out),
            Slot::Bike => write!(out, "VM-{}", 10_000 + (one >> 16) % 38_000),
            Slot::Card => write!(out, "{:04}", (one >> 32) % 10_000),
            Slot::Count => write!(out, "{}", 3 + squared(one >> 8, 40)),
            Slot::Dock => write!(out, "{}", 1 + (one >> 48) % 32),
            Slot::Error => write!(out, "E-{}", 100 + squared(two, 880)),
            Slot::Order => write!(out, "{}", 4_000_000 + (two >> 20) % 5_000_000),
            Slot::Part => out.write_str(entry(&self.words.parts, two >> 8)),
            Slot::Staff => {
                let (first, last) =
                    (entry(&self.words.first_names, one >> 20), entry(&self.words.last_names, one >> 40));
                write!(out, "{first} {last}")
            }
            Slot::Town => out.write_str(entry(&self.words.towns, two >> 32)),
            Slot::Serial => write!(out, "{:X}", 0x10_0000_0000 + (three & 0xff_ffff_ffff)),
            Slot::Station => {
                write!(out, "{} {}", entry(&self.words.streets, two >> 44), 1 + (three >> 56) % 90)
            }
            Slot::Terminal => write!(out, "T-{}", 1000 + (three >> 40) % 8000),
            Slot::Version => {
                write!(out, "{}.{}.{}", 4 + (two & 1), squared(three >> 16, 24), squared(three >> 24, 9))
            }
            Slot::Model => out.write_str(MODELS.get(small(two >> 56, MODELS.len())).copied().unwrap_or_default()),
            _ => return false,
        };
        true
    }

    /// What is drawn anew each time.
    fn fill_fresh(&self, slot: Slot, dice: &mut Dice, out: &mut String) {
        let words = self.words;
        let _ = match slot {
            Slot::Time => write!(out, "{:02}:{:02}", 6 + dice.below(17), dice.below(60)),
            Slot::Number => write!(out, "{}", dice.mostly_low(2, 60)),
            Slot::Percent => write!(out, "{}", 20 + dice.below(60)),
            Slot::Kilometres => write!(out, "{}", dice.mostly_low(40, 4200)),
            Slot::Ip => write!(out, "10.{}.{}.{}", dice.below(64), dice.below(256), 2 + dice.below(250)),
            Slot::Phone => out.write_str(&phone(self.tongue, dice)),
            Slot::Person => {
                let first = words.first_names.get(dice.early(words.first_names.len()));
                let last = words.last_names.get(dice.early(words.last_names.len()));
                write!(out, "{} {}", first.map_or("", |one| one), last.map_or("", |one| one))
            }
            Slot::Day => drawn(&words.days, dice, out),
            Slot::Street => drawn(&words.streets, dice, out),
            Slot::OtherPart => drawn(&words.parts, dice, out),
            Slot::Colour => drawn(&words.colours, dice, out),
            // Everything else is steady.
            _ => Ok(()),
        };
    }

    fn amount(&self, cents: u64, out: &mut String) -> std::fmt::Result {
        match self.tongue {
            Tongue::En => write!(out, "£{}.{:02}", cents / 100, cents % 100),
            Tongue::Fr | Tongue::It => write!(out, "{},{:02} €", cents / 100, cents % 100),
        }
    }
}

/// A phone number as people of that language write it, in ranges that nobody has.
pub(super) fn phone(tongue: Tongue, dice: &mut Dice) -> String {
    let pair = |dice: &mut Dice| dice.below(100);
    match tongue {
        Tongue::En => format!("+44 1632 960{:03}", dice.below(1000)),
        Tongue::Fr => format!("+33 1 99 00 {:02} {:02}", pair(dice), pair(dice)),
        Tongue::It => format!("+39 011 5550 {:02}{:02}", pair(dice), pair(dice)),
    }
}

fn drawn(list: &[String], dice: &mut Dice, out: &mut String) -> std::fmt::Result {
    out.write_str(list.get(dice.early(list.len())).map_or("", |one| one))
}

fn entry(list: &[String], bits: u64) -> &str {
    list.get(small(bits, list.len())).map_or("", |one| one)
}

fn small(bits: u64, len: usize) -> usize {
    usize::try_from(bits & 0xffff).unwrap_or(0) % len.max(1)
}

/// A number below `n` out of 8 bits, mostly a low one.
const fn squared(bits: u64, n: u64) -> u64 {
    let byte = bits & 0xff;
    byte * byte * n / 65_536
}
