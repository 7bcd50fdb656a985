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
