use super::file::Reader;
use crate::mail::settings::{Settings, Tls, Way};
use std::path::PathBuf;
use toml::Spanned;
use toml::de::DeValue;

const WAYS: &[&str] = &["none", "smtp", "maildir"];
const ENCRYPTIONS: &[&str] = &["required", "starttls", "none"];

impl Reader<'_> {
    /// The table `[mail]`. What belongs together is looked at when mail is used.
    pub(super) fn mail(&mut self, value: &Spanned<DeValue<'_>>) -> Settings {
        let mut mail = Settings::default();
        for (key, value) in self.table("mail", value) {
            let whole = format!("mail.{key}", key = key.get_ref());
            match key.get_ref().as_ref() {
                "send" => mail.send = self.one_of(&whole, value, &Way::ALL, Way::name, WAYS),
                "from" => mail.from = self.string(&whole, value),
                "from_name" => mail.from_name = self.string(&whole, value),
                "host" => mail.host = self.string(&whole, value),
                "port" => mail.port = self.number(&whole, value),
                "tls" => {
                    mail.tls = self.one_of(&whole, value, &Tls::ALL, Tls::name, ENCRYPTIONS).unwrap_or_default();
                }
                "ca" => mail.ca = self.string(&whole, value).map(PathBuf::from),
                "user" => mail.user = self.string(&whole, value),
                "password_file" => mail.password_file = self.string(&whole, value).map(PathBuf::from),
                "password_command" => mail.password_command = self.string(&whole, value),
                "timeout" => mail.timeout = self.number(&whole, value).unwrap_or(mail.timeout),
                "folder" => mail.folder = self.string(&whole, value).map(PathBuf::from),
                "receive" => mail.receive = self.string(&whole, value).map(PathBuf::from),
                other => self.unknown(key.span().start, "mail", other, &[]),
            }
        }
        mail
    }
}
