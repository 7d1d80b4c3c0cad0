module "topic" {
  source = "git::https://github.acme.example/acme/platform-infrastructure.git//modules/topic?ref=main"

  name           = "${local.name}.items"
  environment    = var.environment
  producer       = local.name
  partitions     = 6
  retention_days = 14
  # An item that is acknowledged is on two brokers at least.
  replicas            = 3
  min_in_sync_replica = 2
  tags                = local.tags
}

output "topic" {
  description = "The topic, and who may write to it."
  value       = module.topic.topic
}
