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

resource "google_secret_manager_secret" "cmek_google_secret_manager_secret" {
  secret_id = "s"
  replication {
    auto { # expect
    }
  }
}

resource "google_memorystore_instance" "cmek_google_memorystore_instance" { # expect
  instance_id = "s"
}

resource "google_compute_instance_template" "cmek_google_compute_instance_template" {
  disk { # expect
    source_image = "debian"
  }
}

resource "google_dataproc_metastore_service" "cmek_google_dataproc_metastore_service" { # expect
  service_id = "f"
}
