//! Code that must not compile: requests without a required member, struct literals that a new member
//! would break, and matches that a new exception would break.

use longshore::ecr::operation::PutImageRequest;

#[test]
fn incomplete_requests_literals_and_closed_matches_do_not_compile() {
    // Only failing cases, so that trybuild runs `cargo check` instead of `cargo build`.
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/missing_member.rs");
    cases.compile_fail("tests/ui/no_default.rs");
    cases.compile_fail("tests/ui/struct_literal.rs");
    cases.compile_fail("tests/ui/closed_match.rs");
}

#[test]
fn a_request_with_all_required_members_compiles() {
    let request = PutImageRequest::new("repo", "manifest").image_tag("v1");
    assert_eq!(request.image_tag.as_deref(), Some("v1"));
}
