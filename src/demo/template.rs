use super::dice::Dice;
use super::scene::{Scene, Slot};
use serde::Deserialize;

/// A text with gaps, read once: `{place}` is filled from the scene, `[one|two]` is one of its parts, which may have gaps
/// of their own.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Template(Box<[Piece]>);

#[derive(Debug)]
enum Piece {
    Text(Box<str>),
    Slot(Slot),
    Choice(Box<[Template]>),
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut rest = text.as_str();
        let template = Self::parse(&mut rest)?;
        if rest.is_empty() { Ok(template) } else { Err(format!("a stray bracket before `{rest}` in `{text}`")) }
    }
}

impl Template {
    /// Writes the text with everything filled in.
    pub fn render(&self, scene: &Scene<'_>, dice: &mut Dice, out: &mut String) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot(slot) => scene.fill(*slot, dice, out),
                Piece::Choice(parts) => {
                    if let Some(part) = dice.pick(parts) {
                        part.render(scene, dice, out);
                    }
                }
            }
        }
    }

    /// Reads up to the end or to a bracket that ends a part.
    fn parse(rest: &mut &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let end = rest.find(['{', '}', '[', ']', '|']).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            if !text.is_empty() {
                pieces.push(Piece::Text(text.into()));
            }
            *rest = after;
            match after.chars().next() {
                Some('{') => pieces.push(Piece::Slot(slot(rest)?)),
                Some('[') => pieces.push(Piece::Choice(parts(rest)?)),
                Some('}') => return Err(format!("a stray brace at `{after}`")),
                _ => break,
            }
        }
        Ok(Self(pieces.into()))
    }
}

fn slot(rest: &mut &str) -> Result<Slot, String> {
    let (name, after) = rest[1..].split_once('}').ok_or_else(|| format!("no end of `{rest}`"))?;
    *rest = after;
    Slot::parse(name).ok_or_else(|| format!("nothing is called `{name}`"))
}

fn parts(rest: &mut &str) -> Result<Box<[Template]>, String> {
    let whole = *rest;
    let mut parts = Vec::new();
    loop {
        *rest = &rest[1..];
        parts.push(Template::parse(rest)?);
        match rest.chars().next() {
            Some('|') => {}
            Some(']') => break,
            _ => return Err(format!("no end of `{whole}`")),
        }
    }
    *rest = &rest[1..];
    Ok(parts.into())
}
