//! The options of the emitters: the kind of root, blocking clients, and the crate that examples
//! name.

/// What the tree of services is mounted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// `lib.rs` of a crate with a feature a service.
    Crate,
    /// `mod.rs` of a module in another crate.
    Module,
}

/// How examples call the crate that they are part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crate<'n> {
    /// By this name: rustdoc compiles them.
    Named(&'n str),
    /// Without a name, because the crate and the module of the tree are not known: they are shown
    /// but not compiled.
    Unknown,
}

/// Whether blocking clients are generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blocking {
    /// No.
    Never,
    /// Behind the crate's feature `blocking`.
    ByFeature,
    /// Yes.
    Always,
}
