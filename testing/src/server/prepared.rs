//! What a test has prepared: handlers, expected calls, faults; and which of it a request meets.

use std::collections::{BTreeMap, VecDeque};

use longshore_runtime::Operation;

use super::arrival::Arrival;
use super::codec;
use super::difference::clipped;
use super::expectation::{Comparison, Expected};
use super::fault::{Fault, Faults, Kind};
use super::handler::{Downloads, Handler};
use super::refused::{Refused, UNPREPARED};
use super::reply::Reply;
use super::report::indented;

/// All of it.
#[derive(Default)]
pub(super) struct Prepared {
    /// By what `X-Amz-Target` says.
    operations: BTreeMap<String, Known>,
    downloads: Vec<(String, Downloads)>,
    pub(super) faults: Faults,
    pub(super) faults_of_downloads: Faults,
}

/// An operation whose type is known.
struct Known {
    name: &'static str,
    content_type: &'static str,
    signed: bool,
    /// A request of it, as messages show it.
    show: fn(&[u8]) -> Option<String>,
    handler: Option<Handler>,
    expected: VecDeque<Expected>,
    /// Whether there was ever something that answers it.
    prepared: bool,
    faults: Faults,
}

/// What becomes of a call.
pub(super) enum Choice {
    Handler(Handler),
    Reply(Reply),
    Unexpected(Unexpected),
}

/// A call that is refused and told of.
pub(super) struct Unexpected {
    pub(super) code: &'static str,
    /// A sentence, and the lines that belong to it.
    pub(super) text: String,
}

impl Prepared {
    pub(super) fn on<O: Operation>(&mut self, handler: Handler) {
        let known = self.known::<O>();
        known.handler = Some(handler);
        known.prepared = true;
    }

    pub(super) fn expect<O: Operation>(&mut self, expected: Expected) {
        let known = self.known::<O>();
        known.expected.push_back(expected);
        known.prepared = true;
    }

    pub(super) fn fault_on<O: Operation>(&mut self, fault: Fault) {
        self.known::<O>().faults.push(fault);
    }

    /// The last handler of a prefix is the one that counts.
    pub(super) fn on_get(&mut self, prefix: &str, handler: Downloads) {
        self.downloads.retain(|(known, _)| known != prefix);
        self.downloads.push((prefix.to_owned(), handler));
    }

    fn known<O: Operation>(&mut self) -> &mut Known {
        let target = format!("{}.{}", O::SERVICE.target_prefix, O::NAME);
        self.operations.entry(target).or_insert_with(Known::new::<O>)
    }

    /// The fault that a request meets: one of its own operation before one of any.
    pub(super) fn fault_of(&mut self, arrival: &Arrival) -> Option<Kind> {
        if arrival.is_download() {
            return self.faults_of_downloads.next();
        }
        let known = self.operations.get_mut(arrival.target()?);
        known.and_then(|known| known.faults.next()).or_else(|| self.faults.next())
    }

    /// The handler of a path: the one with the longest prefix; where there is none, what there is.
    pub(super) fn downloads(&self, path: &str) -> Result<Downloads, String> {
        let fitting = self.downloads.iter().filter(|(prefix, _)| path.starts_with(prefix.as_str()));
        match fitting.max_by_key(|(prefix, _)| prefix.len()) {
            Some((_, handler)) => Ok(handler.clone()),
            None if self.downloads.is_empty() => Err(String::new()),
            None => {
                let prefixes: Vec<_> =
                    self.downloads.iter().map(|(prefix, _)| format!("{prefix:?}")).collect();
                Err(format!("; there are downloads below {}", prefixes.join(", ")))
            }
        }
    }

    /// What a request that is no download meets.
    pub(super) fn choose(&mut self, arrival: &Arrival) -> Choice {
        let choice = match arrival.target().and_then(|target| self.operations.get_mut(target)) {
            Some(known) => known.choose(arrival),
            None => Err(Refused::nobody(arrival)),
        };
        choice.unwrap_or_else(|refused| {
            let Refused { code, what, lines, names_others } = refused;
            let (name, prepared) = match names_others {
                true => (self.name(arrival), self.others(arrival)),
                false => (arrival.head.name(), String::new()),
            };
            let text = format!("{name} {what}{prepared}{}", indented(&lines));
            Choice::Unexpected(Unexpected { code, text })
        })
    }

    /// What a call is named: with its service where another one's operation of that name is prepared,
    /// since that was meant.
    fn name(&self, arrival: &Arrival) -> String {
        let name = arrival.head.name();
        let namesake = self.operations.values().any(|known| known.name == name && known.is_ready());
        if namesake { with_service(&name, arrival.target()) } else { name }
    }

    /// What is prepared, for a call that is not.
    fn others(&self, arrival: &Arrival) -> String {
        let called = arrival.head.name();
        let names = |expected: bool| {
            let ready = |(_, known): &(&String, &Known)| match expected {
                true => !known.expected.is_empty(),
                false => known.handler.is_some(),
            };
            let name = |(target, known): (&String, &Known)| match known.name == called {
                true => with_service(known.name, Some(target.as_str())),
                false => known.name.to_owned(),
            };
            self.operations.iter().filter(ready).map(name).collect::<Vec<_>>().join(", ")
        };
        match (names(false).as_str(), names(true).as_str()) {
            ("", "") => String::new(),
            (handled, "") => format!("; there are handlers for {handled}"),
            ("", expected) => format!("; expected next is {expected}"),
            (handled, expected) => {
                format!("; there are handlers for {handled}, and expected next is {expected}")
            }
        }
    }

    /// The expected calls that did not come, which are expected no longer.
    pub(super) fn take_missed(&mut self) -> Vec<String> {
        let mut missed = Vec::new();
        for known in self.operations.values_mut() {
            missed.extend(known.expected.drain(..).map(|Expected { place, shown, .. }| {
                let lines = indented(&clipped(&shown));
                format!("{} was expected at {place} and did not come{lines}", known.name)
            }));
        }
        missed
    }
}

/// An operation with the service that its target names.
fn with_service(operation: &str, target: Option<&str>) -> String {
    let service =
        target.and_then(|target| target.rsplit_once('.')).map_or("", |(service, _)| service);
    let service: String = service.escape_debug().take(100).collect();
    format!("{operation} of {service}")
}

impl Known {
    /// Whether there is something that answers it.
    fn is_ready(&self) -> bool {
        self.handler.is_some() || !self.expected.is_empty()
    }

    fn new<O: Operation>() -> Self {
        Self {
            name: O::NAME,
            content_type: O::SERVICE.protocol.content_type(),
            signed: O::SIGNED,
            show: |body| Some(format!("{:#?}", codec::decode::<O>(body).ok()?)),
            handler: None,
            expected: VecDeque::new(),
            prepared: false,
            faults: Faults::default(),
        }
    }

    fn choose(&mut self, arrival: &Arrival) -> Result<Choice, Refused> {
        if let Some(flaw) = arrival.flaw(self.content_type, self.signed) {
            return Err(flaw.into());
        }
        let body = arrival.body.as_ref().map_err(|why| Refused::unread(why))?;
        if let Some(expected) = self.expected.front() {
            return match expected.compare(body)? {
                Comparison::Same => Ok(self.met()),
                Comparison::Different(lines) => {
                    let place = expected.place;
                    let what = format!("was called, and not as expected at {place}");
                    Err(Refused::new(what, lines))
                }
            };
        }
        match &self.handler {
            Some(handler) => Ok(Choice::Handler(handler.clone())),
            None => Err(self.unprepared(body)),
        }
    }

    /// The answer of the expected call that is there now.
    fn met(&mut self) -> Choice {
        let reply = self.expected.pop_front().map(|expected| expected.reply);
        Choice::Reply(reply.unwrap_or_else(|| Reply::unexpected("")))
    }

    fn unprepared(&self, body: &[u8]) -> Refused {
        let shown = (self.show)(body).unwrap_or_default();
        let what = match self.prepared {
            true => "was called once more than was expected",
            false => UNPREPARED,
        };
        Refused { names_others: !self.prepared, ..Refused::new(what, clipped(&shown)) }
    }
}
