//! An operation whose model marks errors as worth another attempt, and which counts how often its
//! request is written.

use std::cell::Cell;

use longshore_runtime::{
    MapAccess, Operation, OperationError, SerializeMap, Service, Structure, Unmodelled,
    WriteMembers,
};

use super::service::SERVICE;

thread_local! {
    /// How often a request was written on this thread.
    pub static WRITTEN: Cell<u32> = const { Cell::new(0) };
}

#[derive(Debug, Clone, PartialEq)]
pub struct MarkedRequest;

impl Structure for MarkedRequest {
    const SHAPE: &'static str = "MarkedRequest";

    fn empty() -> Self {
        Self
    }

    fn write<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        WRITTEN.set(WRITTEN.get() + 1);
        Ok(())
    }

    fn read<'de, M: MapAccess<'de>>(&mut self, _: &str, _: &mut M) -> Result<bool, M::Error> {
        Ok(false)
    }
}
longshore_runtime::impl_serde!(MarkedRequest);

impl Operation for MarkedRequest {
    const NAME: &'static str = "Marked";
    const SERVICE: &'static Service = &SERVICE;
    type Output = ();
    type Error = MarkedError;
}

#[derive(Debug)]
pub struct MarkedError(Unmodelled);

impl OperationError for MarkedError {
    const CODES: &'static [&'static str] = &[];
    const RETRYABLE: &'static [(&'static str, bool)] =
        &[("BusyException", true), ("LaterException", false)];

    fn decode(_: &str, _: &[u8]) -> Option<Self> {
        None
    }

    fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    fn status(&self) -> u16 {
        self.0.status
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.put_some("message", &self.0.message)
    }

    fn unmodelled(error: Unmodelled) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for MarkedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for MarkedError {}
