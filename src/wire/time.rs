use crate::domain::time::Timestamp;
use chrono::{DateTime, Datelike as _, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use utoipa::openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// A moment on the wire: RFC 3339 in UTC, whole seconds, `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time(pub Timestamp);

impl Time {
    /// `2026-11-22T08:30:00Z`. A moment outside of the years 0 to 9999, which the format cannot name, becomes the
    /// nearest one inside.
    pub fn text(self) -> String {
        let fits = |time: &DateTime<Utc>| (0..=9999).contains(&time.year());
        let time = DateTime::from_timestamp_millis(self.0.0).filter(fits).unwrap_or_else(|| {
            let edge = if self.0.0 < 0 { -62_167_219_200 } else { 253_402_300_799 };
            DateTime::from_timestamp(edge, 0).unwrap_or_default()
        });
        time.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// Reads RFC 3339 with any offset; a date alone is its first moment in UTC.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let whole = DateTime::parse_from_rfc3339(text).ok().map(|time| time.timestamp_millis());
        let date = || text.parse::<chrono::NaiveDate>().ok()?.and_hms_opt(0, 0, 0).map(|day| day.and_utc());
        whole.or_else(|| date().map(|day| day.timestamp_millis())).map(|ms| Self(Timestamp(ms)))
    }
}

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl PartialSchema for Time {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}

impl ToSchema for Time {}
