//! The ARN functions of the endpoint rules.

/// The parts of an Amazon Resource Name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arn<'a> {
    partition: &'a str,
    service: &'a str,
    region: &'a str,
    account_id: &'a str,
    resource_id: Vec<&'a str>,
}

impl<'a> Arn<'a> {
    /// Returns the partition, for example `aws`.
    #[must_use]
    pub fn partition(&self) -> &'a str {
        self.partition
    }

    /// Returns the service, for example `ecr`.
    #[must_use]
    pub fn service(&self) -> &'a str {
        self.service
    }

    /// Returns the region, or an empty string for a resource without one.
    #[must_use]
    pub fn region(&self) -> &'a str {
        self.region
    }

    /// Returns the account id, or an empty string for a resource without one.
    #[must_use]
    pub fn account_id(&self) -> &'a str {
        self.account_id
    }

    /// Returns the parts of the resource id, which are separated by `:` or `/`.
    #[must_use]
    pub fn resource_id(&self) -> &[&'a str] {
        &self.resource_id
    }
}

/// Parses an ARN (`aws.parseArn`). Returns `None` if the text is not an ARN, or if partition,
/// service or resource are empty.
#[must_use]
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
    let mut next = || parts.next();
    let (partition, service, region, account_id, resource) =
        (next()?, next()?, next()?, next()?, next()?);
    if partition.is_empty() || service.is_empty() || resource.is_empty() {
        return None;
    }
    let resource_id = resource.split([':', '/']).collect();
    Some(Arn { partition, service, region, account_id, resource_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_parsed() {
        let table: [(&str, [&str; 4], &[&str]); 6] = [
            (
                "arn:aws:sns:us-west-2:012345678910:topic",
                ["aws", "sns", "us-west-2", "012345678910"],
                &["topic"],
            ),
            (
                "arn:aws:ec2:us-east-1:012345678910:vpc/vpc-0",
                ["aws", "ec2", "us-east-1", "012345678910"],
                &["vpc", "vpc-0"],
            ),
            (
                "arn:aws:iam::012345678910:user/johndoe",
                ["aws", "iam", "", "012345678910"],
                &["user", "johndoe"],
            ),
            ("arn:aws:s3:::bucket_name", ["aws", "s3", "", ""], &["bucket_name"]),
            ("arn:aws-cn:s3:r:a:a/b:c/d", ["aws-cn", "s3", "r", "a"], &["a", "b", "c", "d"]),
            ("arn:aws:s3::::/", ["aws", "s3", "", ""], &["", "", ""]),
        ];
        for (text, parts, resource) in table {
            let arn = parse_arn(text).expect(text);
            let found = [arn.partition(), arn.service(), arn.region(), arn.account_id()];
            assert_eq!(found, parts, "{text}");
            assert_eq!(arn.resource_id(), resource, "{text}");
        }
    }

    #[test]
    fn invalid_arns_are_none() {
        let table = [
            "",
            "arn",
            "arn:",
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:s3::bucket",
            "arn::s3:::bucket",
            "arn:aws::::bucket",
            "arn:aws:s3:::",
            "ARN:aws:s3:::bucket",
            "ärn:aws:s3:::bucket",
        ];
        for text in table {
            assert_eq!(parse_arn(text), None, "{text}");
        }
    }
}
