//! Checks that fuzzing starts from every file of every fixture.

use std::{fs, path::Path};

#[test]
fn every_file_of_every_fixture_is_a_seed() {
    let seeds = fuzz::model::seeds();
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../codegen/fixtures/models");
    let mut files = 0;
    for fixture in fs::read_dir(models).unwrap() {
        let folder = fixture.unwrap().path();
        for file in fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_file() {
                let text = fs::read_to_string(&file).unwrap();
                assert!(seeds.contains(&text.as_str()), "{} is not a seed", file.display());
                files += 1;
            }
        }
    }
    assert!(files > 0);
}
