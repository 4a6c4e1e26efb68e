//! Lists members that services require although their models do not, so that examples set them.
//!
//! A model cannot say that one of several members is required, or that a member is required if
//! another one has a certain value.

/// The additional members: SDK ID, structure, members.
const ADDITIONS: [(&str, &str, &[&str]); 16] = [
    ("Budgets", "Budget", &["BudgetLimit"]),
    ("CloudWatch", "GetMetricStatisticsInput", &["Statistics"]),
    ("CloudWatch", "MetricDataQuery", &["MetricStat"]),
    ("CodeBuild", "ProjectSource", &["location"]),
    ("CodeDeploy", "CreateDeploymentInput", &["deploymentGroupName"]),
    ("Config Service", "ConfigRule", &["ConfigRuleName"]),
    ("Config Service", "PutConfigurationAggregatorRequest", &["AccountAggregationSources"]),
    ("Config Service", "PutEvaluationsRequest", &["Evaluations"]),
    ("Directory Service", "CreateDirectoryRequest", &["VpcSettings"]),
    ("DynamoDB", "QueryInput", &["KeyConditions"]),
    ("ECS", "ContainerDefinition", &["memory"]),
    ("EventBridge", "PutPermissionRequest", &["Action", "Principal", "StatementId"]),
    ("EventBridge", "PutRuleRequest", &["ScheduleExpression"]),
    ("Firehose", "CreateDeliveryStreamInput", &["ExtendedS3DestinationConfiguration"]),
    ("Firehose", "UpdateDestinationInput", &["ExtendedS3DestinationUpdate"]),
    ("Secrets Manager", "PutSecretValueRequest", &["SecretString"]),
];

/// Returns the members that an example of a structure sets in addition to the required ones.
pub(super) fn members(sdk_id: &str, structure: &str) -> &'static [&'static str] {
    ADDITIONS
        .iter()
        .find(|(service, name, _)| (*service, *name) == (sdk_id, structure))
        .map_or(&[], |(_, _, members)| members)
}
