//! Random UUIDs, for invocation IDs and idempotency tokens.

/// A UUID of version 4. It must be unique but need not be unguessable, so a fast generator is good
/// enough.
pub(crate) fn uuid() -> String {
    let bits = fastrand::u128(..) & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let mut id = format!("{bits:032x}");
    for at in [20, 16, 12, 8] {
        id.insert(at, '-');
    }
    id
}
