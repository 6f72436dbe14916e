//! Keys by name, as the bytes that xterm sends for them.

/// The bytes of one key: a character, a name, or either after `ctrl-`, `alt-` and `shift-`. `application` says whether
/// the program has switched the cursor keys to application mode.
pub fn bytes(key: &str, application: bool) -> Vec<u8> {
    let (mut name, mut shift, mut alt, mut ctrl) = (key, false, false, false);
    loop {
        name = if let Some(rest) = name.strip_prefix("shift-") {
            shift = true;
            rest
        } else if let Some(rest) = name.strip_prefix("alt-") {
            alt = true;
            rest
        } else if let Some(rest) = name.strip_prefix("ctrl-") {
            ctrl = true;
            rest
        } else {
            break;
        };
    }
    if let Some(bytes) = cursor_key(name, modifier(shift, alt, ctrl), application) {
        return bytes;
    }
    let mut bytes = if alt { vec![0x1b] } else { Vec::new() };
    bytes.extend(plain_key(key, name, shift, ctrl));
    bytes
}

/// The number that xterm puts into the sequences of cursor and function keys.
fn modifier(shift: bool, alt: bool, ctrl: bool) -> u8 {
    1 + u8::from(shift) + 2 * u8::from(alt) + 4 * u8::from(ctrl)
}

fn cursor_key(name: &str, modifier: u8, application: bool) -> Option<Vec<u8>> {
    let letter = match name {
        "up" => 'A',
        "down" => 'B',
        "right" => 'C',
        "left" => 'D',
        "end" => 'F',
        "home" => 'H',
        "f1" => 'P',
        "f2" => 'Q',
        "f3" => 'R',
        "f4" => 'S',
        _ => return numbered_key(name, modifier),
    };
    let sequence = match modifier {
        1 if application || name.starts_with('f') => format!("\x1bO{letter}"),
        1 => format!("\x1b[{letter}"),
        _ => format!("\x1b[1;{modifier}{letter}"),
    };
    Some(sequence.into_bytes())
}

fn numbered_key(name: &str, modifier: u8) -> Option<Vec<u8>> {
    let number = match name {
        "insert" => 2,
        "delete" => 3,
        "pgup" => 5,
        "pgdn" => 6,
        "f5" => 15,
        "f6" => 17,
        "f7" => 18,
        "f8" => 19,
        "f9" => 20,
        "f10" => 21,
        "f11" => 23,
        "f12" => 24,
        _ => return None,
    };
    let sequence = if modifier == 1 { format!("\x1b[{number}~") } else { format!("\x1b[{number};{modifier}~") };
    Some(sequence.into_bytes())
}

fn plain_key(key: &str, name: &str, shift: bool, ctrl: bool) -> Vec<u8> {
    match name {
        "enter" => vec![b'\r'],
        "esc" => vec![0x1b],
        "tab" if shift => b"\x1b[Z".to_vec(),
        "backtab" => b"\x1b[Z".to_vec(),
        "tab" => vec![b'\t'],
        "backspace" => vec![if ctrl { 0x08 } else { 0x7f }],
        "space" => vec![if ctrl { 0 } else { b' ' }],
        _ => {
            let mut characters = name.chars();
            let (Some(character), None) = (characters.next(), characters.next()) else {
                panic!("no key is called {key:?}");
            };
            let character = if shift { character.to_ascii_uppercase() } else { character };
            if ctrl {
                assert!(character.is_ascii(), "no terminal sends {key:?}");
                vec![character as u8 & 0x1f]
            } else {
                character.to_string().into_bytes()
            }
        }
    }
}
