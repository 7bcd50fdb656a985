# What the tearooms run in Azure, and the way in for the people who look after it.
resource "azurerm_kubernetes_cluster" "tearooms" {
  name                    = "tearooms"
  resource_group_name     = "tearoom"
  location                = "uksouth"
  dns_prefix              = "tearooms"
  private_cluster_enabled = true

  default_node_pool {
    name       = "system"
    node_count = 2
    vm_size    = "Standard_D2s_v5"
  }

  identity {
    type = "SystemAssigned"
  }

  network_profile {
    network_plugin = "azure"
  }

  oms_agent {
    log_analytics_workspace_id = azurerm_log_analytics_workspace.tearooms.id
  }
}

resource "azurerm_log_analytics_workspace" "tearooms" {
  name                = "tearooms"
  resource_group_name = "tearoom"
  location            = "uksouth"
  retention_in_days   = 400
}

resource "azurerm_servicebus_namespace" "tearooms" {
  name                          = "kettlewick-tearooms"
  resource_group_name           = "tearoom"
  location                      = "uksouth"
  sku                           = "Premium"
  public_network_access_enabled = true
}

resource "azurerm_eventhub_namespace" "tearooms" {
  name                          = "kettlewick-tearooms-events"
  resource_group_name           = "tearoom"
  location                      = "uksouth"
  sku                           = "Standard"
  public_network_access_enabled = false
}

resource "aws_kms_key" "vouchers" {
  description             = "Vouchers sold in the tearooms"
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_subnet" "operations" {
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = "10.40.240.0/24"
  map_public_ip_on_launch = true
}

resource "aws_security_group" "tearooms" {
  name   = "tearooms"
  vpc_id = aws_vpc.shop.id

  ingress {
    description = "Reports, over the tearooms' own lines"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/7"]
  }

  ingress {
    description = "Metrics"
    from_port   = 9102
    to_port     = 9102
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
