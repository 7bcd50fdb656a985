resource "google_sql_database_instance" "cards" {
  name                = "cards"
  encryption_key_name = google_kms_crypto_key.cards.id
}

resource "google_sql_database_instance" "replica" {
  name                 = "replica"
  master_instance_name = google_sql_database_instance.cards.name
}

resource "google_kms_crypto_key" "cards" {
  name     = "cards"
  key_ring = "ring"
}

resource "google_bigquery_dataset" "orders" {
  dataset_id = "orders"

  default_encryption_configuration {
    kms_key_name = google_kms_crypto_key.cards.id
  }
}

resource "google_bigquery_table" "orders" {
  dataset_id = google_bigquery_dataset.orders.dataset_id
  table_id   = "orders"
}

resource "google_compute_instance" "vault" {
  name = "vault"

  boot_disk {
    kms_key_self_link = google_kms_crypto_key.cards.id
  }
}

resource "google_storage_bucket" "receipts" {
  name = "receipts"

  encryption {
    default_kms_key_name = google_kms_crypto_key.cards.id
  }
}

resource "google_secret_manager_secret" "cmek_google_secret_manager_secret" {
  secret_id = "s"
  replication {
    auto {
      customer_managed_encryption {
        kms_key_name = "k"
      }
    }
  }
}

resource "google_memorystore_instance" "cmek_google_memorystore_instance" {
  instance_id = "s"
  kms_key     = "k"
}

resource "google_compute_instance_template" "cmek_google_compute_instance_template" {
  disk {
    source_image = "debian"
    disk_encryption_key {
      kms_key_self_link = "k"
    }
  }
}

resource "google_dataproc_metastore_service" "cmek_google_dataproc_metastore_service" {
  service_id = "f"
  encryption_config { kms_key = "k" }
}
