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

/// Returns the position of the message if `key` is one of its names.
#[cold]
#[inline(never)]
pub(super) fn message_position(members: &[Member], key: &str) -> Option<usize> {
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

    #[test]
    fn raw_identifiers_are_printed_without_their_prefix() {
        let member = Member { name: "Type", field: "r#type", kind: MemberKind::Other };
        assert_eq!(member.field_name(), "type");
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
