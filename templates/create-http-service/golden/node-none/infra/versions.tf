terraform {
  required_version = ">= 1.9.0"

  # Bucket, key and region come from the pipeline: -backend-config.
  backend "s3" {}
}
