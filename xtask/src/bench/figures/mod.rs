//! Defines the results of a benchmark run: figures with their repetitions, and the machine.
//!
//! A run is saved as JSON. The parent module measures, renders and compares runs. Imports `system`
//! and `text`.

pub(super) mod environment;
pub(super) mod quantity;
pub(super) mod run;
pub(super) mod samples;

pub(super) use self::{
    environment::Environment,
    quantity::Quantity,
    run::{Run, Section, SectionName},
    samples::Samples,
};

use serde::{Deserialize, Serialize};

/// A measured value of Longshore and, if they were measured, of the programs that it is compared
/// with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Figure {
    /// The table that shows it.
    pub(super) table: String,
    /// The row in that table.
    pub(super) what: String,
    pub(super) quantity: Quantity,
    /// The size of the input in a growth table, or of the image in a transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) size: Option<u64>,
    pub(super) ours: Samples,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) official: Option<Samples>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) hand_written: Option<Samples>,
}

impl Figure {
    /// A figure of Longshore alone.
    pub(super) fn new(table: &str, what: &str, quantity: Quantity, ours: Samples) -> Self {
        Self {
            table: table.to_owned(),
            what: what.to_owned(),
            quantity,
            size: None,
            ours,
            official: None,
            hand_written: None,
        }
    }

    /// Adds the size of the input.
    pub(super) fn of_size(self, size: u64) -> Self {
        Self { size: Some(size), ..self }
    }

    /// Adds the official SDK's values.
    pub(super) fn official(self, samples: Samples) -> Self {
        Self { official: Some(samples), ..self }
    }

    /// Returns true if both are results of the same measurement, possibly from different runs.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        let key = |figure: &Self| (figure.quantity, figure.size);
        self.table == other.table && self.what == other.what && key(self) == key(other)
    }
}
