//! How much there is in the JSON that others send, before it is read: each value takes many times the bytes in memory that
//! it takes on the wire, so bytes alone are no bound.

/// So many values may be in what a caller sends.
pub const MOST_SENT: usize = 250_000;
/// So many may be in what a server answers.
pub const MOST_ANSWERED: usize = 2_000_000;

/// How many values there are at most: one for each comma and each beginning of a list or an object, and one. What is no
/// JSON is counted all the same.
pub fn values(json: &[u8]) -> usize {
    let (mut count, mut within_text, mut escaped) = (1, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if within_text => escaped = true,
            b'"' => within_text = !within_text,
            b',' | b'[' | b'{' if !within_text => count += 1,
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn counted(value: &Value) -> usize {
        1 + match value {
            Value::Array(values) => values.iter().map(counted).sum(),
            Value::Object(members) => members.values().map(counted).sum(),
            _ => 0,
        }
    }

    #[test]
    fn no_value_is_left_uncounted_and_text_counts_as_one() {
        let all = json!({"a": [1, 2, [], {}, [[]]], "b": "x,[{\"\\,", "c": {"d": null, "e": [true]}});
        let text = all.to_string();
        assert!(values(text.as_bytes()) >= counted(&all), "{text}");
        let long = json!("[,{".repeat(1_000)).to_string();
        assert_eq!(values(long.as_bytes()), 1);
    }
}
