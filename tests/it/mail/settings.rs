use guichet::config::{Expected, Fault, parse};
use guichet::mail::settings::{Settings, Tls, Way};

#[test]
fn what_the_configuration_says_of_mail_is_understood() {
    let (config, problems) = parse(
        "[mail]\nsend = \"smtp\"\nfrom = \"s@acme.example\"\nhost = \"mx\"\ntls = \"starttls\"\ntimeout = 0x10\nreceive = \"in\"",
    );
    assert_eq!(problems, []);
    let expected = Settings {
        send: Some(Way::Smtp),
        from: Some("s@acme.example".to_owned()),
        host: Some("mx".to_owned()),
        tls: Tls::StartTls,
        timeout: 16,
        receive: Some("in".into()),
        ..Settings::default()
    };
    assert_eq!(config.mail, expected);
    assert_eq!(config.mail.port(), 587);
    assert_eq!(parse("").0.mail.send, None, "a new store sends no mail");
}

#[test]
fn what_is_wrong_with_it_is_named_by_line() {
    let (config, problems) =
        parse("[mail]\nsend = \"pigeon\"\nport = 70000\nhots = \"x\"\ntls = true\ntimeout = 0\nca = 1");
    let told: Vec<(usize, &str)> = problems
        .iter()
        .map(|problem| match &problem.fault {
            Fault::NotOneOf { key, .. } | Fault::WrongType { key, .. } => (problem.line, key.as_str()),
            Fault::UnknownKey { nearest, .. } => (problem.line, nearest.as_deref().unwrap_or_default()),
            _ => (problem.line, ""),
        })
        .collect();
    let expected =
        [(2, "mail.send"), (3, "mail.port"), (4, "mail.host"), (5, "mail.tls"), (6, "mail.timeout"), (7, "mail.ca")];
    assert_eq!(told, expected, "{problems:?}");
    assert!(matches!(problems[1].fault, Fault::WrongType { expected: Expected::Number, .. }));
    assert_eq!(config.mail, Settings::default(), "what is wrong is left out");
}
