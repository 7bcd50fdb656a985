resource "google_sql_database_instance" "cards" { # expect
  name = "cards"
}

resource "google_bigquery_dataset" "orders" { # expect
  dataset_id = "orders"
}

resource "google_compute_instance" "vault" {
  name = "vault"

  boot_disk { # expect
    initialize_params {
      image = "debian"
    }
  }
}

resource "google_storage_bucket" "receipts" { # expect
  name = "receipts"
}

resource "google_dataproc_cluster" "fraud" {
  name = "fraud"

  cluster_config { # expect
    staging_bucket = "staging"
  }
}

resource "google_pubsub_topic" "payments" { # expect
  name = "payments"
}
