//! Lists repositories and their images, and prints how many calls and attempts were made and how
//! long they took:
//!
//! ```text
//! AWS_PROFILE=... cargo run --example metrics --features blocking
//! ```
//!
//! `Metrics` is an interceptor that counts by operation. A real program would pass the numbers to
//! its metrics system.

use std::{
    collections::BTreeMap,
    error::Error,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use longshore::{
    Config, Environment, Interceptor,
    ecr::{
        blocking::Client,
        operation::{DescribeRepositoriesRequest, ListImagesRequest},
    },
    intercept::{AttemptEnd, CallEnd, CallInfo},
};

/// Counts calls and attempts by service and operation.
#[derive(Debug, Default)]
pub struct Metrics(Mutex<BTreeMap<(&'static str, &'static str), Row>>);

/// The numbers of an operation.
#[derive(Debug, Default)]
struct Row {
    calls: u32,
    failed: u32,
    attempts: u32,
    throttled: u32,
    total: Duration,
    longest: Duration,
}

impl Metrics {
    fn update(&self, call: &CallInfo<'_>, update: impl FnOnce(&mut Row)) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        update(rows.entry((call.service(), call.operation())).or_default());
    }
}

impl Interceptor for Metrics {
    fn attempt_ended(&self, end: &AttemptEnd<'_>) {
        let throttled = end.outcome().failure().is_some_and(|failure| failure.is_throttling());
        self.update(end.call(), |row| {
            row.attempts += 1;
            row.throttled += u32::from(throttled);
        });
    }

    fn call_ended(&self, end: &CallEnd<'_>) {
        self.update(end.call(), |row| {
            row.calls += 1;
            row.failed += u32::from(end.outcome().failure().is_some());
            row.total += end.duration();
            row.longest = row.longest.max(end.duration());
        });
    }
}

/// Prints a table.
impl fmt::Display for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = ["calls", "failed", "attempts", "throttled", "mean", "longest"];
        write_row(f, "operation", titles.map(str::to_owned))?;
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((service, operation), row) in &*rows {
            let Row { calls, failed, attempts, throttled, total, longest } = *row;
            let counts = [calls, failed, attempts, throttled].map(|count| count.to_string());
            let times =
                [total / calls.max(1), longest].map(|time| format!("{} ms", time.as_millis()));
            let [calls, failed, attempts, throttled] = counts;
            let [mean, longest] = times;
            let columns = [calls, failed, attempts, throttled, mean, longest];
            write_row(f, &format!("{service} {operation}"), columns)?;
        }
        Ok(())
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, columns: [String; 6]) -> fmt::Result {
    write!(f, "{name:40}")?;
    columns.iter().try_for_each(|column| write!(f, " {column:>9}"))?;
    writeln!(f)
}

/// Lists all repositories and their images.
pub fn list(client: &Client) -> Result<(), Box<dyn Error>> {
    for page in client.describe_repositories_pages(DescribeRepositoriesRequest::new()) {
        for name in page?.repositories.into_iter().filter_map(|found| found.repository_name) {
            let mut images = 0;
            for page in client.list_images_pages(ListImagesRequest::new(&name)) {
                images += page?.image_ids.len();
            }
            println!("{name}: {images} images");
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let metrics = Arc::new(Metrics::default());
    let builder = Config::builder().interceptor(Arc::clone(&metrics));
    let config = builder.load_blocking(&Environment::process())?;
    let listed = list(&Client::new(&config));
    eprint!("{metrics}");
    listed
}
