# METADATA
# title: A Google Cloud bucket, dataset, image, topic or secret is open to everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - data.google_iam_policy
#       - google_storage_bucket
#       - google_storage_bucket_acl
#       - google_storage_default_object_acl
#       - google_storage_object_acl
#       - google_storage_bucket_object
#       - google_storage_bucket_access_control
#       - google_storage_default_object_access_control
#       - google_storage_object_access_control
#       - google_bigquery_dataset
#       - google_bigquery_dataset_access
#       - google_storage_bucket_iam_member
#       - google_storage_bucket_iam_binding
#       - google_storage_bucket_iam_policy
#       - google_storage_managed_folder_iam_member
#       - google_storage_managed_folder_iam_binding
#       - google_storage_managed_folder_iam_policy
#       - google_bigquery_dataset_iam_member
#       - google_bigquery_dataset_iam_binding
#       - google_bigquery_dataset_iam_policy
#       - google_bigquery_table_iam_member
#       - google_bigquery_table_iam_binding
#       - google_bigquery_table_iam_policy
#       - google_artifact_registry_repository_iam_member
#       - google_artifact_registry_repository_iam_binding
#       - google_artifact_registry_repository_iam_policy
#       - google_pubsub_topic_iam_member
#       - google_pubsub_topic_iam_binding
#       - google_pubsub_topic_iam_policy
#       - google_pubsub_subscription_iam_member
#       - google_pubsub_subscription_iam_binding
#       - google_pubsub_subscription_iam_policy
#       - google_pubsub_schema_iam_member
#       - google_pubsub_schema_iam_binding
#       - google_pubsub_schema_iam_policy
#       - google_compute_image_iam_member
#       - google_compute_image_iam_binding
#       - google_compute_image_iam_policy
#       - google_compute_snapshot_iam_member
#       - google_compute_snapshot_iam_binding
#       - google_compute_snapshot_iam_policy
#       - google_compute_disk_iam_member
#       - google_compute_disk_iam_binding
#       - google_compute_disk_iam_policy
#       - google_compute_region_disk_iam_member
#       - google_compute_region_disk_iam_binding
#       - google_compute_region_disk_iam_policy
#       - google_spanner_instance_iam_member
#       - google_spanner_instance_iam_binding
#       - google_spanner_instance_iam_policy
#       - google_spanner_database_iam_member
#       - google_spanner_database_iam_binding
#       - google_spanner_database_iam_policy
#       - google_bigtable_instance_iam_member
#       - google_bigtable_instance_iam_binding
#       - google_bigtable_instance_iam_policy
#       - google_bigtable_table_iam_member
#       - google_bigtable_table_iam_binding
#       - google_bigtable_table_iam_policy
#       - google_secret_manager_secret_iam_member
#       - google_secret_manager_secret_iam_binding
#       - google_secret_manager_secret_iam_policy
#       - google_secret_manager_regional_secret_iam_member
#       - google_secret_manager_regional_secret_iam_binding
#       - google_secret_manager_regional_secret_iam_policy
#       - google_healthcare_dataset_iam_member
#       - google_healthcare_dataset_iam_binding
#       - google_healthcare_dataset_iam_policy
#       - google_healthcare_fhir_store_iam_member
#       - google_healthcare_fhir_store_iam_binding
#       - google_healthcare_fhir_store_iam_policy
#       - google_healthcare_dicom_store_iam_member
#       - google_healthcare_dicom_store_iam_binding
#       - google_healthcare_dicom_store_iam_policy
#       - google_healthcare_hl7_v2_store_iam_member
#       - google_healthcare_hl7_v2_store_iam_binding
#       - google_healthcare_hl7_v2_store_iam_policy
package paylint.rules.public_storage.terraform_google

import data.paylint.google
import data.paylint.lib

# What holds data, by the name its grants begin with.
stores := {
	"google_storage_bucket",
	"google_storage_managed_folder",
	"google_bigquery_dataset",
	"google_bigquery_table",
	"google_artifact_registry_repository",
	"google_pubsub_topic",
	"google_pubsub_subscription",
	"google_pubsub_schema",
	"google_compute_image",
	"google_compute_snapshot",
	"google_compute_disk",
	"google_compute_region_disk",
	"google_spanner_instance",
	"google_spanner_database",
	"google_bigtable_instance",
	"google_bigtable_table",
	"google_secret_manager_secret",
	"google_secret_manager_regional_secret",
	"google_healthcare_dataset",
	"google_healthcare_fhir_store",
	"google_healthcare_dicom_store",
	"google_healthcare_hl7_v2_store",
}

applies contains holder.r.id if {
	some holder in google.holders
	holder.of in stores
	google.judged(holder)
}

deny contains {"subject": grant.subject, "path": grant.path, "msg": msg} if {
	some grant in google.grants
	grant.of in stores
	google.everyone(grant.member)
	not prevented(grant.r)
	not unsure(grant.r)
	msg := sprintf("`%s` gives %v to %s: that is anybody on the internet; name the accounts that need it", [grant.name, grant.role, grant.member])
}

unknown contains {"subject": item.subject, "reason": item.reason} if {
	some item in google.unresolved
	item.of in stores
}

# A grant to everyone is refused where the bucket enforces the prevention of public access.
prevented(r) if {
	bucket := input.terraform.google_storage_bucket[_]
	lib.refers(r, "bucket", bucket)
	lower(lib.text(bucket.config.public_access_prevention)) == "enforced"
}

# An ACL counts for nothing where access is uniform; the second name is that of older versions of the provider.
uniform := ["uniform_bucket_level_access", "bucket_policy_only"]

prevented(r) if {
	not contains(r.type, "_iam_")
	bucket := input.terraform.google_storage_bucket[_]
	lib.refers(r, "bucket", bucket)
	some key in uniform
	lib.truthy(bucket.config[key])
}

unsure(r) if {
	not prevented(r)
	bucket := input.terraform.google_storage_bucket[_]
	lib.refers(r, "bucket", bucket)
	some key in array.concat(uniform, ["public_access_prevention"])
	lib.is_unknown(bucket.config[key])
}

unknown contains {"subject": grant.subject, "reason": "whether its bucket prevents public access is known only at apply"} if {
	some grant in google.grants
	grant.of in stores
	google.everyone(grant.member)
	unsure(grant.r)
}

unknown contains {"subject": r.id, "reason": "whether its bucket prevents public access is known only at apply"} if {
	some type in array.concat(listed, single)
	r := input.terraform[type][_]
	unsure(r)
}

applies contains r.id if {
	r := input.terraform.google_storage_bucket[_]
	lib.present(r.config, "public_access_prevention")
}

# "inherited" is the default too, but where it is written somebody decided against the prevention. It takes a grant as well.
deny contains {"subject": r.id, "path": ["public_access_prevention"], "msg": msg, "severity": "medium", "confidence": "low"} if {
	r := input.terraform.google_storage_bucket[_]
	lower(lib.text(r.config.public_access_prevention)) in {"inherited", "unspecified"}
	msg := sprintf("bucket `%s` may be made public by any later grant; set public_access_prevention = \"enforced\"", [r.name])
}

unknown contains {"subject": r.id, "reason": "whether public access is prevented is known only at apply"} if {
	r := input.terraform.google_storage_bucket[_]
	lib.is_unknown(r.config.public_access_prevention)
}

# ACLs: a canned one, entries "ROLE:entity", and single entries.
canned := {
	"google_storage_bucket": {"predefined_acl"},
	"google_storage_bucket_acl": {"predefined_acl", "default_acl"},
	"google_storage_object_acl": {"predefined_acl"},
	"google_storage_bucket_object": {"predefined_acl"},
}

listed := ["google_storage_bucket_acl", "google_storage_default_object_acl", "google_storage_object_acl"]

single := ["google_storage_bucket_access_control", "google_storage_default_object_access_control", "google_storage_object_access_control"]

applies contains r.id if {
	some type, keys in canned
	some key in keys
	r := input.terraform[type][_]
	lib.present(r.config, key)
}

applies contains r.id if {
	some type in listed
	r := input.terraform[type][_]
	lib.present(r.config, "role_entity")
}

applies contains r.id if {
	some type in single
	r := input.terraform[type][_]
}

deny contains {"subject": r.id, "path": [key], "msg": msg} if {
	some type, keys in canned
	some key in keys
	r := input.terraform[type][_]
	acl := lib.text(r.config[key])
	lower(acl) in {"publicread", "publicreadwrite", "authenticatedread"}
	not prevented(r)
	not unsure(r)
	msg := sprintf("ACL %s of `%s` lets everyone read; drop it and grant roles to the accounts that need them", [acl, r.name])
}

deny contains {"subject": r.id, "path": ["role_entity", i], "msg": msg} if {
	some type in listed
	r := input.terraform[type][_]
	[_, entity] := split(lib.text(r.config.role_entity[i]), ":")
	google.everyone(entity)
	not prevented(r)
	not unsure(r)
	msg := sprintf("`%s` lets %s in: that is anybody on the internet; name the accounts that need it", [r.name, entity])
}

deny contains {"subject": r.id, "path": ["entity"], "msg": msg} if {
	some type in single
	r := input.terraform[type][_]
	google.everyone(r.config.entity)
	not prevented(r)
	not unsure(r)
	msg := sprintf("`%s` lets %s in: that is anybody on the internet; name the accounts that need it", [r.name, r.config.entity])
}

unknown contains {"subject": r.id, "reason": "who is let in is known only at apply"} if {
	some type in array.concat(listed, single)
	r := input.terraform[type][_]
	some key in ["entity", "role_entity", "predefined_acl"]
	lib.has_unknown(r.config[key])
	not named(r.config[key])
}

# "user-" and "project-" are somebody, whoever follows.
named(v) if regex.match(`^(?:user|group|domain|project)-`, lib.text(v.text))

# BigQuery's own list of who has access.
accesses contains {"r": r, "access": r.config.access[i], "path": ["access", i]} if {
	r := input.terraform.google_bigquery_dataset[_]
	is_object(r.config.access[i])
}

accesses contains {"r": r, "access": r.config, "path": []} if r := input.terraform.google_bigquery_dataset_access[_]

applies contains item.r.id if some item in accesses

deny contains {"subject": item.r.id, "path": array.concat(item.path, [key]), "msg": msg} if {
	some item in accesses
	some key in ["special_group", "iam_member"]
	google.everyone(item.access[key])
	msg := sprintf("dataset `%s` is open to %s: that is anybody on the internet; name the accounts that need it", [item.r.name, item.access[key]])
}

unknown contains {"subject": item.r.id, "reason": "who has access is known only at apply"} if {
	some item in accesses
	some key in ["special_group", "iam_member"]
	lib.is_unknown(item.access[key])
	not google.somebody(item.access[key])
}
