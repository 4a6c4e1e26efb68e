//! What a program's log would be told, all of it.

use std::collections::HashMap;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps every span and every event of every crate at every level, as text.
#[derive(Clone, Default)]
pub struct Log(Arc<Lines>);

#[derive(Default)]
struct Lines {
    lines: Mutex<Vec<String>>,
    /// The places of the spans' lines.
    spans: Mutex<HashMap<u64, usize>>,
    next: AtomicU64,
}

impl Log {
    pub fn lines(&self) -> Vec<String> {
        self.0.lines.lock().expect("the lines").clone()
    }

    /// The lines of this crate. Their targets are the name of the crate, whichever module they are from.
    pub fn own(&self) -> Vec<String> {
        let own = |line: String| {
            let (level, rest) = line.split_once(" longshore_runtime")?;
            let (_module, rest) = rest.split_once(' ')?;
            Some(format!("{level} longshore_runtime {rest}"))
        };
        self.lines().into_iter().filter_map(own).collect()
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

/// What this thread logs while it lives.
pub struct Watch {
    log: Log,
    _guard: tracing::subscriber::DefaultGuard,
}

impl Watch {
    pub fn start() -> Self {
        let log = Log::default();
        Self { _guard: tracing::subscriber::set_default(log.clone()), log }
    }

    pub fn text(&self) -> String {
        self.log.lines().join("\n")
    }
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("text");
    }
}

fn head(metadata: &Metadata<'_>) -> Text {
    Text(format!("{} {} {}", metadata.level(), metadata.target(), metadata.name()))
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = head(attributes.metadata());
        attributes.record(&mut text);
        let id = self.0.next.fetch_add(1, Ordering::SeqCst) + 1;
        let place = self.push(text.0);
        self.0.spans.lock().expect("the spans").insert(id, place);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        let place = self.0.spans.lock().expect("the spans").get(&span.into_u64()).copied();
        if let Some(line) = place
            && let Some(line) = self.0.lines.lock().expect("the lines").get_mut(line)
        {
            line.push_str(&text.0);
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = head(event.metadata());
        text.0.truncate(text.0.find(" event ").unwrap_or(text.0.len()));
        event.record(&mut text);
        self.push(text.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
