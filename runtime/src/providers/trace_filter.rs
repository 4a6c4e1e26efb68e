//! A subscriber that forwards to the current one, dropping TRACE.
//!
//! At that level `aws-config` logs whole requests and responses, with tokens, signatures and the
//! keys that STS returns.

use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Dispatch, Event, Level, Metadata, Subscriber, dispatcher};

/// The current subscriber, without TRACE.
pub(super) fn without_trace() -> Dispatch {
    Dispatch::new(TraceFilter(dispatcher::get_default(Dispatch::clone)))
}

struct TraceFilter(Dispatch);

fn is_forwarded(metadata: &Metadata<'_>) -> bool {
    *metadata.level() < Level::TRACE
}

impl Subscriber for TraceFilter {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if is_forwarded(metadata) { self.0.register_callsite(metadata) } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_forwarded(metadata) && self.0.enabled(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        // The hint would apply to the whole program, which may log at TRACE.
        None
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.0.new_span(span)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.0.record(span, values);
    }

    fn record_follows_from(&self, span: &Id, follows: &Id) {
        self.0.record_follows_from(span, follows);
    }

    fn event(&self, event: &Event<'_>) {
        self.0.event(event);
    }

    fn enter(&self, span: &Id) {
        self.0.enter(span);
    }

    fn exit(&self, span: &Id) {
        self.0.exit(span);
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.0.clone_span(span)
    }

    fn try_close(&self, span: Id) -> bool {
        self.0.try_close(span)
    }
}
