variable "environment" {
  type        = string
  description = "staging or production"

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "environment must be staging or production."
  }
}

locals {
  database = {
    name           = "@@database@@"
    engine_version = "15"
    size           = var.environment == "production" ? "large" : "small"
    multi_zone     = var.environment == "production"
    backup_days    = 35
    encrypted      = true
  }
}

output "database" {
  description = "The request that the platform's database module reads."
  value       = local.database
}
