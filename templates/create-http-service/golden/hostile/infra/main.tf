locals {
  name = "a-name-as-long-as-the-pattern-allows-it-fifty-char"

  tags = {
    service             = local.name
    team                = "checkout"
    environment         = var.environment
    cost-centre         = "CC-4401"
    data-classification = "restricted"
    repository          = "acme/a-name-as-long-as-the-pattern-allows-it-fifty-char"
  }
}

module "service" {
  source = "git::https://github.acme.example/acme/platform-infrastructure.git//modules/service?ref=main"

  name        = local.name
  environment = var.environment
  tags        = local.tags
}
