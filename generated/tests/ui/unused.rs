//! Values without an effect cause warnings if they are unused. Only a response may be ignored.

use longshore::{
    Config, RetryConfig,
    ecr::{
        Client,
        operation::{ListImagesRequest, PutImageRequest},
        types::{Image, TagStatus},
    },
};

async fn calls(client: &Client, request: &PutImageRequest) {
    client.put_image(request); //~
    client.put_image(request).await; //~
    client.list_images_pages(ListImagesRequest::new("repo")); //~
    client.list_images_pages(ListImagesRequest::new("repo")).items(); //~
    client.put_image(request).await.unwrap();
}

fn main() {
    let _ = calls;
    PutImageRequest::new("repo", "manifest"); //~
    PutImageRequest::new("repo", "manifest").image_tag("v1"); //~
    Image::new(); //~
    Image::new().repository_name("repo"); //~
    TagStatus::Tagged.as_str(); //~
    RetryConfig::standard().max_attempts(1); //~
    Config::builder().region("eu-west-1"); //~
    Config::builder().build(); //~
    Client::new(&Config::builder().build()); //~
}
