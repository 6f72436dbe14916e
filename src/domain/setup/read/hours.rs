use super::{Read, Reading};
use crate::domain::id::ScheduleId;
use crate::domain::schedule::{BadHours, DAYS, OpenHours, Schedule};
use crate::domain::setup::Why;

impl Reading<'_> {
    pub(super) fn schedule(&self, id: ScheduleId) -> Read<Schedule> {
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect::<Vec<String>>();
        let (name, zone) = (self.text("name")?, self.text("time_zone")?);
        let mut week: [Vec<String>; 7] = Default::default();
        for (hours, (_, day)) in week.iter_mut().zip(DAYS) {
            *hours = owned(self.texts(day)?);
        }
        let holidays = owned(self.texts("holidays")?);
        let hours = OpenHours::read(&zone, &week, &holidays);
        let hours = hours.map_err(|bad| self.fault(key(&bad), Why::Hours(bad)))?;
        Ok(Schedule { id, name, hours })
    }
}

/// Under which name the fault stands.
fn key(bad: &BadHours) -> &'static str {
    let day = |wanted| DAYS.into_iter().find(|(day, _)| *day == wanted).map_or("", |(_, name)| name);
    match bad {
        BadHours::Zone(_) => "time_zone",
        BadHours::Hours(weekday, _) | BadHours::Backwards(weekday, _) | BadHours::Overlap(weekday, ..) => day(*weekday),
        BadHours::NeverOpen => DAYS[0].1,
        BadHours::Holiday(_) | BadHours::HolidaySpan(_) | BadHours::Holidays => "holidays",
    }
}
