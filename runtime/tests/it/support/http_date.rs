//! Formats times as HTTP dates.

use longshore_runtime::Timestamp;
use longshore_runtime::codec::{Codec, HttpDate};

pub fn http_date(time: Timestamp) -> String {
    let value = HttpDate::serialize(&time, serde_json::value::Serializer);
    value.expect("a date").as_str().expect("text").to_owned()
}
