use super::context::Context;
use crate::language::args;
use crate::report::{Failure, Report, Status, problem_sentence};
use crate::safe::Safe;
use serde_json::{Map, Value, json};

/// Something looked at.
struct Finding {
    /// What was looked at: the name of its words.
    about: &'static str,
    /// Whether it works.
    good: bool,
    /// What was found.
    said: String,
    /// What to do about it.
    hint: Option<String>,
}

/// Looks at everything around the program and says what works, what does not, and what to do.
pub(super) async fn run(cx: &mut Context) -> Result<(), Failure> {
    let mut findings = terminal(cx);
    findings.push(language(cx));
    findings.push(clock(cx));
    findings.extend(config(cx));
    findings.push(store(cx).await);
    let good = findings.iter().all(|finding| finding.good);
    if cx.out.is_json() {
        let rows = findings
            .iter()
            .map(|one| json!({ "about": one.about, "ok": one.good, "found": one.said, "hint": one.hint }));
        let all = [("ok".to_owned(), Value::Bool(good)), ("findings".to_owned(), rows.collect())];
        cx.out.whole(Map::from_iter(all))?;
    } else {
        for finding in &findings {
            let sign = if finding.good { "✓" } else { "✗" };
            let about = Safe::line(&cx.word(&format!("cli-doctor-{}", finding.about))).pad(10);
            cx.out.line(&Safe::concat([
                Safe::line(&format!("{sign} ")),
                about,
                Safe::blank(1),
                Safe::line(&finding.said),
            ]))?;
            if let Some(hint) = &finding.hint {
                cx.out.line(&Safe::concat([Safe::blank(13), Safe::line(hint)]))?;
            }
        }
    }
    if good { Ok(()) } else { Err(Failure::said("cli-doctor-bad", Status::Failed)) }
}

fn good(about: &'static str, said: String) -> Finding {
    Finding { about, good: true, said, hint: None }
}

fn terminal(cx: &Context) -> Vec<Finding> {
    let facts: Vec<String> =
        cx.around.terminal.iter().map(|(key, value)| cx.say(key, args![value = value.as_str()])).collect();
    vec![good("terminal", facts.join(", "))]
}

fn language(cx: &Context) -> Finding {
    let wanted = cx.config.language.as_deref().filter(|wanted| crate::language::Language::of(wanted).is_none());
    match wanted {
        Some(wanted) => Finding {
            about: "language",
            good: false,
            said: cx.say("cli-doctor-no-language", args![wanted = wanted, code = cx.words.code()]),
            hint: Some(cx.say("cli-doctor-languages", args![known = known_languages()])),
        },
        None => good("language", cx.words.code().to_owned()),
    }
}

fn known_languages() -> String {
    let known: Vec<&str> = crate::language::Language::all().iter().map(crate::language::Language::code).collect();
    known.join(", ")
}

fn clock(cx: &Context) -> Finding {
    let present = &cx.around.present;
    let said = cx.words.stamp(present.now, present.zone);
    // Nothing was ever written before the program itself was.
    let plausible = present.now > 1_760_000_000_000;
    let hint = (!plausible).then(|| cx.word("cli-doctor-clock-wrong"));
    Finding { about: "clock", good: plausible, said, hint }
}

fn config(cx: &Context) -> Vec<Finding> {
    let path = cx.config_file().display().to_string();
    if cx.problems.is_empty() {
        return vec![good("config", path)];
    }
    let finding = |problem: &crate::config::Problem| {
        let fault = problem_sentence(problem, &cx.words);
        let said = cx.say("cli-config-line", args![line = problem.line.to_string(), fault = fault]);
        Finding { about: "config", good: false, said, hint: Some(path.clone()) }
    };
    cx.problems.iter().map(finding).collect()
}

async fn store(cx: &Context) -> Finding {
    match opened(cx).await {
        Ok(said) => good("store", said),
        Err(failure) => {
            let report = Report::of(&failure, &cx.words);
            let (said, hint) = report.map_or_else(Default::default, |report| {
                (report.sentence.into_string(), report.hint.map(Safe::into_string))
            });
            Finding { about: "store", good: false, said, hint }
        }
    }
}

async fn opened(cx: &Context) -> Result<String, Failure> {
    let choice = cx.choice()?;
    let shown = match &choice.remote {
        Some(remote) => remote.url.clone(),
        None => crate::report::without_password(&cx.database()?),
    };
    if choice.acts_as.is_none() && choice.remote.is_none() {
        crate::client::door::reach(&cx.database()?).await?;
        return Ok(cx.say("cli-doctor-opened-nobody", args![database = shown]));
    }
    let session = cx.account_by(crate::domain::comment::Channel::Api).await?.session;
    let role = crate::words::role(&cx.words, session.me.role);
    let (account, name) = (session.account.name.as_str(), session.me.name.as_str());
    Ok(cx.say("cli-doctor-opened", args![database = shown, account = account, name = name, role = role]))
}
