//! A call as a whole: attempts, timeouts, errors, and the blocking client.

mod adaptive_mode;
mod blocking;
mod call_events;
mod calls;
mod clock_skew;
mod error_reports;
mod generic_code;
mod idempotency_tokens;
mod invalid_responses;
mod logs;
mod retries;
mod retry_delays;
mod secret_urls;
mod stale_connections;
mod timeouts;
mod transport_errors;
mod unsigned_operations;
mod validation;
