//! Copies images to and from the registry of `longshore-testing` with docker; run by
//! `cargo xtask e2e`. docker uses the distribution API, and the library uses the API of Amazon ECR.

use std::fs;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

use crate::test_layout::{TestLayout, blobs};
use crate::test_registry::TestRegistry;

/// Runs docker with a configuration of its own. Removes the image from the daemon when dropped.
struct Docker {
    host: String,
    config: TempDir,
    /// The name of the image, which contains the port of the registry, so that tests don't share it.
    image: String,
}

impl Docker {
    fn new(registry: &TestRegistry) -> Self {
        let host = registry.registry.url().replace("http://", "");
        let image = format!("{host}/team/app:v1");
        Self { host, config: tempdir().expect("a folder"), image }
    }

    /// Logs in with a password.
    fn log_in(&self, password: &str) -> Output {
        self.output(&["login", "--username", "AWS", "--password", password, &self.host])
    }

    /// Creates the image from a tar archive with one file.
    #[track_caller]
    fn import(&self) {
        let folder = tempdir().expect("a folder");
        let archive = folder.path().join("files.tar");
        fs::write(folder.path().join("file"), "content").expect("a file");
        let mut tar = Command::new("tar");
        tar.arg("-cf").arg(&archive).arg("-C").arg(folder.path()).arg("file");
        assert!(tar.status().expect("tar is installed").success());
        let archive = archive.to_str().expect("UTF-8");
        self.run(&["import", archive, &self.image]);
    }

    /// The ID of the image in the daemon, which is the digest of its configuration.
    #[track_caller]
    fn image_id(&self) -> String {
        self.run(&["image", "inspect", "--format", "{{.Id}}", &self.image])
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.output(arguments);
        assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).expect("UTF-8").trim().to_owned()
    }

    fn output(&self, arguments: &[&str]) -> Output {
        let mut docker = Command::new("docker");
        docker.arg("--config").arg(self.config.path()).args(arguments).stdin(Stdio::null());
        docker.output().expect("docker is installed")
    }
}

impl Drop for Docker {
    fn drop(&mut self) {
        self.output(&["image", "rm", "--force", &self.image]);
    }
}

#[tokio::test]
#[ignore = "needs docker: run `cargo xtask e2e`"]
async fn docker_pushes_what_pull_pulls_and_pulls_what_push_pushes() {
    let registry = TestRegistry::new().await;
    let docker = Docker::new(&registry);
    docker.log_in(&registry.registry.login_password());
    docker.import();
    let id = docker.image_id();
    docker.run(&["push", &docker.image]);

    let pushed = tempdir().expect("a folder");
    registry.pull("team/app:v1", pushed.path()).await.expect("pulled");
    let names = blobs(pushed.path()).into_iter().map(|(name, _)| format!("sha256:{name}"));
    assert!(names.collect::<Vec<_>>().contains(&id), "the configuration is one of the blobs");

    // The daemon would not pull layers that it has.
    drop(docker);
    let other = TestRegistry::new().await;
    other.push(&TestLayout::existing(pushed), "team/app:v1").await.expect("pushed");
    let docker = Docker::new(&other);
    docker.log_in(&other.registry.login_password());
    docker.run(&["pull", &docker.image]);
    assert_eq!(docker.image_id(), id);
}

#[tokio::test]
#[ignore = "needs docker: run `cargo xtask e2e`"]
async fn docker_needs_a_password_of_the_registry() {
    let registry = TestRegistry::new().await;
    let docker = Docker::new(&registry);
    assert!(!docker.log_in("wrong").status.success());
    let Output { status, stderr, .. } = docker.output(&["pull", &docker.image]);
    assert!(!status.success());
    let text = String::from_utf8_lossy(&stderr);
    assert!(text.contains("no basic auth credentials"), "{text}");
}
