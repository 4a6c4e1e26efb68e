//! An interceptor that records the calls of its hooks.

use std::fmt::Write;
use std::sync::{Arc, Mutex};

use longshore_runtime::intercept::{
    AttemptEnd, AttemptRequest, CallEnd, CallInfo, HookResult, Interceptor, Outcome,
};

/// Records one line per call of a hook. Clones share the lines.
#[derive(Debug, Clone)]
pub struct Recorder {
    name: &'static str,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    pub fn new(name: &'static str) -> Self {
        Self { name, lines: Arc::default() }
    }

    /// An interceptor with another name that records into the same lines.
    pub fn with_name(&self, name: &'static str) -> Self {
        Self { name, ..self.clone() }
    }

    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().expect("the lines").clone()
    }

    fn record(&self, line: String) {
        let line = if self.name.is_empty() { line } else { format!("{} {line}", self.name) };
        self.lines.lock().expect("the lines").push(line);
    }
}

impl Interceptor for Recorder {
    fn call_started(&self, call: &CallInfo<'_>) -> HookResult {
        self.record(format!("call_started {}", call.operation()));
        Ok(())
    }

    fn before_signing(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        self.record(format!("before_signing {}", attempt.number()));
        Ok(())
    }

    fn before_sending(&self, attempt: &mut AttemptRequest<'_>) -> HookResult {
        self.record(format!("before_sending {}", attempt.number()));
        Ok(())
    }

    fn attempt_ended(&self, end: &AttemptEnd<'_>) {
        let mut line = format!("attempt_ended {}", end.number());
        if let Some(status) = end.status() {
            write!(line, " {status}").expect("a string");
        }
        self.record(line + &text(end.outcome()));
    }

    fn call_ended(&self, end: &CallEnd<'_>) {
        self.record(format!("call_ended {}{}", end.attempts(), text(end.outcome())));
    }
}

/// A short text for an outcome; nothing for a success.
pub fn text(outcome: Outcome<'_>) -> String {
    match outcome {
        Outcome::Success => String::new(),
        Outcome::Canceled => " canceled".to_owned(),
        Outcome::Failure(failure) => {
            let mut text = format!(" {:?}", failure.kind());
            let flags = [
                (failure.is_retryable(), "retryable"),
                (failure.is_throttling(), "throttling"),
                (failure.is_timeout(), "timeout"),
            ];
            let flags = flags.into_iter().filter_map(|(is_set, name)| is_set.then_some(name));
            failure.code().into_iter().chain(flags).for_each(|word| text.extend([" ", word]));
            text
        }
        _ => " unknown".to_owned(),
    }
}
