locals {
  name = "${{ values.name }}"

  tags = {
    service             = local.name
    team                = "${{ values.team }}"
    environment         = var.environment
    cost-centre         = "${{ values.costCentre }}"
    data-classification = "${{ values.dataClassification }}"
    repository          = "${{ values.organisation }}/${{ values.name }}"
  }
}

module "service" {
  source = "git::${{ values.forgeUrl }}/${{ values.organisation }}/platform-infrastructure.git//modules/service?ref=main"

  name        = local.name
  environment = var.environment
  tags        = local.tags
}
