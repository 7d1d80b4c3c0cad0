locals {
  name = "rates"

  tags = {
    service             = local.name
    team                = "checkout"
    environment         = var.environment
    cost-centre         = "CC-4401"
    data-classification = "internal"
    repository          = "acme/rates"
  }
}

module "service" {
  source = "git::https://github.acme.example/acme/platform-infrastructure.git//modules/service?ref=main"

  name        = local.name
  environment = var.environment
  tags        = local.tags
}
