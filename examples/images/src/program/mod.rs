//! The parts that the example programs share: options, progress, output and exit codes. They are
//! independent of how images are moved.

mod bars;
mod lines;
mod options;
mod print;
mod progress;
mod rate;
mod run;
mod size;
mod summary_line;

pub use bars::ProgressBars;
pub use lines::ProgressLines;
pub use options::{Connection, Jobs};
pub use print::{err, out};
pub use progress::progress;
pub use rate::Rate;
pub use run::run;
pub use size::{Size, SizeError};
pub use summary_line::summary_line;
