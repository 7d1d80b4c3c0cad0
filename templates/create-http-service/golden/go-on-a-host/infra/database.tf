module "database" {
  source = "git::https://github.acme.example/acme/platform-infrastructure.git//modules/postgresql?ref=main"

  name           = local.name
  environment    = var.environment
  engine_version = "17"
  size           = var.environment == "production" ? "medium" : "small"
  multi_zone     = var.environment == "production"
  backup_days    = var.environment == "production" ? 35 : 7
  # Into the namespace of the service, with the key `url`: what the pods read as DATABASE_URL.
  secret_name = "${local.name}-database"
  tags        = local.tags
}

output "database" {
  description = "The instance, without credentials."
  value       = module.database.database
}

output "database_subnets" {
  description = "For database.cidrs in the values of the chart."
  value       = module.database.subnets
}
