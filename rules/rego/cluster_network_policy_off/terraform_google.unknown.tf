variable "datapath" {
  type = string
}

resource "google_container_cluster" "asked" {
  name              = "asked"
  datapath_provider = var.datapath

  network_policy {
    enabled = var.datapath == "ADVANCED_DATAPATH" ? false : true
  }
}
