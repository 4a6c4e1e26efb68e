//! Sets of environment variables.

use longshore_runtime::Environment;

#[test]
fn an_environment_is_a_list_of_variables() {
    let mut environment = Environment::from([("B", "2"), ("A", " 1 "), ("EMPTY", "")]);
    environment.extend([("B", "3".to_owned()), ("C", String::new())]);
    let expected = [("A", " 1 "), ("B", "3"), ("C", ""), ("EMPTY", "")];
    let by_reference: Vec<_> = (&environment).into_iter().collect();
    let by_reference: Vec<_> =
        by_reference.into_iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(by_reference, expected);
    let copy: Environment = (&environment).into_iter().collect();
    let owned = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(copy.into_iter().collect::<Vec<_>>(), owned);
    assert_eq!((environment.get("A"), environment.get("EMPTY")), (Some("1"), None));
}
