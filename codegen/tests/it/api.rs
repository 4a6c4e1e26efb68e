//! Describes the API of a client as text and compares it with the generated source.

use std::path::Path;

use longshore_codegen::{
    api::{Api, Direction, TypeKind},
    read::read_model,
};

fn ecr() -> Api {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/ecr");
    Api::of(&read_model(&[folder]).unwrap()).unwrap()
}

#[test]
fn an_operation_has_methods_structures_and_errors() {
    let api = ecr();
    assert_eq!((api.module.as_str(), api.facts["sdkId"].as_str()), ("ecr", "ECR"));
    let operation = &api.operations["PutImage"];
    let call = &operation.methods["call"];
    assert_eq!(call.name, "put_image");
    assert_eq!(call.signature, "fn(&operation::PutImageRequest) -> operation::PutImageResponse");
    let fields: Vec<_> = operation.request.members.iter().map(|m| (&*m.name, &*m.ty)).collect();
    assert_eq!(fields[0], ("registry_id", "Option<String>"));
    assert!(fields.contains(&("repository_name", "String")));
    let arguments = operation.request.members.iter().filter(|member| member.argument);
    let arguments: Vec<_> = arguments.map(|member| member.wire.as_str()).collect();
    assert_eq!(arguments, ["repositoryName", "imageManifest"]);
    let error = operation.error.members.iter().find(|m| m.wire == "LayersNotFoundException");
    assert_eq!(error.unwrap().ty, "exception::LayersNotFoundException");
    let pages = &api.operations["ListImages"].methods["pages"];
    assert_eq!(pages.name, "list_images_pages");
    assert_eq!(pages.signature, "pages by String, items in Vec<types::ImageIdentifier>");
    let scan = &api.operations["DescribeImageScanFindings"].methods;
    assert_eq!(scan["waiter ImageScanComplete"].name, "wait_until_image_scan_complete");
}

#[test]
fn types_have_the_names_that_callers_use() {
    let api = ecr();
    let image = &api.types["Image"];
    assert_eq!(
        (&*image.name, image.kind),
        ("types::Image", TypeKind::Structure(Direction::Received))
    );
    let id = image.members.iter().find(|member| member.wire == "imageId").unwrap();
    assert_eq!((&*id.name, &*id.ty), ("image_id", "Option<types::ImageIdentifier>"));
    let id = &api.types["ImageIdentifier"];
    assert_eq!(id.kind, TypeKind::Structure(Direction::Both));
    let status = &api.types["ScanStatus"];
    assert_eq!(status.kind, TypeKind::Enum);
    assert!(status.members.iter().any(|m| (&*m.wire, &*m.name) == ("IN_PROGRESS", "InProgress")));
    let exception = &api.types["KmsException"];
    assert_eq!(exception.name, "exception::KmsException");
}
