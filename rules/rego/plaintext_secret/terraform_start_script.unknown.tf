variable "password" { sensitive = true }

resource "google_compute_instance" "worker" {
  metadata_startup_script = "export DB_PASSWORD=${var.password}"
}

resource "azurerm_linux_virtual_machine" "till" {
  custom_data = base64encode(templatefile("start.sh", { password = var.password }))
}
