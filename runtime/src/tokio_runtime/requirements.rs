//! Checks for the parts of a tokio runtime that calls need.
//!
//! tokio has no API to check for timers and I/O. The checks create a timer or a socket and catch
//! the panic of tokio if the runtime lacks them. The panic hook of the program still runs, which is
//! acceptable because such a runtime is a mistake in the program.

use std::error::Error;
use std::fmt;
#[cfg(feature = "http-transport")]
use std::net::{Ipv4Addr, UdpSocket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::runtime::Handle;

/// What the tokio runtime of a call lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissingRuntime {
    /// There is no runtime.
    All,
    Timers,
    #[cfg(feature = "http-transport")]
    Io,
}

/// Returns the current runtime.
pub(crate) fn current() -> Result<Handle, MissingRuntime> {
    Handle::try_current().map_err(|_| MissingRuntime::All)
}

/// Checks that timers can be created. This takes about as long as creating one.
pub(crate) fn check_timers() -> Result<(), MissingRuntime> {
    current()?;
    if panics(|| tokio::time::sleep(Duration::ZERO)) { Err(MissingRuntime::Timers) } else { Ok(()) }
}

/// Checks that sockets can be used. This opens and closes a socket, so callers should cache the
/// result.
#[cfg(feature = "http-transport")]
pub(crate) fn check_io() -> Result<(), MissingRuntime> {
    current()?;
    // If the operating system provides no socket, the check is inconclusive and passes.
    let Ok(socket) = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)) else { return Ok(()) };
    if socket.set_nonblocking(true).is_err() {
        return Ok(());
    }
    let registers = || tokio::net::UdpSocket::from_std(socket);
    if panics(registers) { Err(MissingRuntime::Io) } else { Ok(()) }
}

fn panics<T>(create: impl FnOnce() -> T) -> bool {
    // Nothing that `create` captures is used after a panic.
    catch_unwind(AssertUnwindSafe(|| drop(create()))).is_err()
}

impl fmt::Display for MissingRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => "there is no tokio runtime here",
            Self::Timers => {
                "the tokio runtime has no timers: call enable_all or enable_time on its builder"
            }
            #[cfg(feature = "http-transport")]
            Self::Io => "the tokio runtime has no I/O: call enable_all or enable_io on its builder",
        })
    }
}

impl Error for MissingRuntime {}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn every_missing_part_is_found() {
        assert_eq!(check_timers(), Err(MissingRuntime::All));
        assert_eq!(check_io(), Err(MissingRuntime::All));
        let (timers, io) = (Err(MissingRuntime::Timers), Err(MissingRuntime::Io));
        for mut builder in [Builder::new_current_thread(), Builder::new_multi_thread()] {
            builder.worker_threads(1);
            let none = builder.build().expect("a runtime");
            none.block_on(async {
                assert_eq!((check_timers(), check_io()), (timers, io));
            });
            let only_timers = builder.enable_time().build().expect("a runtime");
            only_timers.block_on(async {
                assert_eq!((check_timers(), check_io()), (Ok(()), io));
            });
            let both = builder.enable_io().build().expect("a runtime");
            both.block_on(async {
                assert_eq!((check_timers(), check_io()), (Ok(()), Ok(())));
            });
        }
        let only_io = Builder::new_current_thread().enable_io().build().expect("a runtime");
        only_io.block_on(async {
            assert_eq!((check_timers(), check_io()), (timers, Ok(())));
        });
    }
}
