variable "name" { type = string }
variable "environment" { type = string }
variable "producer" { type = string }
variable "retention_days" { type = number }
variable "replicas" { type = number }
variable "min_in_sync_replica" { type = number }
variable "tags" { type = map(string) }

variable "partitions" {
  type        = number
  description = "Only grows: keys move between partitions when it does."

  validation {
    condition     = var.partitions >= 1 && var.partitions <= 48
    error_message = "partitions must be 1 to 48."
  }
}

output "topic" {
  value = {
    name                = var.name
    environment         = var.environment
    partitions          = var.partitions
    retention_days      = var.retention_days
    replicas            = var.replicas
    min_in_sync_replica = var.min_in_sync_replica
    writers             = [var.producer]
    tags                = var.tags
  }
}
