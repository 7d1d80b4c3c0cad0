variable "name" { type = string }
variable "region" { type = string }
variable "node_pools" { type = map(number) }

variable "pci_isolated" {
  type        = list(string)
  default     = []
  description = "Node pools that may run card data, and nothing else."
}

output "cluster" {
  value = {
    name   = var.name
    region = var.region
    pools = {
      for pool, size in var.node_pools : pool => {
        size     = size
        isolated = contains(var.pci_isolated, pool)
      }
    }
  }
}
