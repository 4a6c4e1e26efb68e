//! The example that counts calls with an interceptor.

#[allow(dead_code, reason = "the example's main is not called")]
#[path = "../../examples/metrics.rs"]
mod example;

use std::sync::Arc;

use longshore::ecr::blocking::Client;

use crate::support::transport::{Mock, config};
use example::{Metrics, list};

#[test]
fn the_table_has_a_row_for_each_operation() {
    let mock = Mock::returning([
        r#"{"repositories": [{"repositoryName": "a"}, {"repositoryName": "b"}]}"#,
        r#"{"imageIds": [{"imageTag": "1"}], "nextToken": "t"}"#,
        r#"{"imageIds": [{"imageTag": "2"}]}"#,
    ]);
    let metrics = Arc::new(Metrics::default());
    let config = config(&mock).to_builder().interceptor(Arc::clone(&metrics)).build();
    // There is no response for the images of the second repository.
    list(&Client::new(&config)).unwrap_err();
    let table = metrics.to_string();
    let rows: Vec<Vec<&str>> = table.lines().map(|row| row.split_whitespace().collect()).collect();
    assert_eq!(rows[0][..5], ["operation", "calls", "failed", "attempts", "throttled"]);
    assert_eq!(rows[1][..6], ["ECR", "DescribeRepositories", "1", "0", "1", "0"]);
    assert_eq!(rows[2][..6], ["ECR", "ListImages", "3", "1", "3", "0"]);
    assert_eq!(rows.len(), 3, "{table}");
}
