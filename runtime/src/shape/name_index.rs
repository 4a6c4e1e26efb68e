//! Finds the member with a name, in any order of the names: a hash table that is computed at compile
//! time.

use crate::shape::member::{Member, message_position};

/// The number of slots, a power of two.
const SLOTS: usize = 64;

/// The number of members that the table contains. The others are searched one by one. Few structures
/// have so many members, and a search ends soon because many slots are empty.
const INDEXED: usize = SLOTS * 3 / 4;

/// Positions plus one in an order that depends on the names. Zero is an empty slot.
#[derive(Debug)]
pub(crate) struct NameIndex([u8; SLOTS]);

impl NameIndex {
    pub(crate) const fn new(members: &[Member]) -> Self {
        let mut slots = [0; SLOTS];
        let mut position = 0;
        while position < members.len() && position < INDEXED {
            let mut slot = first_slot(members[position].name);
            while slots[slot] != 0 {
                slot = slot_after(slot);
            }
            position += 1;
            slots[slot] = position as u8;
        }
        Self(slots)
    }

    /// Returns the position of the member with the wire name `key`. `members` must be those of the
    /// index. The member at `expected` is compared first, because services mostly write members in
    /// the same order.
    pub(crate) fn position(&self, members: &[Member], key: &str, expected: usize) -> Option<usize> {
        let mut slot = first_slot(key);
        let mut position = expected;
        loop {
            if let Some(member) = members.get(position)
                && is_same(member.name.as_bytes(), key.as_bytes())
            {
                return Some(position);
            }
            position = match usize::from(self.0[slot]).checked_sub(1) {
                Some(position) => position,
                None => return position_elsewhere(members, key),
            };
            slot = slot_after(slot);
        }
    }
}

/// Members of a structure rarely have the same length and the same byte in the middle. Their names
/// often begin or end with the same word.
const fn first_slot(name: &str) -> usize {
    let (length, bytes) = (name.len(), name.as_bytes());
    if length == 0 { 0 } else { ((5 * length) ^ bytes[length / 2] as usize) % SLOTS }
}

const fn slot_after(slot: usize) -> usize {
    (slot + 1) % SLOTS
}

/// Returns the position of a member that is not in the table, or that has another name.
#[cold]
#[inline(never)]
fn position_elsewhere(members: &[Member], key: &str) -> Option<usize> {
    let position = members.iter().skip(INDEXED).position(|member| member.name == key);
    position.map(|position| INDEXED + position).or_else(|| message_position(members, key))
}

/// For such short texts, this is faster than a call to the C library. The end is compared first,
/// because names often begin with the same word.
#[inline]
fn is_same(name: &[u8], key: &[u8]) -> bool {
    if name.len() != key.len() {
        return false;
    }
    match (name.last_chunk::<8>(), key.last_chunk::<8>()) {
        (Some(name_end), Some(key_end)) => {
            let (name_words, key_words) = (name.as_chunks::<8>().0, key.as_chunks::<8>().0);
            name_end == key_end && name_words.iter().eq(key_words)
        }
        _ => name.iter().eq(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::member::MemberKind;

    const fn member(name: &'static str, kind: MemberKind) -> Member {
        Member { name, field: "field", kind }
    }

    fn position(members: &[Member], key: &str, expected: usize) -> Option<usize> {
        NameIndex::new(members).position(members, key, expected)
    }

    #[test]
    fn members_are_found_by_all_names_from_any_position() {
        const MEMBERS: &[Member] = &[
            member("Message", MemberKind::Other),
            member("text", MemberKind::Message),
            member("c", MemberKind::Required),
        ];
        for expected in 0..4 {
            for (key, found) in [("Message", 0), ("text", 1), ("message", 1), ("errorMessage", 1)] {
                assert_eq!(position(MEMBERS, key, expected), Some(found), "{key} {expected}");
            }
            assert_eq!(position(MEMBERS, "C", expected), None);
            assert_eq!(position(&MEMBERS[2..], "message", expected), None);
        }
    }

    /// More names than slots, with all lengths up to 30.
    fn names() -> Vec<&'static str> {
        let letters = "aiqyaiqyaiqyaiqyaiqyaiqyaiqyai";
        let ends = ["", "aa", "ab", "ba", "ia", "qa"];
        let name = |n: usize| [&letters[..n / ends.len()], ends[n % ends.len()]].concat();
        let mut names: Vec<_> = (0..29 * ends.len()).map(name).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().map(|name| &*name.leak()).collect()
    }

    #[test]
    fn any_number_of_members_is_found() {
        let names = names();
        for count in [0, 1, 2, INDEXED - 1, INDEXED, INDEXED + 1, 64, 65, names.len()] {
            let members: Vec<_> =
                names[..count].iter().map(|name| member(name, MemberKind::Other)).collect();
            for (index, name) in names.iter().enumerate() {
                let expected = (index < count).then_some(index);
                assert_eq!(position(&members, name, index + 1), expected, "{name} of {count}");
                assert_eq!(position(&members, name, index), expected, "{name} of {count}");
            }
        }
    }
}
