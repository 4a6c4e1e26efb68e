//! Identifiers that nobody else has: of a call, and where a request asks for a token.

/// A UUID of version 4. It must be unique and nothing more, so its bits need not be unguessable.
pub(crate) fn uuid() -> String {
    let bits = fastrand::u128(..) & !(0xf << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let mut id = format!("{bits:032x}");
    for at in [20, 16, 12, 8] {
        id.insert(at, '-');
    }
    id
}
