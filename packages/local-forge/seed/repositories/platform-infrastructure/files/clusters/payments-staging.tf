module "payments_staging" {
  source     = "../modules/cluster"
  name       = "payments-staging"
  region     = "eu-west-3"
  node_pools = { general = 3 }
}
