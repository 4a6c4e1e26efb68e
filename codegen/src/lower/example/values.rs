//! Lists values of members whose format or allowed values the models do not state.

use crate::ir::{Literal, Type, TypeDefinitions, value::Value};

/// Values of members of one structure: SDK ID, structure, member, value as text.
const OF_STRUCTURES: [(&str, &str, &str, &str); 28] = [
    ("Auto Scaling", "SetInstanceHealthQuery", "HealthStatus", "Unhealthy"),
    ("Batch", "ContainerProperties", "memory", "512"),
    ("CodeBuild", "ProjectArtifacts", "type", "NO_ARTIFACTS"),
    (
        "CodeBuild",
        "ProjectSource",
        "location",
        "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/example",
    ),
    (
        "Cognito Identity Provider",
        "AdminInitiateAuthRequest",
        "AuthFlow",
        "ADMIN_USER_PASSWORD_AUTH",
    ),
    ("Cognito Identity Provider", "InitiateAuthRequest", "AuthFlow", "USER_PASSWORD_AUTH"),
    ("ECS", "DeregisterTaskDefinitionRequest", "taskDefinition", "my-task:1"),
    ("EMR Serverless", "CreateApplicationRequest", "type", "SPARK"),
    ("EMR containers", "CancelJobRunRequest", "id", "0000000abcdefghij12"),
    ("EMR containers", "DescribeJobRunRequest", "id", "0000000abcdefghij12"),
    ("Elastic Load Balancing", "HealthCheck", "Target", "HTTP:80/"),
    ("EventBridge", "PutPermissionRequest", "Action", "events:PutEvents"),
    (
        "EventBridge",
        "ReplayDestination",
        "Arn",
        "arn:aws:events:us-east-1:123456789012:event-bus/default",
    ),
    ("Glue", "CreateSchemaInput", "SchemaDefinition", r#""string""#),
    (
        "Glue",
        "SchemaId",
        "SchemaArn",
        "arn:aws:glue:us-east-1:123456789012:schema/my-registry/my-schema",
    ),
    (
        "Lambda",
        "CreateEventSourceMappingRequest",
        "EventSourceArn",
        "arn:aws:sqs:us-east-1:123456789012:example",
    ),
    ("RDS", "CreateDBClusterMessage", "Engine", "aurora-mysql"),
    ("RDS", "CreateGlobalClusterMessage", "Engine", "aurora-mysql"),
    (
        "Resource Groups",
        "ResourceQuery",
        "Query",
        r#"{"ResourceTypeFilters":["AWS::AllSupported"],"TagFilters":[{"Key":"team","Values":["blue"]}]}"#,
    ),
    ("Route 53 Domains", "Nameserver", "Name", "ns.example.com"),
    ("SFN", "RoutingConfigurationListItem", "weight", "100"),
    ("SNS", "SetSubscriptionAttributesInput", "AttributeName", "RawMessageDelivery"),
    ("SNS", "SetSubscriptionAttributesInput", "AttributeValue", "true"),
    ("SNS", "SetTopicAttributesInput", "AttributeName", "DisplayName"),
    ("SSM", "CreateDocumentRequest", "Content", r#"{"schemaVersion":"2.2","mainSteps":[]}"#),
    ("SSM", "CreateDocumentRequest", "DocumentType", "Command"),
    ("SageMaker", "CreatePipelineRequest", "PipelineDefinition", "{}"),
    (
        "Shield",
        "CreateProtectionRequest",
        "ResourceArn",
        "arn:aws:cloudfront::123456789012:distribution/EXAMPLE",
    ),
];

/// Values of members of any structure of a service: SDK ID, member, value as text.
const OF_SERVICES: [(&str, &str, &str); 37] = [
    ("API Gateway", "resourceArn", "arn:aws:apigateway:us-east-1::/restapis/example"),
    ("Application Auto Scaling", "ResourceId", "service/default/example"),
    ("CodeBuild", "id", "example:4b9e1f0c-6a0d-4c7e-9d51-2f1d1f0f3a11"),
    ("CodeBuild", "ids", "example:4b9e1f0c-6a0d-4c7e-9d51-2f1d1f0f3a11"),
    ("DynamoDB", "Statement", r#"SELECT * FROM "example""#),
    (
        "DynamoDB Streams",
        "StreamArn",
        "arn:aws:dynamodb:us-east-1:123456789012:table/example/stream/2026-01-01T00:00:00.000",
    ),
    ("ECS", "resourceArn", "arn:aws:ecs:us-east-1:123456789012:cluster/example"),
    ("EMR Serverless", "releaseLabel", "emr-7.0.0"),
    ("ElastiCache", "CacheNodeType", "cache.t3.micro"),
    ("ElastiCache", "Engine", "redis"),
    ("ElastiCache", "ResourceName", "arn:aws:elasticache:us-east-1:123456789012:cluster:example"),
    ("IAM", "AWSServiceName", "elasticbeanstalk.amazonaws.com"),
    (
        "IAM",
        "AssumeRolePolicyDocument",
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#,
    ),
    (
        "IAM",
        "PolicyDocument",
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}"#,
    ),
    ("KMS", "AliasName", "alias/example"),
    ("Kinesis", "RetentionPeriodHours", "48"),
    ("ManagedBlockchain", "FrameworkVersion", "1.2"),
    ("Neptune", "DBInstanceClass", "db.t3.medium"),
    ("Neptune", "Engine", "neptune"),
    ("Neptune", "ResourceName", "arn:aws:rds:us-east-1:123456789012:cluster:example"),
    ("Organizations", "ServicePrincipal", "config-multiaccountsetup.amazonaws.com"),
    ("RDS", "DBInstanceClass", "db.t3.micro"),
    ("RDS", "Engine", "mysql"),
    ("RDS", "EngineName", "mysql"),
    ("RDS", "MajorEngineVersion", "8.0"),
    ("RDS", "ResourceName", "arn:aws:rds:us-east-1:123456789012:db:example"),
    ("RDS", "SourceArn", "arn:aws:rds:us-east-1:123456789012:snapshot:example"),
    ("SES", "Destinations", "user@example.com"),
    ("SES", "Source", "sender@example.com"),
    ("SES", "ToAddresses", "user@example.com"),
    ("SESv2", "FromEmailAddress", "sender@example.com"),
    ("SESv2", "ToAddresses", "user@example.com"),
    ("SFN", "executionArn", "arn:aws:states:us-east-1:123456789012:execution:example:first"),
    (
        "SFN",
        "stateMachineAliasArn",
        "arn:aws:states:us-east-1:123456789012:stateMachine:example:live",
    ),
    ("SFN", "stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:example"),
    (
        "SFN",
        "stateMachineVersionArn",
        "arn:aws:states:us-east-1:123456789012:stateMachine:example:1",
    ),
    ("SageMaker", "ResourceArn", "arn:aws:sagemaker:us-east-1:123456789012:model/example"),
];

/// Returns the value of a member in examples of a structure, if a table has one that fits its type.
pub(super) fn value(
    types: &TypeDefinitions,
    sdk_id: &str,
    structure: &str,
    member: &str,
    ty: &Type,
) -> Option<Value> {
    let of_structure = OF_STRUCTURES
        .iter()
        .find(|(service, name, field, _)| (*service, *name, *field) == (sdk_id, structure, member))
        .map(|(.., text)| *text);
    let of_service = || {
        OF_SERVICES
            .iter()
            .find(|(service, field, _)| (*service, *field) == (sdk_id, member))
            .map(|(.., text)| *text)
    };
    parse(types, ty, of_structure.or_else(of_service)?)
}

/// Converts a text to a value of a type; a list gets one element.
fn parse(types: &TypeDefinitions, ty: &Type, text: &str) -> Option<Value> {
    Some(match ty {
        Type::String => Value::Plain(Literal::Text(text.to_owned())),
        Type::I8 | Type::I16 | Type::I32 | Type::I64 => {
            Value::Plain(Literal::Integer(text.parse().ok()?))
        }
        Type::Enum(name) => {
            let shape = types.enums.iter().find(|shape| shape.name == *name)?;
            let variant = shape.variants.iter().find(|variant| variant.wire == text)?;
            Value::Enum(name.clone(), Ok(variant.name.clone()))
        }
        Type::List { element, .. } => Value::List(vec![Some(parse(types, element, text)?)]),
        _ => return None,
    })
}
