output "service" {
  description = "Identity of the service in the cloud account of this environment."
  value       = module.service.service
}
