use crate::safe::Safe;

/// A line of comma-separated values. Texts are other people's: nothing in them acts on a terminal, and none begins as a
/// formula does, which a spreadsheet would compute.
pub(super) fn line(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| cell.0).collect();
    cells.join(",") + "\n"
}

/// A value as it is written.
pub(super) struct Cell(String);

impl Cell {
    /// A text, in quotes where it needs them.
    pub(super) fn text(text: &str) -> Self {
        let safe = Safe::line(text);
        let formula = safe.as_str().trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
        let text = if formula { format!("'{}", safe.as_str()) } else { safe.as_str().to_owned() };
        let plain = !text.contains([',', '"', '\n', '\r', ';', '\t']) && text.trim() == text;
        Self(if plain { text } else { format!("\"{}\"", text.replace('"', "\"\"")) })
    }

    /// A number of ours; nothing where there is none.
    pub(super) fn number(number: Option<u64>) -> Self {
        Self(number.map(|number| number.to_string()).unwrap_or_default())
    }
}
