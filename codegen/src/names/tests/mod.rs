//! Tests each rule, and odd texts that no rule covers.

mod scope;

use quote::ToTokens;

use super::{
    items::{DEVICES, SHADOWED_IN_CLIENTS, SHADOWED_TYPES},
    *,
};

type Make = fn(&str) -> Ident;

fn check(make: Make, rows: &[(&str, &str)]) {
    for (wire, expected) in rows {
        assert_eq!(make(wire).to_string(), *expected, "for {wire:?}");
    }
}

#[test]
fn types_keep_the_model_s_name() {
    check(
        type_name,
        &[
            ("PutImageRequest", "PutImageRequest"),
            ("CVSSScore", "CVSSScore"),
            ("imageTag", "ImageTag"),
            ("snake_case_name", "SnakeCaseName"),
            ("Foo_2", "Foo2"),
            ("TLS1_2", "TLS1_2"),
            ("__listOfThings", "ListOfThings"),
            ("3DModel", "_3DModel"),
            ("type", "Type"),
            ("a/b", "AB"),
            ("Übung", "U00dcBung"),
            ("", "Empty"),
            ("_", "Underscore"),
        ],
    );
}

#[test]
fn types_do_not_shadow_names_of_generated_code() {
    for name in SHADOWED_TYPES {
        assert_eq!(type_name(name).to_string(), format!("{name}Shape"));
    }
    assert_eq!(type_name("option").as_str(), "OptionShape");
    assert_eq!(type_name("Options").as_str(), "Options");
    // Macros are in a different namespace than types, and items of the runtime are named by their
    // paths.
    for free in ["Operation", "Debug", "Clone", "PartialEq", "Send", "Some", "Ok", "Err", "Type"] {
        assert_eq!(type_name(free).as_str(), free);
    }
    assert!(SHADOWED_TYPES.is_sorted());
    assert_eq!(type_name("Error").as_str(), "Error");
    assert_eq!(operation_type("Error").as_str(), "ErrorShape");
    assert_eq!(operation_type("asRef").as_str(), "AsRefShape");
    assert_eq!(operation_type("Debug").as_str(), "DebugShape");
    assert!(SHADOWED_IN_CLIENTS.is_sorted());
    assert_eq!(operation_type("Result").as_str(), "ResultShape");
}

#[test]
fn fields_are_snake_case() {
    check(
        field,
        &[
            ("repositoryName", "repository_name"),
            ("RepositoryName", "repository_name"),
            ("already_snake", "already_snake"),
            ("kebab-case", "kebab_case"),
            ("with.dots/and slashes", "with_dots_and_slashes"),
            ("_private", "private"),
            ("2fa", "_2fa"),
            ("", "empty"),
            ("größe", "gr_u00f6_u00df_e"),
        ],
    );
}

#[test]
fn acronyms_are_words() {
    check(
        field,
        &[
            ("IPAddress", "ip_address"),
            ("isPTCRuleValid", "is_ptc_rule_valid"),
            ("imageIDs", "image_ids"),
            ("imageIDsToDelete", "image_ids_to_delete"),
            ("ARNs", "arns"),
            ("listOfARNs", "list_of_arns"),
            ("VPCsInUse", "vpcs_in_use"),
            ("IPv6", "ipv6"),
            ("IPv4Addresses", "ipv4_addresses"),
            ("ipv6Addresses", "ipv6_addresses"),
            ("assignIPv6Address", "assign_ipv6_address"),
            ("VPCIPv6Cidr", "vpc_ipv6_cidr"),
            ("TLSv1_2", "tls_v1_2"),
            ("minTLSv1", "min_tls_v1"),
            ("SSLv3Enabled", "ssl_v3_enabled"),
            ("vCPU", "vcpu"),
            ("vCPUs", "vcpus"),
            ("max_vCPUCount", "max_vcpu_count"),
            ("cpuVCPUs", "cpu_vcpus"),
            ("AES256", "aes256"),
            ("EC2InstanceId", "ec2_instance_id"),
            ("S3Bucket", "s3_bucket"),
            ("sha256Digest", "sha256_digest"),
            ("eTag", "e_tag"),
            ("A", "a"),
            ("As", "r#as"),
            ("URLs", "urls"),
            ("VPCId", "vpc_id"),
            ("S3Uri", "s3_uri"),
            ("DBInstance", "db_instance"),
            ("DBInstances", "db_instances"),
            ("KMSKeyARN", "kms_key_arn"),
            ("oAuth2Token", "o_auth2_token"),
        ],
    );
}

#[test]
fn fields_may_be_keywords() {
    for keyword in RAW {
        assert_eq!(field(keyword).to_string(), format!("r#{keyword}"));
        assert_eq!(method(keyword).to_string(), format!("r#{keyword}"));
        assert_eq!(field(keyword).as_str(), keyword);
        assert_eq!(module(keyword).to_string(), format!("{keyword}_"));
    }
    for keyword in ["self", "super", "crate", "Self"] {
        let expected = format!("{}_", keyword.to_lowercase());
        for make in [field, method, module] {
            assert_eq!(make(keyword).to_string(), expected);
        }
    }
    for weak in ["union", "raw", "safe", "auto", "macro_rules"] {
        for make in [field, method, module] {
            assert_eq!(make(weak).to_string(), weak);
        }
    }
}

/// Strict keywords of every edition, then the reserved ones.
const RAW: [&str; 48] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "false",
    "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
    "return", "static", "struct", "trait", "true", "type", "unsafe", "use", "where", "while",
    //
    "abstract", "become", "box", "do", "final", "gen", "macro", "override", "priv", "try", "typeof",
    "unsized", "virtual", "yield",
];

#[test]
fn fields_and_methods_do_not_collide_with_generated_functions() {
    check(
        field,
        &[
            ("new", "new_"),
            ("Clone", "clone_"),
            ("validate", "validate_"),
            ("ValidateWith", "validate_with_"),
            ("default", "default_"),
        ],
    );
    // Generated code never uses these without a path.
    for free in ["fmt", "eq", "into", "from", "check", "write", "read", "empty", "value", "hash"] {
        assert_eq!(field(free).to_string(), free);
    }
    check(
        constructor,
        &[
            ("S", "s"),
            ("SS", "ss"),
            ("NULL", "null"),
            ("From", "from_"),
            ("Clone", "clone_"),
            ("_1", "value_1"),
        ],
    );
    check(method, &[("New", "new_"), ("Clone", "clone_"), ("AsRef", "as_ref_")]);
    check(method, &[("Validate", "validate"), ("Call", "call"), ("Wait", "wait")]);
    check(method, &[("PutImage", "put_image"), ("GetSSHKeys", "get_ssh_keys")]);
}

#[test]
fn modules_are_file_names() {
    check(
        module,
        &[
            ("PutImageRequest", "put_image_request"),
            ("ECR PUBLIC", "ecr_public"),
            ("ecr-public", "ecr_public"),
            ("Mod", "mod_"),
            ("Aux", "aux_"),
            ("COM1", "com1_"),
            ("../x", "x"),
            ("CVSSScore", "cvss_score"),
            ("", "empty"),
        ],
    );
    for device in DEVICES {
        assert_eq!(module(device).as_str(), format!("{device}_"));
    }
}

#[test]
fn variants_are_upper_camel_case() {
    check(
        variant,
        &[
            ("TAGGED", "Tagged"),
            ("IMMUTABLE_WITH_EXCLUSION", "ImmutableWithExclusion"),
            ("CPUUtilization", "CpuUtilization"),
            ("Megabytes/Second", "MegabytesSecond"),
            ("TLSv1.2_2018", "TlsV1_2_2018"),
            ("Instance.Timeout", "InstanceTimeout"),
            ("us-east-1", "UsEast1"),
            ("AES256", "Aes256"),
            ("KMS_DSSE", "KmsDsse"),
            (" x86_64", "X86_64"),
            ("1.12", "_1_12"),
            ("11.2", "_11_2"),
            ("2018", "_2018"),
            ("UTC-1", "Utc1"),
            ("UTC+1", "UtcPlus1"),
            ("c++", "CPlusPlus"),
            ("-1", "Minus1"),
            ("+1", "Plus1"),
            ("1", "_1"),
            ("Self", "Self_"),
            ("self", "Self_"),
            ("None", "None"),
            ("Default", "Default"),
            ("VALUES", "Values"),
            ("other", "Other"),
            ("unknown", "Unknown"),
            ("UNRECOGNIZED", "UnrecognizedValue"),
            ("Unrecognized", "UnrecognizedValue"),
            ("Zürich", "ZU00fcRich"),
            ("日本", "U65e5U672c"),
            ("", "Empty"),
            (" ", "Space"),
            ("*", "Star"),
            (">=", "GreaterEqual"),
            ("_", "Underscore"),
            ("--", "MinusMinus"),
            ("\u{7}", "U0007"),
        ],
    );
}

#[test]
fn variants_of_unions_are_upper_camel_case() {
    check(
        union_variant,
        &[
            ("stringValue", "StringValue"),
            ("S3Location", "S3Location"),
            ("s3Uri", "S3Uri"),
            ("SSEConfig", "SseConfig"),
            ("NS", "Ns"),
            ("i32", "I32"),
            ("__type", "Type"),
            ("self", "Self_"),
            ("unknown", "Unknown"),
            ("unrecognized", "UnrecognizedMember"),
            ("UNRECOGNIZED", "UnrecognizedMember"),
        ],
    );
}

#[test]
fn error_variants_have_the_names_of_their_exceptions() {
    check(
        error_variant,
        &[
            ("ImageNotFoundException", "ImageNotFoundException"),
            ("serverError", "ServerError"),
            ("Unmodeled", "UnmodeledException"),
            ("Error", "Error"),
            ("Self", "Self_"),
        ],
    );
}

#[test]
fn every_ascii_symbol_has_a_name() {
    for symbol in (' '..='~').filter(|c| !c.is_ascii_alphanumeric()) {
        let name = variant(&symbol.to_string());
        assert!(!name.as_str().starts_with("U00"), "{symbol:?} is {name}");
    }
}

#[test]
fn a_rename_is_more_than_case() {
    for wire in ["imageTag", "IPv6", "already_snake", "TLSv1_2", "vCPUs"] {
        assert!(!is_renamed(wire, &field(wire)), "{wire}");
    }
    assert!(!is_renamed("TAGGED", &variant("TAGGED")));
    for wire in ["type", "new", "2fa", "self", "a.b"] {
        assert!(is_renamed(wire, &field(wire)), "{wire}");
    }
    assert!(is_renamed("us-east-1", &variant("us-east-1")));
    assert!(is_renamed("Option", &type_name("Option")));
    assert!(is_renamed("Unrecognized", &variant("Unrecognized")));
}

#[test]
fn any_text_becomes_an_identifier() {
    for text in odd_texts() {
        let makers =
            [type_name, field, method, module, variant, union_variant, constructor, error_variant];
        for make in makers {
            let name = make(&text);
            let parsed = syn::parse_str::<syn::Ident>(&name.to_string());
            assert!(parsed.is_ok(), "{text:?} became {name}");
            assert_eq!(name.to_token_stream().to_string(), name.to_string());
            assert_eq!(make(&text), name);
        }
        assert!(!module(&text).is_raw(), "{text:?}");
        assert_ne!(constructor(&text), union_variant(&text), "{text:?}");
    }
}

/// Every short string over an alphabet of characters that rules treat specially, every keyword in
/// several letter cases, and some long strings.
fn odd_texts() -> Vec<String> {
    let alphabet = ["", "a", "v", "s", "I", "P", "_", "0", "1", "-", ".", " ", "é", "²", "\u{301}"];
    let mut texts: Vec<String> = vec![String::new()];
    for _ in 0..3 {
        texts =
            alphabet.iter().flat_map(|c| texts.iter().map(move |t| format!("{c}{t}"))).collect();
        texts.sort();
        texts.dedup();
    }
    let words = RAW.into_iter().chain(["self", "Self", "super", "crate", "union", "Unmodeled"]);
    for word in words {
        let upper = word.to_uppercase();
        texts.extend([word.to_owned(), format!("_{word}"), format!("{word}_"), upper]);
    }
    texts.extend(
        ["\0", "\n", "r#type", "'static", "🦀", "\u{202e}", "::", "a::b", "//"].map(Into::into),
    );
    texts.push("LongName".repeat(1000));
    texts
}

#[test]
fn services_leave_the_names_that_cargo_and_rust_know() {
    check(
        service,
        &[
            ("ECR PUBLIC", "ecr_public"),
            ("Lib", "lib_"),
            ("main", "main_"),
            ("Default", "default_"),
            ("Blocking", "blocking_"),
            ("Testing", "testing"),
            ("Longshore Runtime", "longshore_runtime_"),
            ("3D", "_3d"),
            ("type", "type_"),
        ],
    );
}

#[test]
fn a_type_never_has_the_name_of_its_module() {
    for wire in ["_1", "1", "", "__"] {
        let name = type_name(wire);
        assert_ne!(name.as_str(), module(name.as_str()).as_str(), "{wire:?}");
    }
}

#[test]
fn methods_for_pages_and_waiters_have_fixed_affixes() {
    check(pages, &[("DescribeImages", "describe_images_pages"), ("Type", "type_pages")]);
    check(
        waiter,
        &[("ImageScanComplete", "wait_until_image_scan_complete"), ("", "wait_until_empty")],
    );
    check(
        constant,
        &[("ImageScanComplete", "IMAGE_SCAN_COMPLETE"), ("type", "TYPE"), ("3D", "_3D")],
    );
}
