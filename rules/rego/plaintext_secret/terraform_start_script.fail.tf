resource "azurerm_linux_virtual_machine" "till" {
  custom_data = base64encode("#!/bin/bash\nexport DB_PASSWORD=kettle-and-cups\n") # expect
}

resource "azurerm_virtual_machine" "old" {
  os_profile {
    custom_data = "#cloud-config\npassword: kettle-and-cups\n" # expect
  }
}

resource "google_compute_instance" "worker" {
  metadata_startup_script = "docker run -e API_KEY='kettle-and-cups' shop" # expect
}

resource "google_compute_instance_template" "workers" {
  metadata = {
    enable-oslogin = "TRUE"
    startup-script = "redis-cli --user=app --password=kettle-and-cups ping" # expect
  }
}

variable "region" {}

# A part of it is not known, another is.
resource "google_compute_instance" "heredoc" { # expect
  metadata_startup_script = <<-EOF
    #!/bin/bash
    export REGION=${var.region}
    export CLIENT_SECRET="kettle/and/cups/for/everyone"
  EOF
}
