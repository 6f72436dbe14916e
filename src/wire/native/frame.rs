use super::Trouble;
use crate::wire::weight::{MOST_SENT, values};
use serde_json::Value as Json;

/// How a value and a file travel as one: the value on the first line, the file after it. JSON has no end of line of its
/// own when it is written tightly, and no file has to be written as text for it.
pub fn framed(json: &Json, file: &[u8]) -> Vec<u8> {
    let mut bytes = json.to_string().into_bytes();
    bytes.push(b'\n');
    bytes.extend_from_slice(file);
    bytes
}

/// The value and the file.
///
/// # Errors
/// There is no such line, or too much is on it.
pub fn unframed(bytes: &[u8]) -> Result<(Json, &[u8]), Trouble> {
    let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(Trouble::new("has no first line"))?;
    if values(&bytes[..end]) > MOST_SENT {
        return Err(Trouble::new("is too much"));
    }
    let json = serde_json::from_slice(&bytes[..end]).map_err(|_| Trouble::new("is no JSON"))?;
    Ok((json, &bytes[end + 1..]))
}
