use std::fmt;
use std::time::Duration;

/// The figures, as a Markdown table.
#[derive(Default)]
pub struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// A figure with its bound and whether it is kept.
    pub fn add(&mut self, what: impl Into<String>, figure: impl Into<String>, bound: impl Into<String>, kept: bool) {
        let row = [what.into(), figure.into(), bound.into(), if kept { "yes" } else { "NO" }.to_owned()];
        println!("{} | {} | {} | {}", row[0], row[1], row[2], row[3]);
        self.rows.push(row);
    }

    /// A figure without a bound.
    pub fn note(&mut self, what: impl Into<String>, figure: impl Into<String>) {
        let row = [what.into(), figure.into(), String::new(), String::new()];
        println!("{} | {}", row[0], row[1]);
        self.rows.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n| what | figure | bound | kept |\n|---|---|---|---|")?;
        for [what, figure, bound, kept] in &self.rows {
            writeln!(f, "| {what} | {figure} | {bound} | {kept} |")?;
        }
        Ok(())
    }
}

/// Durations that were measured.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub fn extend(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    /// How many there are.
    pub fn count(&self) -> f64 {
        f64::from(u32::try_from(self.0.len()).unwrap_or(u32::MAX))
    }

    /// The one that so many hundredths do not exceed, in milliseconds.
    pub fn at(&self, hundredths: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = (sorted.len() * hundredths / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}
