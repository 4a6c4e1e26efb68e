//! An operation whose model marks errors as retryable, and which counts how often its request is
//! encoded.

use std::cell::Cell;

use longshore_runtime::wire::{ReadException, WireResponse};
use longshore_runtime::{
    Operation, OperationError, SerializeMap, Service, Structure, Unmodeled, Variant,
};

use super::service::SERVICE;

thread_local! {
    /// How often a request was encoded on this thread.
    pub static ENCODED: Cell<u32> = const { Cell::new(0) };
}

#[derive(Debug, Clone, PartialEq)]
pub struct RetryableRequest;

impl Structure for RetryableRequest {
    const SHAPE: &'static str = "RetryableRequest";

    fn empty() -> Self {
        Self
    }

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        ENCODED.set(ENCODED.get() + 1);
        Ok(())
    }
}
longshore_runtime::impl_serde!(RetryableRequest);

impl Operation for RetryableRequest {
    const NAME: &'static str = "Retryable";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = RetryableError;
}

#[derive(Debug)]
pub struct RetryableError(Unmodeled);

impl OperationError for RetryableError {
    const CODES: &'static [&'static str] = &[];
    const RETRYABLE: &'static [(&'static str, bool)] =
        &[("BusyException", true), ("LaterException", false)];

    fn read<R: ReadException>(_: &str, _: &WireResponse<'_>) -> Option<Self> {
        None
    }

    fn variant(&self) -> Variant<'_> {
        Variant::Unmodeled(&self.0)
    }

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }

    fn unmodeled(error: Unmodeled) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for RetryableError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for RetryableError {}
