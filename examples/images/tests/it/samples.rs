//! Sample images.

use std::fs;

use longshore_images::{Platform, SampleOptions, sample};

use crate::test_layout::{TestLayout, blobs};

fn platforms() -> [Platform; 2] {
    ["linux/amd64", "linux/arm64/v8"].map(|text| text.parse().expect("a platform"))
}

#[test]
fn samples_are_reproducible() {
    let options = SampleOptions::new().platforms(platforms()).layers(3).layer_size(10_000);
    let (one, other) = (TestLayout::sample(&options), TestLayout::sample(&options));
    assert_eq!(blobs(one.path()), blobs(other.path()));
    let again = sample::write(one.path(), &options).expect("written once more");
    assert_eq!(one.layout().entries(), [again]);
}

#[test]
fn a_sample_has_the_requested_layers() {
    let options = SampleOptions::new().platforms(platforms()).layers(3).layer_size(10_000);
    let image =
        TestLayout::sample(&options.name("v1")).layout().select(Some("v1")).expect("an image");
    let layers: Vec<_> =
        image.blobs().iter().filter(|blob| blob.media_type.ends_with(".tar")).collect();
    assert_eq!(layers.len(), 5, "the first layer is the same for both platforms");
    assert!(layers.iter().all(|layer| layer.size == 10_000));
    assert_eq!((image.manifests().len(), image.blobs().len()), (3, 7));
}

#[test]
fn a_sample_for_one_platform_is_not_an_index() {
    let folder = TestLayout::sample(&SampleOptions::new().layers(0));
    let image = folder.layout().select(Some("sample")).expect("an image");
    assert_eq!((image.manifests().len(), image.blobs().len()), (1, 1));
}

#[test]
fn a_sample_does_not_replace_other_images() {
    let folder = TestLayout::sample(&SampleOptions::new().name("v1").layer_size(0));
    sample::write(folder.path(), &SampleOptions::new().name("v2").layers(1)).expect("a sample");
    let layout = folder.layout();
    let names: Vec<_> = layout.entries().iter().map(|entry| entry.name()).collect();
    assert_eq!(names, [Some("v1"), Some("v2")]);
}

/// Checks name, size, checksum and the zeros at the end.
#[test]
fn layers_are_tar_archives() {
    let folder = TestLayout::sample(&SampleOptions::new().layers(1).layer_size(5000));
    let image = folder.layout().select(None).expect("an image");
    let layer = image.blobs().iter().find(|blob| blob.size == 5000).expect("a layer");
    let archive = fs::read(folder.blob_path(layer.digest)).expect("a file");
    assert_eq!(archive.len(), 5000);
    let (head, rest) = archive.split_at(512);
    let text = |from: usize, to: usize| {
        String::from_utf8_lossy(head.get(from..to).expect("in the head")).into_owned()
    };
    assert_eq!(text(0, 23), "sample/0000000000000000");
    assert_eq!(u64::from_str_radix(&text(124, 135), 8), Ok(3072));
    let plain = head.iter().enumerate().filter(|(at, _)| !(148..156).contains(at));
    let sum: u64 = plain.map(|(_, byte)| u64::from(*byte)).sum::<u64>() + 8 * 32;
    assert_eq!(u64::from_str_radix(&text(148, 154), 8), Ok(sum));
    assert_eq!(text(257, 265), "ustar\u{0}00");
    assert!(rest.iter().skip(3072).all(|byte| *byte == 0));
    assert!(rest.iter().take(3072).filter(|byte| **byte == 0).count() < 100);
}
