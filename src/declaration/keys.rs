//! The keys that each table knows. The schemas of `schemas/` describe the same tables, and a test holds them together.

/// The keys of one kind of table. A table can only be opened with one of these.
#[derive(Debug)]
pub struct Keys {
    names: &'static [&'static str],
    /// The file of `schemas/` that describes the table, and the place in it, as a JSON pointer.
    #[cfg_attr(not(test), expect(dead_code, reason = "for the test that holds keys and schemas together"))]
    schema: (&'static str, &'static str),
}

impl Keys {
    const fn declaration(pointer: &'static str, names: &'static [&'static str]) -> Keys {
        Keys { names, schema: ("declaration", pointer) }
    }

    /// The keys, in the order in which they are proposed.
    pub fn names(&self) -> &'static [&'static str] {
        self.names
    }
}

pub static ROOT: Keys =
    Keys::declaration("", &["report", "calendar", "quality", "privacy", "sources", "sections", "commitments", "pledges"]);
pub static REPORT: Keys = Keys::declaration(
    "/$defs/report",
    &["organization", "title", "languages", "period", "as-of", "time-zone", "status", "commentary", "history"],
);
pub static PERIOD: Keys = Keys::declaration("/$defs/period", &["label", "first", "last"]);
pub static CALENDAR: Keys = Keys::declaration("/$defs/calendar", &["weekend", "holidays", "closures"]);
pub static CLOSURE: Keys = Keys::declaration("/$defs/closure", &["date", "name"]);
pub static QUALITY: Keys = Keys::declaration("/$defs/quality", &["max-rejected", "earliest", "explain-below"]);
pub static PRIVACY: Keys = Keys::declaration("/$defs/privacy", &["minimum"]);
pub static SOURCE: Keys = Keys::declaration(
    "/$defs/source",
    &[
        "files",
        "layout",
        "id",
        "event",
        "at",
        "fields",
        "events",
        "ignore-events",
        "encoding",
        "delimiter",
        "timestamp",
        "nulls",
        "multiline",
    ],
);
pub static DERIVED_EVENT: Keys = Keys::declaration("/$defs/derived-event", &["after", "seconds", "when"]);
pub static SECTION: Keys = Keys::declaration("/$defs/section", &["id", "title"]);
pub static COMMITMENT: Keys = Keys::declaration(
    "/$defs/commitment",
    &[
        "id",
        "section",
        "title",
        "short",
        "noun",
        "cite",
        "source",
        "where",
        "start",
        "stop",
        "within",
        "pauses",
        "restarts",
        "exits",
        "exclude",
        "counted-by",
        "count-from",
        "received-when-closed",
        "goal",
        "breakdown",
    ],
);
pub static LIMIT_VERSION: Keys = Keys::declaration("/$defs/limit-version", &["limit", "from", "until"]);
pub static PAUSE: Keys = Keys::declaration("/$defs/pause", &["from", "until"]);
pub static EXCLUDE_RULE: Keys = Keys::declaration("/$defs/exclude-rule", &["name", "where", "because"]);
pub static PLEDGE: Keys = Keys::declaration("/$defs/pledge", &["id", "section", "title", "survey", "statement"]);
pub static EXPLANATION: Keys =
    Keys { names: &["explanation", "action", "approved-by", "approved-on"], schema: ("commentary", "/$defs/explanation") };

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::*;
    use crate::declaration::commitment::RESERVED;

    /// Every kind of table; one that is missing here is found in the schemas.
    const ALL: [&Keys; 16] = [
        &ROOT,
        &REPORT,
        &PERIOD,
        &CALENDAR,
        &CLOSURE,
        &QUALITY,
        &PRIVACY,
        &SOURCE,
        &DERIVED_EVENT,
        &SECTION,
        &COMMITMENT,
        &LIMIT_VERSION,
        &PAUSE,
        &EXCLUDE_RULE,
        &PLEDGE,
        &EXPLANATION,
    ];

    fn schema(name: &str) -> Value {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    }

    fn keys(table: &Value) -> BTreeSet<&str> {
        table["properties"].as_object().unwrap().keys().map(String::as_str).collect()
    }

    /// The places of all tables of a schema that know no other keys than their own.
    fn closed_tables(value: &Value, pointer: &str, found: &mut BTreeSet<String>) {
        let Some(object) = value.as_object() else { return };
        if object.contains_key("properties") && object.get("additionalProperties") == Some(&Value::Bool(false)) {
            // A table of texts by language takes any language.
            if !object.contains_key("patternProperties") {
                found.insert(pointer.to_owned());
            }
        }
        for (key, inner) in object {
            closed_tables(inner, &format!("{pointer}/{key}"), found);
        }
    }

    #[test]
    fn the_schemas_know_the_keys_that_the_declaration_knows() {
        for name in ["declaration", "commentary"] {
            let schema = schema(name);
            let of_file = ALL.iter().filter(|keys| keys.schema.0 == name);
            for table in of_file.clone() {
                let described = schema.pointer(table.schema.1).unwrap();
                assert_eq!(described["additionalProperties"], false, "{name}{}", table.schema.1);
                assert_eq!(keys(described), table.names.iter().copied().collect(), "{name}{}", table.schema.1);
            }
            let mut closed = BTreeSet::new();
            closed_tables(&schema, "", &mut closed);
            assert_eq!(closed, of_file.map(|keys| keys.schema.1.to_owned()).collect(), "{name}");
        }
    }

    #[test]
    fn the_texts_of_the_commentary_are_those_of_its_schema() {
        assert_eq!(keys(&schema("commentary")), RESERVED.into_iter().collect());
    }
}
