//! Collects spans and events as text.

use std::collections::HashMap;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{set_default, set_global_default};
use tracing::{Event, Metadata, Subscriber};

/// A subscriber that keeps every span and every event of every crate at every level, as text.
#[derive(Clone, Default)]
pub struct LogCollector(Arc<Collected>);

#[derive(Default)]
struct Collected {
    lines: Mutex<Vec<String>>,
    /// The index of each span's line.
    spans: Mutex<HashMap<u64, usize>>,
    last_id: AtomicU64,
}

impl LogCollector {
    pub fn lines(&self) -> Vec<String> {
        self.0.lines.lock().expect("the lines").clone()
    }

    /// The lines of this crate. Their targets are shortened to the name of the crate.
    pub fn runtime_lines(&self) -> Vec<String> {
        let shorten = |line: String| {
            let (level, rest) = line.split_once(" longshore_runtime")?;
            let (_module, rest) = rest.split_once(' ')?;
            Some(format!("{level} longshore_runtime {rest}"))
        };
        self.lines().into_iter().filter_map(shorten).collect()
    }

    pub fn clear(&self) {
        self.0.lines.lock().expect("the lines").clear();
        self.0.spans.lock().expect("the spans").clear();
    }

    fn push(&self, line: String) -> usize {
        let mut lines = self.0.lines.lock().expect("the lines");
        lines.push(line);
        lines.len() - 1
    }
}

/// Collects what the current thread logs until this is dropped.
pub struct ThreadLog {
    collector: LogCollector,
    _guard: tracing::subscriber::DefaultGuard,
}

impl ThreadLog {
    pub fn start() -> Self {
        enable_callsites();
        let collector = LogCollector::default();
        Self { _guard: set_default(collector.clone()), collector }
    }

    pub fn text(&self) -> String {
        self.collector.lines().join("\n")
    }
}

/// Installs a global subscriber that enables everything and keeps nothing.
///
/// `tracing` caches for each callsite whether a subscriber is interested in it. As long as only one
/// subscriber exists, the thread that reaches a callsite first decides with its own subscriber, so
/// a test without one would disable the callsite for the tests on all other threads.
fn enable_callsites() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| set_global_default(Discard).expect("no other global subscriber"));
}

struct Discard;

impl Subscriber for Discard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("text");
    }
}

fn level_target_and_name(metadata: &Metadata<'_>) -> Text {
    Text(format!("{} {} {}", metadata.level(), metadata.target(), metadata.name()))
}

impl Subscriber for LogCollector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = level_target_and_name(attributes.metadata());
        attributes.record(&mut text);
        let id = self.0.last_id.fetch_add(1, Ordering::SeqCst) + 1;
        let index = self.push(text.0);
        self.0.spans.lock().expect("the spans").insert(id, index);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        let index = self.0.spans.lock().expect("the spans").get(&span.into_u64()).copied();
        if let Some(index) = index
            && let Some(line) = self.0.lines.lock().expect("the lines").get_mut(index)
        {
            line.push_str(&text.0);
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = level_target_and_name(event.metadata());
        // The name of an event is its file and line.
        text.0.truncate(text.0.find(" event ").unwrap_or(text.0.len()));
        event.record(&mut text);
        self.push(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
