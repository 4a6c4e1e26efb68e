//! What the compiler refuses: a required member that is missing, a literal that a new member would
//! break, a match that a new exception would break.

#[test]
fn the_compiler_refuses() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/complete_request.rs");
    cases.compile_fail("tests/ui/missing_member.rs");
    cases.compile_fail("tests/ui/no_default.rs");
    cases.compile_fail("tests/ui/struct_literal.rs");
    cases.compile_fail("tests/ui/closed_match.rs");
}
