//! The parts that the example programs share: options, progress, output and exit codes. They are
//! independent of how images are moved.

mod advice;
mod bar;
mod bars;
mod display;
mod layout_display;
mod lines;
mod options;
mod print;
mod rate;
mod run;
mod size;
mod summary_line;

pub use advice::Advice;
pub use bars::ProgressBars;
pub use display::TransferDisplay;
pub use layout_display::LayoutDisplay;
pub use lines::ProgressLines;
pub use options::{Connection, Jobs};
pub use print::{err, out};
pub use rate::Rate;
pub use run::run;
pub use size::{Size, SizeError};
pub use summary_line::summary_line;
