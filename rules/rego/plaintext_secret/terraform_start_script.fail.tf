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

resource "google_compute_instance" "vm_startup_win" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { windows-startup-script-cmd = "set DB_PASSWORD=Wq8-tunnel-Lobster" } # expect
}

resource "google_compute_instance" "vm_startup_sysprep" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { sysprep-specialize-script-ps1 = "$password = \"Wq8-tunnel-Lobster\"" } # expect
}

resource "google_compute_instance" "vm_shutdown" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { shutdown-script = "#!/bin/sh\nexport DB_PASSWORD=Wq8-tunnel-Lobster\n" } # expect
}

resource "google_compute_project_metadata" "proj_meta_script" {
  metadata = { startup-script = "#!/bin/sh\nexport DB_PASSWORD=Wq8-tunnel-Lobster\n" } # expect
}

resource "google_compute_instance_from_template" "frommt_script" {
  name                     = "x"
  source_instance_template = "t"
  metadata_startup_script  = "#!/bin/sh\nexport DB_PASSWORD=Wq8-tunnel-Lobster\n" # expect
}
