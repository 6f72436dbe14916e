//! Colours: the terminal's own sixteen, so that they fit a dark and a light ground alike. Nothing is told by colour
//! alone: whatever has a colour has a word or a sign too.

use ratatui::style::{Color, Modifier, Style};

/// How things look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
}

/// What a piece of the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Ordinary text.
    Plain,
    /// Less important: labels, ages.
    Dim,
    /// Headings, what changed.
    Strong,
    /// The row under the cursor, the open tab.
    Cursor,
    /// A key in the line of hints.
    KeyName,
    /// A border.
    Border,
    /// The border of what has the keys.
    ActiveBorder,
    /// Whatever goes to people outside: a public reply.
    Public,
    /// Whatever stays among agents: an internal note.
    Internal,
    /// Good news: solved, done.
    Good,
    /// Wants attention: pending on you, a warning.
    Warning,
    /// Bad news: errors, urgent.
    Bad,
    /// What matched a search.
    Match,
}

impl Theme {
    /// With colours.
    pub const fn colours() -> Self {
        Self { colours: true }
    }

    /// Without (`NO_COLOR`): bold, underlined and reversed only.
    pub const fn plain() -> Self {
        Self { colours: false }
    }

    /// The style of a piece.
    pub const fn style(self, look: Look) -> Style {
        let style = Style::new();
        match look {
            Look::Plain => style,
            Look::Dim | Look::Border => style.add_modifier(Modifier::DIM),
            Look::Strong | Look::ActiveBorder | Look::KeyName => style.add_modifier(Modifier::BOLD),
            Look::Cursor => style.add_modifier(Modifier::REVERSED),
            Look::Public => self.colour(style, Color::Green).add_modifier(Modifier::BOLD),
            // Yellow on white cannot be read, magenta can on both.
            Look::Internal | Look::Warning => self.colour(style, Color::Magenta).add_modifier(Modifier::BOLD),
            Look::Good => self.colour(style, Color::Green),
            Look::Bad => self.colour(style, Color::Red).add_modifier(Modifier::BOLD),
            Look::Match => style.add_modifier(Modifier::UNDERLINED),
        }
    }

    const fn colour(self, style: Style, colour: Color) -> Style {
        if self.colours { style.fg(colour) } else { style }
    }
}
