//! What mail programs write around quotes, in small letters: English, French, Italian, German, Spanish, Dutch and
//! Portuguese.

/// How an announcement begins.
pub(super) const BEGINNINGS: &[&str] =
    &["on ", "le ", "il giorno ", "il ", "in data ", "am ", "el ", "op ", "em ", "den ", "um "];

/// How it ends, before the colon.
pub(super) const WROTE: &[&str] = &[
    "wrote",
    "a écrit",
    "ecrit",
    "ha scritto",
    "schrieb",
    "geschrieben",
    "folgendes geschrieben",
    "escribió",
    "escreveu",
    "schreef",
    "het volgende geschreven",
];

/// Verbs after which a name or a date may stand before the colon.
pub(super) const DATED: &[&str] =
    &["> schrieb am ", "schrieb ", "> a écrit le ", "> wrote on ", "> ha scritto il ", "schreef "];

/// What stands between the lines of Outlook and others above a copy of the whole mail.
pub(super) const SEPARATORS: &[&str] = &[
    "original message",
    "original appointment",
    "reply message",
    "message d'origine",
    "message d’origine",
    "message original",
    "messaggio originale",
    "messaggio originario",
    "ursprüngliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "mensaje original",
    "oorspronkelijk bericht",
    "mensagem original",
];

/// What stands above a mail that is sent on.
pub(super) const FORWARDS: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "message transféré",
    "début du message transféré",
    "début du message réexpédié",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "mensaje reenviado",
    "doorgestuurd bericht",
    "mensagem encaminhada",
];

/// The names in the head of such a copy: from, sent, to, subject, copy.
pub(super) const HEADS: &[&[&str]] = &[
    &["from", "de", "expéditeur", "da", "von", "van"],
    &["sent", "date", "envoyé", "envoyé le", "inviato", "data", "gesendet", "datum", "enviado", "verzonden"],
    &["to", "à", "a", "destinataire", "an", "para", "aan"],
    &["subject", "objet", "oggetto", "betreff", "asunto", "onderwerp", "assunto"],
    &["cc", "kopie"],
];

/// What telephones and programs add below, by its beginning and its end.
pub(super) const MOBILE: &[(&str, &str)] = &[
    ("sent from my ", ""),
    ("sent from a ", ""),
    ("sent from mail for ", ""),
    ("sent from outlook", ""),
    ("sent from yahoo mail", ""),
    ("sent from proton", ""),
    ("sent via ", ""),
    ("sent with ", ""),
    ("get outlook for ", ""),
    ("get bluemail for ", ""),
    ("envoyé de mon ", ""),
    ("envoyé depuis ", ""),
    ("envoyé à partir de ", ""),
    ("télécharger outlook pour ", ""),
    ("obtenez outlook pour ", ""),
    ("inviato da ", ""),
    ("inviato dal mio ", ""),
    ("scarica outlook per ", ""),
    ("ottieni outlook per ", ""),
    ("von meinem ", "gesendet"),
    ("von meiner ", "gesendet"),
    ("gesendet von ", ""),
    ("gesendet mit ", ""),
    ("diese nachricht wurde von meinem ", "gesendet"),
    ("outlook für ", "beziehen"),
    ("holen sie sich outlook für ", ""),
    ("enviado desde mi ", ""),
    ("verzonden vanaf mijn ", ""),
    ("enviado do meu ", ""),
];
