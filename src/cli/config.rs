use super::context::Context;
use super::table::Table;
use crate::config::{Fault, KEYS};
use crate::language::args;
use crate::mail::settings::Settings;
use crate::report::{Failure, Status, problem_sentence};
use clap::Subcommand;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// The configuration file.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Say where it is
    Path,
    /// Show what is in force: the file's values, the environment's, the defaults
    Show,
    /// Name everything that is wrong in it
    Check,
}

impl Config {
    pub(super) fn run(self, cx: &mut Context) -> Result<(), Failure> {
        match self {
            Self::Path => path(cx),
            Self::Show => show(cx),
            Self::Check => check(cx),
        }
    }
}

fn path(cx: &mut Context) -> Result<(), Failure> {
    let path = cx.config_file().display().to_string();
    if cx.out.is_json() {
        return cx.out.whole(Map::from_iter([("path".to_owned(), Value::String(path))]));
    }
    cx.out.line(&crate::safe::Safe::line(&path))
}

fn show(cx: &mut Context) -> Result<(), Failure> {
    let choice = cx.choice()?;
    let config = &cx.config;
    let text = |value: Option<&String>| value.cloned().map_or(Value::Null, Value::String);
    let mut all: Vec<(String, Value)> = vec![
        ("profile".into(), text(choice.profile.as_ref())),
        ("database".into(), text(choice.database.as_ref())),
        ("as".into(), text(choice.acts_as.as_ref())),
        ("language".into(), text(config.language.as_ref())),
        ("theme".into(), config.theme.name().into()),
        ("mouse".into(), config.mouse.into()),
    ];
    for (name, profile) in &config.profiles {
        let (key, place) = match &profile.url {
            Some(url) => ("url", url.clone()),
            None => ("database", profile.database.clone().unwrap_or_else(|| cx.places.store_of(name))),
        };
        all.push((format!("profiles.{name}.{key}"), Value::String(place)));
        all.push((format!("profiles.{name}.as"), text(profile.acts_as.as_ref())));
    }
    for (name, keys) in &config.keys {
        all.push((format!("keys.{name}"), json!(keys)));
    }
    all.extend(mail(&config.mail));
    if cx.out.is_json() {
        return cx.out.whole(Map::from_iter([("config".to_owned(), Value::Object(Map::from_iter(all)))]));
    }
    let mut table = Table::new(&cx.headings(&["cli-name", "cli-value"]), 1);
    for (name, value) in &all {
        let value = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        table.row(&[name.clone(), value]);
    }
    cx.rows(&table, false, false)
}

fn mail(mail: &Settings) -> Vec<(String, Value)> {
    let text = |value: Option<&String>| value.cloned().map_or(Value::Null, Value::String);
    let path = |value: Option<&PathBuf>| value.map_or(Value::Null, |path| path.display().to_string().into());
    let values = [
        ("send", mail.send.map_or(Value::Null, |way| way.name().into())),
        ("from", text(mail.from.as_ref())),
        ("from_name", text(mail.from_name.as_ref())),
        ("host", text(mail.host.as_ref())),
        ("port", mail.port().into()),
        ("tls", mail.tls.name().into()),
        ("ca", path(mail.ca.as_ref())),
        ("user", text(mail.user.as_ref())),
        ("password_file", path(mail.password_file.as_ref())),
        ("password_command", text(mail.password_command.as_ref())),
        ("timeout", mail.timeout.into()),
        ("folder", path(mail.folder.as_ref())),
        ("receive", path(mail.receive.as_ref())),
    ];
    values.into_iter().map(|(key, value)| (format!("mail.{key}"), value)).collect()
}

fn check(cx: &mut Context) -> Result<(), Failure> {
    let path = cx.config_file();
    let problems = cx.problems.clone();
    let sentences: Vec<(usize, String)> =
        problems.iter().map(|problem| (problem.line, problem_sentence(problem, &cx.words))).collect();
    if cx.out.is_json() {
        let rows: Vec<Value> = sentences.iter().map(|(line, text)| json!({ "line": line, "problem": text })).collect();
        let all = [("ok".to_owned(), Value::Bool(rows.is_empty())), ("problems".to_owned(), Value::Array(rows))];
        cx.out.whole(Map::from_iter(all))?;
    } else if problems.is_empty() {
        let key = if path.exists() { "cli-config-good" } else { "cli-config-none" };
        let text = cx.say(key, args![path = path.display().to_string()]);
        cx.out.done(&text, "")?;
    } else {
        for (line, text) in &sentences {
            let text = cx.say("cli-config-line", args![line = line.to_string(), fault = text.as_str()]);
            cx.out.line(&crate::safe::Safe::line(&text))?;
        }
        if problems.iter().any(|problem| matches!(problem.fault, Fault::UnknownKey { .. })) {
            let text = cx.say("cli-config-keys", args![keys = KEYS.join(", ")]);
            cx.out.note(&text);
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::said("cli-config-bad", Status::Failed)) }
}
