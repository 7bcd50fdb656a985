# METADATA
# title: A store in Google Cloud is encrypted with Google's key
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_sql_database_instance
#       - google_spanner_database
#       - google_bigtable_instance
#       - google_bigquery_dataset
#       - google_bigquery_table
#       - google_compute_disk
#       - google_compute_region_disk
#       - google_compute_instance
#       - google_compute_snapshot
#       - google_compute_image
#       - google_storage_bucket
#       - google_pubsub_topic
#       - google_dataproc_cluster
#       - google_dataflow_job
#       - google_artifact_registry_repository
#       - google_filestore_instance
#       - google_redis_instance
#       - google_alloydb_cluster
#       - google_vertex_ai_dataset
#       - google_vertex_ai_featurestore
#       - google_notebooks_instance
#       - google_data_fusion_instance
#       - google_composer_environment
#       - google_firestore_database
#       - google_alloydb_backup
#       - google_compute_instance_template
#       - google_compute_region_instance_template
#       - google_compute_machine_image
#       - google_container_cluster
#       - google_container_node_pool
#       - google_dataflow_flex_template_job
#       - google_dataproc_metastore_service
#       - google_datastream_stream
#       - google_document_ai_processor
#       - google_filestore_backup
#       - google_healthcare_dataset
#       - google_logging_folder_bucket_config
#       - google_logging_organization_bucket_config
#       - google_logging_project_bucket_config
#       - google_looker_instance
#       - google_memorystore_instance
#       - google_notebooks_runtime
#       - google_redis_cluster
#       - google_secret_manager_regional_secret
#       - google_secret_manager_secret
#       - google_vertex_ai_endpoint
#       - google_vertex_ai_tensorboard
#       - google_workbench_instance
package paylint.rules.customer_managed_key_missing.terraform_google

import data.paylint.lib

# Where a key of one's own is named, by type: any of the paths. What can only be known at apply is a key all the same.
keys := {
	"google_sql_database_instance": [["encryption_key_name"]],
	"google_spanner_database": [["encryption_config", 0, "kms_key_name"], ["encryption_config", 0, "kms_key_names"]],
	"google_bigtable_instance": [["cluster", 0, "kms_key_name"]],
	"google_bigquery_dataset": [["default_encryption_configuration", 0, "kms_key_name"]],
	"google_bigquery_table": [["encryption_configuration", 0, "kms_key_name"]],
	"google_compute_disk": [["disk_encryption_key"]],
	"google_compute_region_disk": [["disk_encryption_key"]],
	"google_compute_instance": [["boot_disk", 0, "kms_key_self_link"], ["boot_disk", 0, "disk_encryption_key_raw"], ["boot_disk", 0, "disk_encryption_key"]],
	"google_compute_snapshot": [["snapshot_encryption_key"], ["source_disk_encryption_key"]],
	"google_compute_image": [["image_encryption_key"]],
	"google_storage_bucket": [["encryption", 0, "default_kms_key_name"]],
	"google_pubsub_topic": [["kms_key_name"]],
	"google_dataproc_cluster": [["cluster_config", 0, "encryption_config", 0, "kms_key_name"]],
	"google_dataflow_job": [["kms_key_name"]],
	"google_artifact_registry_repository": [["kms_key_name"]],
	"google_filestore_instance": [["kms_key_name"]],
	"google_redis_instance": [["customer_managed_key"]],
	"google_alloydb_cluster": [["encryption_config", 0, "kms_key_name"]],
	"google_vertex_ai_dataset": [["encryption_spec", 0, "kms_key_name"]],
	"google_vertex_ai_featurestore": [["encryption_spec", 0, "kms_key_name"]],
	"google_notebooks_instance": [["kms_key"]],
	"google_data_fusion_instance": [["crypto_key_config", 0, "key_reference"]],
	"google_composer_environment": [["config", 0, "encryption_config", 0, "kms_key_name"]],
	"google_firestore_database": [["cmek_config", 0, "kms_key_name"]],
	"google_alloydb_backup": [["encryption_config", 0, "kms_key_name"]],
	"google_compute_instance_template": [["disk", 0, "disk_encryption_key", 0, "kms_key_self_link"]],
	"google_compute_region_instance_template": [["disk", 0, "disk_encryption_key", 0, "kms_key_self_link"]],
	"google_compute_machine_image": [["machine_image_encryption_key"]],
	"google_container_cluster": [["database_encryption", 0, "key_name"]],
	"google_container_node_pool": [["node_config", 0, "boot_disk_kms_key"]],
	"google_dataflow_flex_template_job": [["kms_key_name"]],
	"google_dataproc_metastore_service": [["encryption_config", 0, "kms_key"]],
	"google_datastream_stream": [["customer_managed_encryption_key"]],
	"google_document_ai_processor": [["kms_key_name"]],
	"google_filestore_backup": [["kms_key_name"]],
	"google_healthcare_dataset": [["encryption_spec", 0, "kms_key_name"]],
	"google_logging_folder_bucket_config": [["cmek_settings", 0, "kms_key_name"]],
	"google_logging_organization_bucket_config": [["cmek_settings", 0, "kms_key_name"]],
	"google_logging_project_bucket_config": [["cmek_settings", 0, "kms_key_name"]],
	"google_looker_instance": [["encryption_config", 0, "kms_key_name"]],
	"google_memorystore_instance": [["kms_key"]],
	"google_notebooks_runtime": [["virtual_machine", 0, "virtual_machine_config", 0, "encryption_config", 0, "kms_key"]],
	"google_redis_cluster": [["kms_key"]],
	"google_secret_manager_regional_secret": [["customer_managed_encryption", 0, "kms_key_name"]],
	"google_secret_manager_secret": [["replication", 0, "auto", 0, "customer_managed_encryption", 0, "kms_key_name"], ["replication", 0, "user_managed", 0, "replicas", 0, "customer_managed_encryption", 0, "kms_key_name"]],
	"google_vertex_ai_endpoint": [["encryption_spec", 0, "kms_key_name"]],
	"google_vertex_ai_tensorboard": [["encryption_spec", 0, "kms_key_name"]],
	"google_workbench_instance": [["gce_setup", 0, "boot_disk", 0, "kms_key"]],
}

stores contains r if {
	some type, _ in keys
	r := input.terraform[type][_]
	not inherits(r)
}

# A table takes over its dataset's key, which is judged there; a disk its source's; a replica has its primary's.
inherits(r) if {
	r.type == "google_bigquery_table"
	dataset := input.terraform.google_bigquery_dataset[_]
	lib.refers(r, "dataset_id", dataset)
}

inherits(r) if {
	r.type == "google_compute_instance"
	not lib.present(r.config, "boot_disk")
}

inherits(r) if {
	r.type in {"google_compute_instance_template", "google_compute_region_instance_template"}
	not is_made_new(r)
}

is_made_new(r) if {
	is_object(r.config.disk[0])
	not lib.present(r.config.disk[0], "source")
}

inherits(r) if {
	r.type == "google_compute_instance"
	lib.present(r.config.boot_disk[0], "source")
}

inherits(r) if {
	r.type == "google_sql_database_instance"
	lib.present(r.config, "master_instance_name")
}

applies contains r.id if some r in stores

names_key(r) if {
	some path in keys[r.type]
	not object.get(r.config, path, null) in [null, "", []]
}

# A block that may hold the key.
undecided(r) if {
	some path in keys[r.type]
	some length in numbers.range(1, count(path))
	lib.is_unknown(object.get(r.config, array.slice(path, 0, length), null))
}

unknown contains {"subject": r.id, "reason": "whether it names a key of its own is known only at apply"} if {
	some r in stores
	not names_key(r)
	undecided(r)
}

deny contains {"subject": r.id, "path": keys[r.type][0], "msg": msg} if {
	some r in stores
	not names_key(r)
	not undecided(r)
	where := concat(".", [part | part := keys[r.type][0][_]; is_string(part)])
	msg := sprintf("`%s` is encrypted with Google's key, which nobody here can withdraw or audit; name a key of Cloud KMS (%s)", [r.name, where])
}
