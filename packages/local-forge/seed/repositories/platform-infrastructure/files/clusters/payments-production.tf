module "payments_production" {
  source       = "../modules/cluster"
  name         = "payments-production"
  region       = "eu-west-3"
  node_pools   = { general = 6, cards = 3 }
  pci_isolated = ["cards"]
}
