resource "azurerm_linux_virtual_machine" "till" {
  custom_data = base64encode(<<-EOF
    #!/bin/bash
    export DB_PASSWORD=$(az keyvault secret show --vault-name shop --name db --query value -o tsv)
    psql --username=app --password="$DB_PASSWORD"
  EOF
  )
}

resource "google_compute_instance" "worker" {
  metadata = {
    block-project-ssh-keys = "TRUE"
    startup-script         = "API_KEY=$1\nTOKEN_FILE=/run/token\nsystemctl start shop\n"
  }
}

resource "google_compute_instance" "plain" {
  name = "plain"
}

resource "google_compute_instance" "vm_startup_win" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { windows-startup-script-cmd = "set DB_PASSWORD=%FETCHED%" }
}

resource "google_compute_instance" "vm_startup_sysprep" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { sysprep-specialize-script-ps1 = "$password = \"$fetched\"" }
}

resource "google_compute_instance" "vm_shutdown" {
  name         = "x"
  machine_type = "e2-small"
  boot_disk {
    initialize_params { image = "debian" }
  }
  metadata = { shutdown-script = "#!/bin/sh\nexport DB_PASSWORD=$(gcloud x)\n" }
}

resource "google_compute_project_metadata" "proj_meta_script" {
  metadata = { startup-script = "#!/bin/sh\nexport DB_PASSWORD=$(gcloud x)\n" }
}

resource "google_compute_instance_from_template" "frommt_script" {
  name                     = "x"
  source_instance_template = "t"
  metadata_startup_script  = "#!/bin/sh\nexport DB_PASSWORD=$(gcloud x)\n"
}
