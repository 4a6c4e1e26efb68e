//! The identifier of a call, which all of its attempts carry.

/// A UUID of version 4. It must be unique and nothing more, so its bits need not be unguessable.
pub(crate) fn invocation_id() -> String {
    let bits = fastrand::u128(..) & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let mut id = format!("{bits:032x}");
    for at in [20, 16, 12, 8] {
        id.insert(at, '-');
    }
    id
}
