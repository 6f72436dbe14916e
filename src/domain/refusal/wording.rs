/// What is wrong with something that is said in several languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadWords {
    /// There is nothing.
    Empty,
    /// It is longer than so many characters.
    TooLong(u64),
    /// It stands under what is no language.
    NoLanguage,
    /// Its language stands there under another spelling too.
    Twice,
}
