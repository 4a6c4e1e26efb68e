//! Passes the bytes of a large blob to a serializer of this crate without copying them.
//!
//! serde has no type for shared bytes: a serializer only gets a borrowed string or slice.
//! Therefore, a thread-local slot contains a clone of the bytes while a blob is serialized.

use std::cell::RefCell;
use std::ptr;

use bytes::Bytes;

thread_local! {
    static OFFER: RefCell<Option<Offer>> = const { RefCell::new(None) };
}

/// The bytes behind a value that is being serialized.
struct Offer {
    /// The address and the size of the value. A serializer may pass other values on to a serializer
    /// inside it, and these must not be mistaken for the blob.
    value: (*const (), usize),
    bytes: Bytes,
}

/// Calls `serialize`, which passes `value` to a serializer. Meanwhile, [`take`] returns `bytes` for
/// this value.
pub(crate) fn offer<T: ?Sized, R>(value: &T, bytes: &Bytes, serialize: impl FnOnce() -> R) -> R {
    let _withdraw = Withdraw;
    // If the thread is ending, the serializer copies the bytes.
    let _ = OFFER.try_with(|offer| {
        *offer.borrow_mut() = Some(Offer { value: identity(value), bytes: bytes.clone() });
    });
    serialize()
}

/// Returns the bytes of the blob that is represented by `value`, if it is large.
pub(crate) fn take<T: ?Sized>(value: &T) -> Option<Bytes> {
    let taken = OFFER.try_with(|offer| {
        let mut offer = offer.borrow_mut();
        let is_offered = offer.as_ref().is_some_and(|offer| offer.value == identity(value));
        is_offered.then(|| offer.take()).flatten()
    });
    taken.ok().flatten().map(|offer| offer.bytes)
}

fn identity<T: ?Sized>(value: &T) -> (*const (), usize) {
    (ptr::from_ref(value).cast(), size_of_val(value))
}

/// Removes the offer when it is dropped, even if the serializer panics.
struct Withdraw;

impl Drop for Withdraw {
    fn drop(&mut self) {
        let _ = OFFER.try_with(|offer| offer.borrow_mut().take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_offered_value_yields_the_bytes() {
        let (value, other) = ([1_u8], [1_u8]);
        let bytes = Bytes::from_static(b"bytes");
        assert_eq!(take(&value), None);
        offer(&value, &bytes, || {
            assert_eq!(take(&other), None);
            assert_eq!(take(&value[..0]), None);
            assert_eq!(take(&value), Some(bytes.clone()));
            assert_eq!(take(&value), None);
        });
        offer(&value, &bytes, || {});
        assert_eq!(take(&value), None);
    }

    #[test]
    fn a_panic_withdraws_the_offer() {
        let value = [1_u8];
        let bytes = Bytes::from_static(b"bytes");
        let panics = || offer(&value, &bytes, || panic!("a serializer failed"));
        assert!(std::panic::catch_unwind(panics).is_err());
        assert_eq!(take(&value), None);
    }
}
