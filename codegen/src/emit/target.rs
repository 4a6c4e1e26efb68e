//! Defines the options of the emitters: the kind of root, blocking clients, and the crate that
//! examples name.

/// How the tree of services is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// As `lib.rs` of a crate with one feature per service.
    Crate,
    /// As `mod.rs` of a module in another crate.
    Module,
}

/// How examples name the crate that they are part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crate<'n> {
    /// By this name, so that rustdoc can compile them.
    Named(&'n str),
    /// Without a name, because the crate and the module of the tree are not known. The examples are
    /// shown but not compiled.
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
