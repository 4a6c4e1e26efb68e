//! Lists the aspects of emission and, for each, the part of a fixture's output that shows it.
//!
//! An aspect shows only the items it is about. Most are shown without their comments, so that a
//! changed sentence of the documentation changes only the snapshots that are about documentation.

/// One snapshot: `fixtures/models/{fixture}/expected/{name}.rs`.
pub struct Aspect {
    pub fixture: &'static str,
    pub name: &'static str,
    /// What a reader of the snapshot should look for.
    pub shows: &'static str,
    pub tree: TreeKind,
    pub text: Text,
    pub parts: &'static [Part],
}

/// A file pattern, with `*` for any text, and the beginnings of the items to show; if there are
/// none, the whole file is shown.
pub type Part = (&'static str, &'static [&'static str]);

/// What is generated from the fixture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TreeKind {
    Modules,
    Crate,
}

/// Whether comments are part of the snapshot.
#[derive(Clone, Copy)]
pub enum Text {
    Whole,
    Code,
}

const fn code(
    fixture: &'static str,
    name: &'static str,
    shows: &'static str,
    parts: &'static [Part],
) -> Aspect {
    Aspect { fixture, name, shows, tree: TreeKind::Modules, text: Text::Code, parts }
}

const fn whole(
    fixture: &'static str,
    name: &'static str,
    shows: &'static str,
    parts: &'static [Part],
) -> Aspect {
    Aspect { text: Text::Whole, ..code(fixture, name, shows, parts) }
}

/// Fixtures that `fixtures/tests/it/endpoints.rs` runs; their rules are similar to those of
/// `endpoints-ecr-2025`.
pub const WITHOUT_SNAPSHOT: &[&str] = &["endpoints-ecr-public-2025", "endpoints-lightsail-2025"];

const ALL: &[&str] = &[];

/// The declarations of types and the tables of their members, without constructors and setters.
const DATA: &[&str] = &[
    "pub struct",
    "pub enum",
    "longshore_runtime::structure!",
    "longshore_runtime::union!",
    "longshore_runtime::string_enum!",
    "longshore_runtime::int_enum!",
    "longshore_runtime::impl_exception!",
];

/// The same declarations and tables in an operation's file, without its error enum.
const MEMBERS: &[&str] = &["pub struct", "longshore_runtime::structure!"];

const OPERATION: &[&str] = &["impl longshore_runtime::Operation"];
const ERROR: &[&str] = &["pub enum", "longshore_runtime::operation_error!"];
const PAGES: &[&str] = &["impl longshore_runtime::Paginated", "impl longshore_runtime::PageTokens"];
const MODULES: &[&str] = &["mod ", "pub mod", "pub use"];
const SERVICE: &[&str] = &["pub const SERVICE"];

pub const ASPECTS: &[Aspect] = &[
    // Whole trees.
    Aspect {
        tree: TreeKind::Crate,
        ..whole(
            "errors",
            "crate",
            "a whole crate: features, front page, client, blocking client, exceptions, error enums",
            &[("*", ALL)],
        )
    },
    whole("prose", "modules", "a whole tree of modules whose model has prose", &[("*", ALL)]),
    // Structures and their members.
    code(
        "values",
        "members",
        "every kind of member: field, argument of `new`, setter, row of the table",
        &[
            ("values/operation/store_values.rs", MEMBERS),
            (
                "values/operation/store_values.rs",
                &["impl StoreValuesRequest", "longshore_runtime::setters!(StoreValuesRequest"],
            ),
            ("values/operation/store_values.rs", OPERATION),
            ("values/types/*.rs", ALL),
        ],
    ),
    whole(
        "values",
        "documentation",
        "documentation of a method: members with their constraints, example with many kinds",
        &[("values/client.rs", &["    pub async fn store_values"])],
    ),
    whole(
        "directions",
        "structures",
        "structures that are sent, received and both: presence, correction, documentation",
        &[
            ("directions/types/order.rs", ALL),
            ("directions/types/receipt.rs", ALL),
            ("directions/types/tag.rs", ALL),
        ],
    ),
    code(
        "directions",
        "operation",
        "the same members in a request and in a response",
        &[("directions/operation/exchange.rs", MEMBERS)],
    ),
    code(
        "shared",
        "operations",
        "one structure as input and output of several operations; an operation without output",
        &[
            ("shared/operation/rewrite.rs", ALL),
            ("shared/operation/write.rs", ALL),
            ("shared/operation/read.rs", MEMBERS),
            ("shared/types/item.rs", DATA),
        ],
    ),
    whole(
        "shared",
        "documentation",
        "documentation of a request and a response that have different names in the model",
        &[("shared/operation/read.rs", &["pub struct"])],
    ),
    code(
        "recursion",
        "structures",
        "boxes in fields, setters and arguments, and inside lists and maps",
        &[
            ("recursion/types/branch.rs", ALL),
            ("recursion/types/filter.rs", ALL),
            ("recursion/types/negation.rs", ALL),
            ("recursion/types/node.rs", ALL),
            ("recursion/operation/get_tree.rs", MEMBERS),
        ],
    ),
    code(
        "defaults",
        "structures",
        "defaults of every kind; `clientOptional`; required members with a default",
        &[
            ("defaults/types/kinds.rs", DATA),
            ("defaults/types/needed.rs", DATA),
            ("defaults/types/needed_back.rs", ALL),
            ("defaults/types/both.rs", DATA),
        ],
    ),
    whole(
        "defaults",
        "documentation",
        "defaults of a structure and their documentation",
        &[("defaults/types/settings.rs", ALL)],
    ),
    whole(
        "defaults",
        "operations",
        "an operation's input with and without the trait `input`; corrections of a response",
        &[("defaults/operation/apply.rs", MEMBERS), ("defaults/operation/configure.rs", MEMBERS)],
    ),
    // Kinds of shapes.
    whole(
        "enums",
        "enums",
        "enums of strings, with odd values, many values and one",
        &[("enums/types/*.rs", ALL)],
    ),
    whole(
        "enums",
        "members",
        "members that are enums, and lists and maps of enums",
        &[("enums/operation/classify.rs", MEMBERS)],
    ),
    whole(
        "int-enums",
        "enums",
        "enums of whole numbers, one of them a secret",
        &[("int_enums/types/level.rs", ALL), ("int_enums/types/secret.rs", ALL)],
    ),
    whole(
        "int-enums",
        "members",
        "members that are enums of numbers, in structures, exceptions and unions",
        &[
            ("int_enums/operation/grade.rs", MEMBERS),
            ("int_enums/exception/spoilt_exception.rs", DATA),
            ("int_enums/types/choice.rs", DATA),
        ],
    ),
    whole(
        "unions",
        "union",
        "a union with every kind of member; one without members; one with a secret",
        &[
            ("unions/types/figure.rs", ALL),
            ("unions/types/nothing.rs", ALL),
            ("unions/types/secret.rs", ALL),
        ],
    ),
    whole(
        "unions",
        "members",
        "members that are unions, in structures, exceptions and other unions; their checks",
        &[
            ("unions/operation/draw.rs", MEMBERS),
            ("unions/types/circle.rs", DATA),
            ("unions/types/paper.rs", DATA),
            ("unions/types/point.rs", DATA),
            ("unions/types/polygon.rs", DATA),
            ("unions/types/sheet.rs", DATA),
            ("unions/types/wire.rs", DATA),
            ("unions/exception/torn_exception.rs", DATA),
        ],
    ),
    code(
        "unions",
        "pages_and_waiters",
        "a paginator and waiters whose paths go through unions",
        &[
            ("unions/operation/look.rs", PAGES),
            (
                "unions/operation/look.rs",
                &["impl LookRequest", "longshore_runtime::setters!(LookRequest"],
            ),
        ],
    ),
    whole(
        "unions",
        "documentation",
        "documentation of a method whose members are nested unions, with pages and waiters",
        &[("unions/client.rs", &["    pub async fn draw", "    pub async fn wait_until_drawn"])],
    ),
    whole(
        "documents",
        "members",
        "documents: members, elements, values and members of unions",
        &[
            ("documents/operation/keep.rs", MEMBERS),
            ("documents/types/choice.rs", DATA),
            ("documents/types/note.rs", ALL),
            ("documents/client.rs", &["    pub async fn keep"]),
        ],
    ),
    code(
        "timestamps",
        "members",
        "the three formats of timestamps, from the member or its target, at any depth",
        &[("timestamps/operation/note.rs", MEMBERS), ("timestamps/types/when.rs", DATA)],
    ),
    code(
        "timestamps",
        "setters",
        "constructor and setters for timestamps in lists and maps",
        &[(
            "timestamps/operation/note.rs",
            &["impl NoteRequest", "longshore_runtime::setters!(NoteRequest"],
        )],
    ),
    // Constraints, secrets, deprecation.
    whole(
        "constraints",
        "checks",
        "constraints that are checked and how they are documented",
        &[("constraints/operation/check.rs", MEMBERS)],
    ),
    code(
        "constraints",
        "nested_checks",
        "which nested structures are checked",
        &[("constraints/types/*.rs", DATA)],
    ),
    code(
        "patterns",
        "checks",
        "patterns and enum values that are checked on request",
        &[("patterns/operation/check.rs", &["longshore_runtime::structure!"])],
    ),
    code(
        "patterns",
        "nested_checks",
        "which nested structures and variants are checked on request",
        &[("patterns/types/*.rs", &["longshore_runtime::structure!", "longshore_runtime::union!"])],
    ),
    code(
        "secrets",
        "redaction",
        "the secrets of structures, lists, maps and exceptions, which `Debug` does not show",
        &[
            ("secrets/operation/log_in.rs", MEMBERS),
            ("secrets/exception/bad_password_exception.rs", ALL),
            ("secrets/operation/log_in.rs", ERROR),
            ("secrets/types/vault.rs", DATA),
        ],
    ),
    whole(
        "deprecations",
        "attributes",
        "deprecated operations, members, types and values",
        &[
            ("deprecations/client.rs", &["use ", "    pub async fn old_call"]),
            ("deprecations/operation/new_call.rs", MEMBERS),
            (
                "deprecations/operation/new_call.rs",
                &["impl NewCallRequest", "longshore_runtime::setters!(NewCallRequest"],
            ),
            ("deprecations/types/old_state.rs", ALL),
            ("deprecations/mod.rs", &["#![allow"]),
        ],
    ),
    // Operations.
    code(
        "hosts",
        "operations",
        "host prefixes, with and without labels",
        &[("hosts/operation/*.rs", OPERATION), ("hosts/operation/send.rs", MEMBERS)],
    ),
    code(
        "anonymous",
        "operations",
        "operations that are not signed",
        &[("anonymous/operation/*.rs", OPERATION), ("anonymous/mod.rs", SERVICE)],
    ),
    code(
        "compression",
        "operations",
        "operations whose requests are compressed",
        &[("compression/operation/*.rs", OPERATION)],
    ),
    whole(
        "tokens",
        "requests",
        "idempotency tokens: filled in, documented, secret",
        &[
            ("tokens/operation/start.rs", ALL),
            ("tokens/operation/stop.rs", MEMBERS),
            ("tokens/operation/stop.rs", OPERATION),
            ("tokens/types/inner.rs", DATA),
        ],
    ),
    code(
        "resources",
        "operations",
        "operations of resources: methods, arguments, names",
        &[
            ("resources/client.rs", &["impl Client"]),
            ("resources/operation/*.rs", OPERATION),
            (
                "resources/operation/pave_street.rs",
                &[
                    "impl PaveStreetRequest",
                    "longshore_runtime::setters!(PaveStreetRequest",
                    "impl PaveStreetInput",
                    "longshore_runtime::setters!(PaveStreetInput",
                ],
            ),
        ],
    ),
    code(
        "streams",
        "modules",
        "streaming operations are skipped, and so are the shapes that only they use",
        &[
            ("streams/mod.rs", MODULES),
            ("streams/client.rs", &["impl Client"]),
            ("streams/operation/mod.rs", ALL),
            ("streams/types/*.rs", DATA),
            ("streams/types/mod.rs", ALL),
        ],
    ),
    code(
        "retryable",
        "errors",
        "exceptions that the model marks as retryable or throttling; a status; a secret message",
        &[
            ("retryable/operation/try_.rs", ERROR),
            ("retryable/exception/*.rs", DATA),
            ("retryable/client.rs", &["impl Client"]),
        ],
    ),
    code(
        "query-codes",
        "errors",
        "codes of the query protocol",
        &[
            ("query_codes/mod.rs", SERVICE),
            ("query_codes/operation/take.rs", ERROR),
            ("query_codes/exception/*.rs", &["longshore_runtime::impl_exception!"]),
        ],
    ),
    whole(
        "forms",
        "documentation",
        "exceptions whose codes in responses differ from their names",
        &[
            ("forms/exception/sold_out_exception.rs", &["pub struct"]),
            ("forms/operation/order.rs", &["pub enum"]),
        ],
    ),
    code(
        "forms",
        "members",
        "the protocol awsQuery: descriptions of elements, timestamps, codes of errors",
        &[
            ("forms/mod.rs", SERVICE),
            ("forms/operation/order.rs", &["longshore_runtime::structure!"]),
            ("forms/operation/order.rs", OPERATION),
            ("forms/operation/order.rs", &["longshore_runtime::operation_error!"]),
            ("forms/operation/ping.rs", OPERATION),
            ("forms/types/*.rs", &["longshore_runtime::structure!", "longshore_runtime::union!"]),
            ("forms/exception/*.rs", &["longshore_runtime::impl_exception!"]),
        ],
    ),
    code(
        "shops",
        "members",
        "the protocol restJson1: constants, methods and paths, a checksum, secret members",
        &[
            ("shops/mod.rs", SERVICE),
            (
                "shops/operation/*.rs",
                &["longshore_runtime::structure!", "impl longshore_runtime::Operation"],
            ),
            ("shops/exception/*.rs", &["longshore_runtime::structure!"]),
        ],
    ),
    code(
        "places",
        "members",
        "the protocol restJson1: locations of members, JSON names, timestamps, documents in bodies",
        &[
            ("places/operation/*.rs", &["longshore_runtime::structure!"]),
            ("places/operation/*.rs", OPERATION),
            (
                "places/exception/*.rs",
                &["longshore_runtime::structure!", "longshore_runtime::impl_exception!"],
            ),
        ],
    ),
    code(
        "pages",
        "client",
        "methods that paginate, with and without items",
        &[("pages/client.rs", &["impl Client"])],
    ),
    whole(
        "pages",
        "documentation",
        "documentation of methods that paginate: with a page size, and without items",
        &[("pages/client.rs", &["    pub fn list_things_pages", "    pub fn summarize_pages"])],
    ),
    code(
        "pages",
        "paginators",
        "tokens and items of every kind, direct and nested",
        &[("pages/operation/*.rs", PAGES)],
    ),
    code(
        "pages",
        "members",
        "structures that the paths of tokens and items traverse",
        &[
            ("pages/operation/list_numbers.rs", MEMBERS),
            ("pages/operation/scan_table.rs", MEMBERS),
            ("pages/types/*.rs", DATA),
        ],
    ),
    code(
        "page-tokens",
        "paginators",
        "pages with several tokens: required, optional and nested ones, with and without a marker \
         of the last page",
        &[("page_tokens/operation/*.rs", PAGES)],
    ),
    whole(
        "waiters",
        "waiters",
        "waiters with every matcher and comparator, and the JMESPath that they evaluate",
        &[
            (
                "waiters/operation/get_job.rs",
                &["impl GetJobRequest", "longshore_runtime::setters!(GetJobRequest"],
            ),
            (
                "waiters/operation/ping.rs",
                &["impl PingRequest", "longshore_runtime::setters!(PingRequest"],
            ),
            ("waiters/client.rs", &["    pub async fn wait_until_reachable"]),
        ],
    ),
    // Endpoints.
    code(
        "endpoint-rules",
        "rules",
        "endpoint rules with every function, and the model's cases as a test",
        &[("endpoint_rules/endpoint.rs", ALL), ("endpoint_rules/mod.rs", SERVICE)],
    ),
    code(
        "endpoint-rules",
        "context",
        "values that requests provide to the rules",
        &[
            ("endpoint_rules/operation/*.rs", OPERATION),
            ("endpoint_rules/operation/control.rs", MEMBERS),
        ],
    ),
    code(
        "endpoint-rules-unset",
        "rules",
        "functions on references that may be unset",
        &[("endpoint_rules_unset/endpoint.rs", ALL)],
    ),
    code(
        "account-endpoints",
        "rules",
        "endpoint rules that use the account ID of the credentials, and the model's cases as a test",
        &[("account_endpoints/endpoint.rs", ALL)],
    ),
    code(
        "account-endpoints",
        "context",
        "values at the ends of paths into requests",
        &[("account_endpoints/operation/*.rs", OPERATION)],
    ),
    code(
        "other-sdk",
        "usable",
        "a C2J folder of another SDK: the usable paginator and waiter, rules whose region may be unset",
        &[("other_sdk/endpoint.rs", ALL), ("other_sdk/client.rs", &["impl Client"])],
    ),
    code(
        "endpoints-ecr-2025",
        "rules",
        "the usual rules of a regional service",
        &[("ecr/endpoint.rs", ALL), ("ecr/mod.rs", SERVICE)],
    ),
    // The older format of models.
    whole(
        "dropped-in",
        "methods",
        "C2J: a client with a deprecated operation and pages, and how pages are documented",
        &[
            ("dropped_in/client.rs", &["    pub async fn attach", "    pub fn list_parts_pages"]),
            ("dropped_in/mod.rs", SERVICE),
        ],
    ),
    code(
        "dropped-in",
        "operations",
        "C2J: members, JSON values, host prefix, `authtype`, paginator, exceptions",
        &[
            ("dropped_in/operation/attach.rs", MEMBERS),
            (
                "dropped_in/operation/attach.rs",
                &["impl AttachRequest", "longshore_runtime::setters!(AttachRequest"],
            ),
            ("dropped_in/operation/list_parts.rs", MEMBERS),
            ("dropped_in/operation/list_parts.rs", PAGES),
            ("dropped_in/operation/*.rs", OPERATION),
            ("dropped_in/exception/*.rs", DATA),
        ],
    ),
    whole(
        "dropped-in",
        "documentation",
        "C2J: documentation of members that hold JSON",
        &[("dropped_in/operation/attach.rs", &["pub struct AttachRequest"])],
    ),
    // Names.
    code(
        "names",
        "members",
        "keywords, acronyms and names of the prelude, in types, members and methods",
        &[
            ("naming_of_things/client.rs", &["impl Client"]),
            ("naming_of_things/operation/type_.rs", MEMBERS),
            (
                "naming_of_things/operation/type_.rs",
                &["impl TypeRequest", "longshore_runtime::setters!(TypeRequest"],
            ),
            ("naming_of_things/operation/list_ids.rs", MEMBERS),
            ("naming_of_things/types/*.rs", DATA),
            ("naming_of_things/types/mod.rs", ALL),
        ],
    ),
    code(
        "collisions",
        "modules",
        "types, operations and exceptions whose names collide, with each other or with the prelude",
        &[
            ("mod.rs", ALL),
            ("std_/mod.rs", MODULES),
            ("std_/types/mod.rs", ALL),
            ("std_/operation/mod.rs", ALL),
            ("std_/exception/mod.rs", ALL),
        ],
    ),
    code("collisions", "client", "methods whose names collide", &[("std_/client.rs", ALL)]),
    code(
        "collisions",
        "members",
        "members, values and variants whose names collide",
        &[
            ("std_/types/members.rs", DATA),
            ("std_/types/values.rs", ALL),
            ("std_/types/choices.rs", ALL),
        ],
    ),
    code(
        "collisions",
        "operations",
        "requests, responses and errors with names of the prelude",
        &[
            (
                "std_/operation/do_option.rs",
                &["use ", "impl OptionShape", "longshore_runtime::setters!(OptionShape"],
            ),
            ("std_/operation/do_option.rs", MEMBERS),
            ("std_/operation/do_option.rs", OPERATION),
            ("std_/operation/do_option.rs", ERROR),
            ("std_/operation/do_ok.rs", OPERATION),
            ("std_/operation/get.rs", MEMBERS),
            ("std_/operation/list.rs", PAGES),
            ("std_/exception/*.rs", &["longshore_runtime::impl_exception!"]),
        ],
    ),
    code(
        "collisions",
        "types",
        "structures, unions and enums with names of the prelude, and members of these types",
        &[
            ("std_/types/all.rs", DATA),
            ("std_/types/copy.rs", ALL),
            ("std_/types/hash.rs", ALL),
            ("std_/types/partial_ord.rs", ALL),
        ],
    ),
];
