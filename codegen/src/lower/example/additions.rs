//! Lists members that services require although their models do not, and strings whose format the
//! models do not state, so that examples contain them.
//!
//! A model cannot say that one of several members is required, or that a member is required if
//! another one has a certain value.

/// The additional members: SDK ID, structure, members.
const ADDITIONS: [(&str, &str, &[&str]); 32] = [
    ("ACM", "PutAccountConfigurationRequest", &["ExpiryEvents"]),
    ("Budgets", "Budget", &["BudgetLimit"]),
    ("CloudWatch", "GetMetricStatisticsInput", &["Statistics"]),
    ("CloudWatch", "MetricDataQuery", &["MetricStat"]),
    ("CodeBuild", "ProjectSource", &["location"]),
    ("CodeDeploy", "CreateDeploymentInput", &["deploymentGroupName"]),
    ("Config Service", "AccountAggregationSource", &["AllAwsRegions"]),
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
    ("Glue", "CreateSchemaInput", &["Compatibility", "SchemaDefinition"]),
    ("Glue", "GetSchemaVersionInput", &["SchemaVersionId"]),
    ("Glue", "PutSchemaVersionMetadataInput", &["SchemaVersionId"]),
    ("KMS", "DecryptRequest", &["CiphertextBlob"]),
    ("SSM", "PutParameterRequest", &["Type"]),
    ("SWF", "ListClosedWorkflowExecutionsInput", &["startTimeFilter"]),
    ("SageMaker", "CreateModelPackageInput", &["ModelPackageGroupName"]),
    ("SageMaker", "CreatePipelineRequest", &["PipelineDefinition"]),
    ("SageMaker", "ProductionVariant", &["ModelName", "InitialInstanceCount", "InstanceType"]),
    ("Secrets Manager", "PutSecretValueRequest", &["SecretString"]),
    ("Service Catalog", "DescribeProductInput", &["Id"]),
    ("Transcribe", "CreateVocabularyRequest", &["Phrases"]),
    ("WAFV2", "GetRuleGroupRequest", &["Name", "Scope", "Id"]),
    ("WAFV2", "GetWebACLRequest", &["Name", "Scope", "Id"]),
    ("identitystore", "CreateUserRequest", &["UserName", "DisplayName", "Name"]),
];

/// Strings whose format the model does not state: SDK ID, structure, member, string.
const TEXTS: [(&str, &str, &str, &str); 10] = [
    ("ECS", "DeregisterTaskDefinitionRequest", "taskDefinition", "my-task:1"),
    ("EventBridge", "PutPermissionRequest", "Action", "events:PutEvents"),
    (
        "EventBridge",
        "ReplayDestination",
        "Arn",
        "arn:aws:events:us-east-1:123456789012:event-bus/default",
    ),
    ("Glue", "CreateSchemaInput", "SchemaDefinition", "\"string\""),
    ("KMS", "CreateAliasRequest", "AliasName", "alias/example"),
    ("KMS", "DeleteAliasRequest", "AliasName", "alias/example"),
    ("KMS", "UpdateAliasRequest", "AliasName", "alias/example"),
    ("Route 53 Domains", "Nameserver", "Name", "ns.example.com"),
    ("SageMaker", "CreatePipelineRequest", "PipelineDefinition", "{}"),
    (
        "Shield",
        "CreateProtectionRequest",
        "ResourceArn",
        "arn:aws:cloudfront::123456789012:distribution/EXAMPLE",
    ),
];

/// Returns the members that an example of a structure sets in addition to the required ones.
pub(super) fn members(sdk_id: &str, structure: &str) -> &'static [&'static str] {
    ADDITIONS
        .iter()
        .find(|(service, name, _)| (*service, *name) == (sdk_id, structure))
        .map_or(&[], |(_, _, members)| members)
}

/// Returns the string for a member in examples of a structure, if there is one.
pub(super) fn text(sdk_id: &str, structure: &str, member: &str) -> Option<&'static str> {
    TEXTS
        .iter()
        .find(|(service, name, field, _)| (*service, *name, *field) == (sdk_id, structure, member))
        .map(|(.., text)| *text)
}
