//! What the example programs share: their options, what they show while they work, how they end.
//!
//! Must not know how an image is moved.

mod bars;
mod closing;
mod ending;
mod lines;
mod options;
mod print;
mod rate;
mod shown;
mod size;

pub use bars::Bars;
pub use closing::closing_line;
pub use ending::run;
pub use lines::Lines;
pub use options::{Connection, Jobs};
pub use print::{say, tell};
pub use rate::Rate;
pub use shown::progress;
pub use size::{Size, SizeError};
