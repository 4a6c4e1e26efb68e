//! The measured operations, the number of calls, and the budgets.

use super::{
    super::table::Budget,
    program::{CallProgram, Calls, HAND_WRITTEN},
};

/// The largest part of a layer that the service accepts.
const PART: u64 = 20 * 1024 * 1024;

/// The size of a part that needs hardly any memory.
pub(super) const SMALL_PART: u64 = 1000;

/// The size of a part, plus 2 MiB for everything else.
pub(super) const MEMORY_BUDGET: Budget = Budget::at_most((PART + 2 * 1024 * 1024) as f64);

/// An operation to call, the number of calls, and the budget.
#[derive(Debug, Clone, Copy)]
pub(super) struct Workload {
    operation: &'static str,
    pub(super) what: &'static str,
    /// The size of the uploaded part, or zero.
    pub(super) bytes: u64,
    /// True if the server fails the first attempt of every call.
    is_retried: bool,
    warm: u32,
    calls: u32,
    /// True if instructions are counted.
    pub(super) is_counted: bool,
    budget: Budget,
}

const NO_BODY: Workload = Workload {
    operation: "",
    what: "",
    bytes: 0,
    is_retried: false,
    warm: 0,
    calls: 0,
    is_counted: true,
    budget: Budget::ratio(2.0),
};

pub(super) const WORKLOADS: [Workload; 5] = [
    Workload {
        operation: "PutImage",
        what: "PutImage, a manifest of 2 kB",
        warm: 200,
        calls: 2000,
        budget: budget(2.6, 1.0),
        ..NO_BODY
    },
    Workload {
        operation: "BatchGetImage",
        what: "BatchGetImage, 3 images with manifests",
        warm: 200,
        calls: 2000,
        budget: budget(2.4, 1.05),
        ..NO_BODY
    },
    Workload {
        operation: "DescribeImages",
        what: "DescribeImages, 1,000 images",
        warm: 10,
        calls: 60,
        budget: budget(2.2, 0.65),
        ..NO_BODY
    },
    Workload {
        operation: "UploadLayerPart",
        what: "UploadLayerPart, 20 MiB",
        bytes: PART,
        warm: 1,
        calls: 6,
        is_counted: false,
        budget: budget(2.0, 1.3),
        ..NO_BODY
    },
    Workload {
        operation: "UploadLayerPart",
        what: "UploadLayerPart, 20 MiB, sent again after a failure",
        bytes: PART,
        is_retried: true,
        warm: 1,
        calls: 4,
        is_counted: false,
        ..NO_BODY
    },
];

const fn budget(official: f64, hand_written: f64) -> Budget {
    Budget { official: Some(official), hand_written: Some(hand_written), at_most: None }
}

/// The budget of the row of a workload.
pub(super) fn cpu_budget(what: &str) -> Budget {
    let workload = WORKLOADS.iter().find(|workload| workload.what == what);
    workload.map(|workload| workload.budget).unwrap_or_default()
}

impl Workload {
    /// The hand-written caller does not retry.
    pub(super) fn can_be_made_by(&self, program: CallProgram) -> bool {
        !self.is_retried || program != HAND_WRITTEN
    }

    /// The same calls with a part of another size.
    pub(super) fn with_part(self, bytes: u64) -> Self {
        Self { bytes, ..self }
    }

    /// The URL that selects the responses of the server.
    pub(super) fn url(&self, server: &str) -> String {
        match (self.bytes, self.is_retried) {
            (0, _) => server.to_owned(),
            (bytes, false) => format!("{server}/{bytes}"),
            (bytes, true) => format!("{server}/{bytes}/retried"),
        }
    }

    /// The measured calls.
    pub(super) fn calls<'a>(&self, url: &'a str) -> Calls<'a> {
        let Self { operation, bytes, warm, calls, .. } = *self;
        Calls { url, operation, bytes, warm, calls, tasks: 1, threads: 1 }
    }

    /// One call and nothing else.
    pub(super) fn one_call<'a>(&self, url: &'a str) -> Calls<'a> {
        Calls { warm: 0, calls: 1, ..self.calls(url) }
    }

    /// A short and a long run, whose instruction counts are subtracted. Both make fewer calls than
    /// measured runs, because valgrind slows programs down by a factor of about fifty.
    pub(super) fn counted<'a>(&self, url: &'a str) -> [Calls<'a>; 2] {
        let step = (self.calls / 10).max(1);
        [step, 3 * step].map(|calls| Calls { warm: 0, calls, ..self.calls(url) })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::program::OURS, *};

    #[test]
    fn the_url_selects_size_and_failures() {
        let [put, .., upload, retried] = &WORKLOADS;
        assert_eq!(put.url("http://h:1"), "http://h:1");
        assert_eq!(upload.url("http://h:1"), "http://h:1/20971520");
        assert_eq!(retried.url("http://h:1"), "http://h:1/20971520/retried");
        assert!(upload.can_be_made_by(HAND_WRITTEN) && retried.can_be_made_by(OURS));
        assert!(!retried.can_be_made_by(HAND_WRITTEN));
    }

    #[test]
    fn each_row_has_its_own_budget() {
        let names: std::collections::BTreeSet<_> = WORKLOADS.iter().map(|work| work.what).collect();
        assert_eq!(names.len(), WORKLOADS.len());
        assert_eq!(cpu_budget("DescribeImages, 1,000 images"), budget(2.2, 0.65));
        assert_eq!(cpu_budget("something else"), Budget::default());
    }

    #[test]
    fn the_counted_runs_differ_in_the_number_of_calls_only() {
        for workload in &WORKLOADS {
            let [short, long] = workload.counted("http://h:1");
            assert!(0 < short.calls && short.calls < long.calls, "{workload:?}");
            assert_eq!((short.warm, long.warm), (0, 0));
        }
    }
}
