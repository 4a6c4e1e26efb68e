//! The members of a structure, as data.

/// A member of a [`Structure`](crate::Structure).
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of the field.
    pub field: &'static str,
    /// How the member is deserialized.
    pub kind: MemberKind,
}

/// How a member is deserialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MemberKind {
    /// The member may be absent.
    Other,
    /// Deserialization fails if the member is absent.
    Required,
    /// The member is the message of an exception, which is also accepted as `message`, `Message` and
    /// `errorMessage`.
    Message,
}

/// The names under which services send the message of an exception, whatever the model says.
const MESSAGE_NAMES: [&str; 3] = ["message", "Message", "errorMessage"];

impl Member {
    /// Returns the name of the field as `Debug` prints it.
    pub(crate) fn field_name(&self) -> &'static str {
        self.field.strip_prefix("r#").unwrap_or(self.field)
    }
}

/// Returns the position of the member with the wire name `key`. The member at `expected` is compared
/// first, because services mostly write members in the same order.
#[inline]
pub(crate) fn position(members: &[Member], key: &str, expected: usize) -> Option<usize> {
    match members.get(expected) {
        Some(member) if member.name == key => Some(expected),
        _ => find(members, key),
    }
}

fn find(members: &[Member], key: &str) -> Option<usize> {
    for (position, member) in members.iter().enumerate() {
        if member.name.len() == key.len() && is_same(member.name.as_bytes(), key.as_bytes()) {
            return Some(position);
        }
    }
    message_position(members, key)
}

/// Compares two names of the same length. For such short texts, this is faster than a call to the C
/// library. The end is compared first, because names often begin with the same word.
#[inline]
fn is_same(name: &[u8], key: &[u8]) -> bool {
    match (name.last_chunk::<8>(), key.last_chunk::<8>()) {
        (Some(name_end), Some(key_end)) => {
            let (name_words, key_words) = (name.as_chunks::<8>().0, key.as_chunks::<8>().0);
            name_end == key_end && name_words.iter().eq(key_words)
        }
        _ => name.iter().eq(key),
    }
}

/// Returns the position of the message if `key` is one of its names.
#[cold]
#[inline(never)]
fn message_position(members: &[Member], key: &str) -> Option<usize> {
    let is_message = |member: &Member| member.kind == MemberKind::Message;
    members.iter().position(is_message).filter(|_| MESSAGE_NAMES.contains(&key))
}

/// Returns the wire names of the required members.
#[cfg(feature = "server")]
pub(crate) fn required(members: &'static [Member]) -> impl Iterator<Item = &'static str> {
    let required = members.iter().filter(|member| member.kind == MemberKind::Required);
    required.map(|member| member.name)
}

/// A set of positions of members.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    /// The bits of the positions below 64.
    first: u64,
    others: Vec<usize>,
}

impl Positions {
    #[inline]
    pub(crate) fn insert(&mut self, position: usize) {
        match position {
            0..64 => self.first |= 1 << position,
            _ => self.others.push(position),
        }
    }

    pub(crate) fn contains(&self, position: usize) -> bool {
        match position {
            0..64 => self.first & (1 << position) != 0,
            _ => self.others.contains(&position),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn member(name: &'static str, kind: MemberKind) -> Member {
        Member { name, field: "r#type", kind }
    }

    const MEMBERS: &[Member] = &[
        member("Message", MemberKind::Other),
        member("text", MemberKind::Message),
        member("c", MemberKind::Required),
    ];

    #[test]
    fn members_are_found_by_all_names_from_any_position() {
        for expected in 0..4 {
            for (key, found) in [("Message", 0), ("text", 1), ("message", 1), ("errorMessage", 1)] {
                assert_eq!(position(MEMBERS, key, expected), Some(found), "{key} {expected}");
            }
            assert_eq!(position(MEMBERS, "C", expected), None);
            assert_eq!(position(&MEMBERS[2..], "message", expected), None);
        }
    }

    #[test]
    fn raw_identifiers_are_printed_without_their_prefix() {
        assert_eq!(MEMBERS[0].field_name(), "type");
    }

    #[test]
    fn any_position_can_be_in_a_set() {
        let mut positions = Positions::default();
        for position in [0, 63, 64, 500] {
            assert!(!positions.contains(position));
            positions.insert(position);
            assert!(positions.contains(position));
        }
        assert!(!positions.contains(1) && !positions.contains(65));
    }
}
