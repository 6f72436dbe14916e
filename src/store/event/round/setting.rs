//! Settings with any value.

use super::{id, text};
use crate::domain::account::{OnHold, PendingEnd};
use crate::domain::act::Setting;
use crate::domain::hosts::Hosts;
use crate::domain::id::GroupId;
use crate::domain::life::{PeopleSetting, SignUp};
use crate::domain::removal::RemovalSetting;
use crate::domain::time::Span;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

pub(super) fn setting() -> impl Strategy<Value = Setting> {
    let span = || option::of(any::<i64>().prop_map(Span));
    Union::new(vec![
        text().prop_map(Setting::AccountName).boxed(),
        option::of(text()).prop_map(Setting::AccountUrl).boxed(),
        any::<bool>().prop_map(Setting::PrivateTickets).boxed(),
        select(vec![OnHold::Show, OnHold::AsOpen]).prop_map(Setting::PortalOnHold).boxed(),
        select(vec![PendingEnd::Closed, PendingEnd::Solved]).prop_map(Setting::PendingEnd).boxed(),
        span().prop_map(Setting::RemindAfter).boxed(),
        span().prop_map(Setting::EndAfter).boxed(),
        span().prop_map(Setting::CloseAfter).boxed(),
        option::of(id(GroupId)).prop_map(Setting::DefaultGroup).boxed(),
        text().prop_map(Setting::Language).boxed(),
        any::<u64>().prop_map(Setting::AttachmentBytes).boxed(),
        any::<bool>().prop_map(Setting::MailTickets).boxed(),
        any::<bool>().prop_map(Setting::AnonymousRequests).boxed(),
        any::<bool>().prop_map(Setting::Ratings).boxed(),
        any::<u32>().prop_map(Setting::NoticesPerHour).boxed(),
        select(vec!["none", "hooks.example", "10.0.0.5:8080, ::1"])
            .prop_map(|typed| Setting::WebhookHosts(Hosts::read(typed).unwrap_or_default()))
            .boxed(),
        select(SignUp::ALL.to_vec()).prop_map(|who| Setting::People(PeopleSetting::SignUp(who))).boxed(),
        any::<i64>().prop_map(|ms| Setting::People(PeopleSetting::LinkExpires(Span(ms)))).boxed(),
        option::of(any::<u32>()).prop_map(|days| Setting::People(PeopleSetting::RetentionDays(days))).boxed(),
        text().prop_map(|zone| Setting::People(PeopleSetting::TimeZone(zone))).boxed(),
        any::<bool>().prop_map(|on| Setting::Removal(RemovalSetting::ByAgents(on))).boxed(),
        any::<u32>().prop_map(|days| Setting::Removal(RemovalSetting::PurgeDays(days))).boxed(),
    ])
}
