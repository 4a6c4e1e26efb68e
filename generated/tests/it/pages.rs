//! Paginators and waiters of the three services.

use std::{collections::BTreeSet, fs, path::Path};

use longshore::{
    Operation, Pages, Paginated, PaginatedItems, blocking, ecr, ecr_public, lightsail, wait::Waiter,
};
use serde_json::Value;

use crate::support::transport::{Mock, config};

/// The service id and the operation name of each paginator, if both clients have its method.
macro_rules! paginators {
    ($($module:ident::$method:ident($request:ident),)*) => {
        [$({
            type Request = $module::operation::$request;
            let _: fn(&$module::Client, Request) -> Pages<Request> = $module::Client::$method;
            let _: fn(&$module::blocking::Client, Request) -> blocking::Pages<Request> =
                $module::blocking::Client::$method;
            fn name<O: Paginated>() -> (String, String) {
                (O::SERVICE.id.to_owned(), O::NAME.to_owned())
            }
            name::<Request>()
        }),*]
    };
}

#[test]
fn every_paginator_of_the_models_is_a_method() {
    let methods = BTreeSet::from(paginators![
        ecr::describe_image_scan_findings_pages(DescribeImageScanFindingsRequest),
        ecr::describe_images_pages(DescribeImagesRequest),
        ecr::describe_pull_through_cache_rules_pages(DescribePullThroughCacheRulesRequest),
        ecr::describe_replication_backfill_results_pages(DescribeReplicationBackfillResultsRequest),
        ecr::describe_repositories_pages(DescribeRepositoriesRequest),
        ecr::describe_repository_creation_templates_pages(
            DescribeRepositoryCreationTemplatesRequest
        ),
        ecr::get_lifecycle_policy_preview_pages(GetLifecyclePolicyPreviewRequest),
        ecr::list_images_pages(ListImagesRequest),
        ecr::list_replication_backfills_pages(ListReplicationBackfillsRequest),
        ecr_public::describe_image_tags_pages(DescribeImageTagsRequest),
        ecr_public::describe_images_pages(DescribeImagesRequest),
        ecr_public::describe_registries_pages(DescribeRegistriesRequest),
        ecr_public::describe_repositories_pages(DescribeRepositoriesRequest),
        lightsail::get_active_names_pages(GetActiveNamesRequest),
        lightsail::get_blueprints_pages(GetBlueprintsRequest),
        lightsail::get_bundles_pages(GetBundlesRequest),
        lightsail::get_cloud_formation_stack_records_pages(GetCloudFormationStackRecordsRequest),
        lightsail::get_disk_snapshots_pages(GetDiskSnapshotsRequest),
        lightsail::get_disks_pages(GetDisksRequest),
        lightsail::get_domains_pages(GetDomainsRequest),
        lightsail::get_export_snapshot_records_pages(GetExportSnapshotRecordsRequest),
        lightsail::get_instance_snapshots_pages(GetInstanceSnapshotsRequest),
        lightsail::get_instances_pages(GetInstancesRequest),
        lightsail::get_key_pairs_pages(GetKeyPairsRequest),
        lightsail::get_load_balancers_pages(GetLoadBalancersRequest),
        lightsail::get_operations_pages(GetOperationsRequest),
        lightsail::get_relational_database_blueprints_pages(GetRelationalDatabaseBlueprintsRequest),
        lightsail::get_relational_database_bundles_pages(GetRelationalDatabaseBundlesRequest),
        lightsail::get_relational_database_events_pages(GetRelationalDatabaseEventsRequest),
        lightsail::get_relational_database_parameters_pages(GetRelationalDatabaseParametersRequest),
        lightsail::get_relational_database_snapshots_pages(GetRelationalDatabaseSnapshotsRequest),
        lightsail::get_relational_databases_pages(GetRelationalDatabasesRequest),
        lightsail::get_static_ips_pages(GetStaticIpsRequest),
    ]);
    let models = [("ecr", "ECR"), ("ecr-public", "ECR PUBLIC"), ("lightsail", "Lightsail")];
    let modeled: BTreeSet<_> = models
        .into_iter()
        .flat_map(|(folder, id)| {
            with_trait(folder, "smithy.api#paginated").map(move |name| (id.to_owned(), name))
        })
        .collect();
    assert_eq!(methods, modeled);
    assert_eq!(methods.len(), 33);
}

/// The operations of a model that have a trait.
fn with_trait(folder: &str, name: &'static str) -> impl Iterator<Item = String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models").join(folder);
    let text = fs::read_to_string(path.join("model.json")).unwrap();
    let model: Value = serde_json::from_str(&text).unwrap();
    let shapes = model["shapes"].as_object().unwrap().clone();
    let operations = shapes.into_iter().filter(move |(_, shape)| {
        shape["type"] == "operation" && shape["traits"].get(name).is_some()
    });
    operations.map(|(id, _)| id.split_once('#').unwrap().1.to_owned())
}

#[test]
fn every_waiter_of_the_models_is_a_constant() {
    let waiters: [(&str, Waiter); 2] = [
        (
            ecr::operation::DescribeImageScanFindingsRequest::NAME,
            ecr::operation::DescribeImageScanFindingsRequest::IMAGE_SCAN_COMPLETE,
        ),
        (
            ecr::operation::GetLifecyclePolicyPreviewRequest::NAME,
            ecr::operation::GetLifecyclePolicyPreviewRequest::LIFECYCLE_POLICY_PREVIEW_COMPLETE,
        ),
    ];
    let names = waiters.map(|(operation, waiter)| (operation, waiter.name()));
    assert_eq!(
        names,
        [
            ("DescribeImageScanFindings", "ImageScanComplete"),
            ("GetLifecyclePolicyPreview", "LifecyclePolicyPreviewComplete"),
        ]
    );
    let modeled: Vec<_> = ["ecr", "ecr-public", "lightsail"]
        .into_iter()
        .flat_map(|folder| with_trait(folder, "smithy.waiters#waitable"))
        .collect();
    assert_eq!(modeled, names.map(|(operation, _)| operation));
}

/// Counts the items of any paginated operation.
async fn count<O: PaginatedItems>(client: &longshore::Client, request: O) -> usize {
    let mut items = client.pages(request).items();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    count
}

#[tokio::test]
async fn paginators_of_each_service_follow_tokens() {
    let mock = Mock::returning([
        r#"{"imageIds": [{"imageTag": "a"}], "nextToken": "t"}"#,
        r#"{"imageIds": [{"imageTag": "b"}]}"#,
    ]);
    let client = ecr::Client::new(&config(&mock));
    let request = ecr::operation::ListImagesRequest::new("team/app").max_results(1);
    assert_eq!(count(client.as_ref(), request).await, 2);
    assert_eq!(
        mock.bodies(),
        [
            r#"{"repositoryName":"team/app","maxResults":1}"#,
            r#"{"repositoryName":"team/app","nextToken":"t","maxResults":1}"#,
        ]
    );
    let mock = Mock::returning([
        r#"{"activeNames": ["a", "b"], "nextPageToken": "t"}"#,
        r#"{"activeNames": [], "nextPageToken": ""}"#,
    ]);
    let client = lightsail::Client::new(&config(&mock));
    let request = lightsail::operation::GetActiveNamesRequest::new();
    assert_eq!(count(client.as_ref(), request).await, 2);
    assert_eq!(mock.bodies(), ["{}", r#"{"pageToken":"t"}"#]);
}
