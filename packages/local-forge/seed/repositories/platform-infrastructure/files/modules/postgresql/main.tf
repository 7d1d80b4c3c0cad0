variable "name" { type = string }
variable "environment" { type = string }
variable "engine_version" { type = string }
variable "multi_zone" { type = bool }
variable "secret_name" { type = string }
variable "tags" { type = map(string) }

variable "size" {
  type = string

  validation {
    condition     = contains(["small", "medium", "large"], var.size)
    error_message = "size must be small, medium or large."
  }
}

variable "backup_days" {
  type = number

  validation {
    condition     = var.backup_days >= 7 && var.backup_days <= 35
    error_message = "backup_days must be 7 to 35."
  }
}

output "database" {
  description = "The request that the platform's pipeline carries out. Credentials go into the secret, and nowhere else."
  value = {
    name           = "${var.environment}-${var.name}"
    engine_version = var.engine_version
    size           = var.size
    multi_zone     = var.multi_zone
    backup_days    = var.backup_days
    encrypted      = true
    secret_name    = var.secret_name
    tags           = var.tags
  }
}

output "subnets" {
  description = "Where databases of this environment live."
  value       = var.environment == "production" ? ["10.20.64.0/20"] : ["10.10.64.0/20"]
}
