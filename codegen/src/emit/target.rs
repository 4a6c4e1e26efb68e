//! What is emitted beside the services themselves: the kind of root, blocking clients, and the crate
//! that examples name.

/// What the tree of services is mounted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// `lib.rs` of a crate with a feature a service.
    Crate,
    /// `mod.rs` of a module in somebody else's crate.
    Module,
}

/// How examples call the crate that they are part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crate<'n> {
    /// By this name: rustdoc compiles them.
    Named(&'n str),
    /// By none, because nobody knows in which crate and module the tree will be: they are shown, and
    /// not compiled.
    Unknown,
}

/// Whether there are clients for programs without an async runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blocking {
    /// No.
    Never,
    /// Behind the crate's feature `blocking`.
    ByFeature,
    /// Yes.
    Always,
}
