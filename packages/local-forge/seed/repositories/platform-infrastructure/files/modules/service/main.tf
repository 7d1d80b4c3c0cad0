variable "name" { type = string }
variable "environment" { type = string }
variable "tags" { type = map(string) }

output "service" {
  description = "What the platform's pipeline makes of it: a namespace, and an identity bound to its service account."
  value = {
    name            = var.name
    namespace       = var.name
    service_account = var.name
    role            = "${var.environment}-${var.name}"
    tags            = var.tags
  }
}
