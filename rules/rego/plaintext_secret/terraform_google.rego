# METADATA
# title: A secret stands in plain text in the configuration of a Google Cloud service
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - google_active_directory_domain_trust
#       - google_app_engine_flexible_app_version
#       - google_app_engine_standard_app_version
#       - google_bigquery_data_transfer_config
#       - google_cloud_run_service
#       - google_cloud_run_v2_job
#       - google_cloud_run_v2_service
#       - google_cloud_run_v2_worker_pool
#       - google_cloud_scheduler_job
#       - google_cloudbuild_trigger
#       - google_cloudfunctions2_function
#       - google_cloudfunctions_function
#       - google_composer_environment
#       - google_compute_backend_bucket_signed_url_key
#       - google_compute_backend_service
#       - google_compute_backend_service_signed_url_key
#       - google_compute_disk
#       - google_compute_image
#       - google_compute_instance
#       - google_compute_instance_from_machine_image
#       - google_compute_instance_from_template
#       - google_compute_instance_template
#       - google_compute_project_metadata
#       - google_compute_project_metadata_item
#       - google_compute_region_backend_service
#       - google_compute_region_disk
#       - google_compute_region_instance_template
#       - google_compute_router
#       - google_compute_router_peer
#       - google_compute_snapshot
#       - google_compute_vpn_tunnel
#       - google_dataflow_flex_template_job
#       - google_dataflow_job
#       - google_container_cluster
#       - google_container_node_pool
#       - google_dataproc_cluster
#       - google_dataproc_job
#       - google_iam_workforce_pool_provider
#       - google_kms_secret_ciphertext
#       - google_monitoring_notification_channel
#       - google_notebooks_instance
#       - google_secret_manager_regional_secret_version
#       - google_secret_manager_secret_version
#       - google_workbench_instance
#       - google_workflows_workflow
#       - google_workstations_workstation_config
package paylint.rules.plaintext_secret.terraform_google

import data.paylint.blocks
import data.paylint.lib

# --- values with names ------------------------------------------------------------------------------------------------

metadata := [["metadata"]]

# Where they stand as a mapping of names to values.
maps := {
	"google_app_engine_flexible_app_version": [["env_variables"], ["beta_settings"]],
	"google_app_engine_standard_app_version": [["env_variables"]],
	"google_bigquery_data_transfer_config": [["params"]],
	"google_cloudbuild_trigger": [["substitutions"], ["build", "*", "substitutions"]],
	"google_cloudfunctions2_function": [["service_config", "*", "environment_variables"], ["build_config", "*", "environment_variables"]],
	"google_cloudfunctions_function": [["environment_variables"], ["build_environment_variables"]],
	"google_composer_environment": [["config", "*", "software_config", "*", "env_variables"], ["config", "*", "software_config", "*", "airflow_config_overrides"]],
	"google_compute_instance": metadata,
	"google_compute_instance_from_machine_image": metadata,
	"google_compute_instance_from_template": metadata,
	"google_compute_instance_template": metadata,
	"google_compute_project_metadata": metadata,
	"google_compute_region_instance_template": metadata,
	"google_dataflow_flex_template_job": [["parameters"]],
	"google_dataflow_job": [["parameters"]],
	"google_cloud_scheduler_job": [["http_target", "*", "headers"]],
	"google_container_cluster": [["node_config", "*", "metadata"]],
	"google_container_node_pool": [["node_config", "*", "metadata"]],
	"google_dataproc_job": [[config, "*", "properties"] | some config in ["hadoop_config", "hive_config", "pig_config", "presto_config", "pyspark_config", "spark_config", "sparksql_config"]],
	"google_notebooks_instance": metadata,
	"google_workbench_instance": [["gce_setup", "*", "metadata"]],
	"google_workflows_workflow": [["user_env_vars"]],
	"google_dataproc_cluster": [["cluster_config", "*", "software_config", "*", "override_properties"], ["cluster_config", "*", "gce_cluster_config", "*", "metadata"]],
	"google_monitoring_notification_channel": [["labels"]],
	"google_secret_manager_regional_secret_version": [["secret_data"]],
	"google_secret_manager_secret_version": [["secret_data"]],
	"google_workstations_workstation_config": [["container", "*", "env"]],
}

named contains {"r": r, "name": name, "value": value, "path": array.concat(found.path, [name])} if {
	some type, shapes in maps
	r := input.terraform[type][_]
	found := blocks.settings(r.config, shapes[_])[_]
	is_object(found.value)
	some name, value in found.value
}

# Containers: a block for each variable.
run := ["google_cloud_run_service", "google_cloud_run_v2_service", "google_cloud_run_v2_job", "google_cloud_run_v2_worker_pool"]

named contains {"r": r, "name": object.get(variable, "name", null), "value": object.get(variable, "value", null), "path": array.concat(path, ["value"])} if {
	some type in run
	r := input.terraform[type][_]
	walk(r.config, [path, variable])
	path[count(path) - 2] == "env"
	is_object(variable)
}

named contains {"r": r, "name": object.get(r.config, "key", null), "value": object.get(r.config, "value", null), "path": ["value"]} if {
	r := input.terraform.google_compute_project_metadata_item[_]
}

# "NAME=value".
named contains {"r": r, "name": match[1], "value": match[2], "path": found.path} if {
	r := input.terraform.google_cloudbuild_trigger[_]
	some shape in [["build", "*", "step", "*", "env", "*"], ["build", "*", "options", "*", "env", "*"]]
	found := texts(r.config, shape)[_]
	some match in regex.find_all_string_submatch_n(`^([A-Za-z_][A-Za-z0-9_]*)=([^$].*)$`, found.value, 1)
}

# The containers a machine is told to run, as YAML.
named contains {"r": r, "name": match[1], "value": match[2], "path": ["metadata", "gce-container-declaration"]} if {
	some type in ["google_compute_instance", "google_compute_instance_template", "google_compute_region_instance_template"]
	r := input.terraform[type][_]
	text := lib.text(r.config.metadata["gce-container-declaration"])
	some match in regex.find_all_string_submatch_n(`name:[ \t]*["']?([A-Za-z_][A-Za-z0-9_]*)["']?[ \t]*\n[ \t]*value:[ \t]*["']?([^"'\s]+)`, text, -1)
}

texts(config, shape) := [{"path": path, "value": value} |
	walk(config, [path, value])
	is_string(value)
	count(path) == count(shape)
	every i, key in path {
		shape[i] in ["*", key]
	}
]

applies contains item.r.id if {
	some item in named
	is_secret(item.name)
}

# Properties have points where others have underscores.
is_secret(name) if lib.secret_name(replace(lib.text(name), ".", "_"))

deny contains {"subject": item.r.id, "path": item.path, "msg": msg} if {
	some item in named
	is_secret(item.name)
	lib.secret_value(item.value)
	msg := sprintf("the value of `%s` stands in the configuration of `%s` and in the state; take it from Secret Manager", [item.name, item.r.name])
}

# --- arguments that are secrets ---------------------------------------------------------------------------------------

raw_key := [["disk_encryption_key", "*", "raw_key"]]

raw_keys := [["boot_disk", "*", "disk_encryption_key_raw"], ["attached_disk", "*", "disk_encryption_key_raw"]]

client_secret := [["iap", "*", "oauth2_client_secret"]]

nested := {
	"google_active_directory_domain_trust": [["trust_handshake_secret"]],
	"google_bigquery_data_transfer_config": [["sensitive_params", "*", "secret_access_key"]],
	"google_compute_backend_bucket_signed_url_key": [["key_value"]],
	"google_compute_backend_service": client_secret,
	"google_compute_backend_service_signed_url_key": [["key_value"]],
	"google_compute_disk": raw_key,
	"google_compute_image": [["image_encryption_key", "*", "raw_key"]],
	"google_compute_instance": raw_keys,
	"google_compute_instance_from_template": raw_keys,
	"google_compute_region_backend_service": client_secret,
	"google_compute_region_disk": raw_key,
	"google_compute_router": [["md5_authentication_keys", "*", "key"]],
	"google_compute_router_peer": [["md5_authentication_key", "*", "key"]],
	"google_compute_snapshot": [["snapshot_encryption_key", "*", "raw_key"], ["source_disk_encryption_key", "*", "raw_key"]],
	"google_compute_vpn_tunnel": [["shared_secret"]],
	"google_iam_workforce_pool_provider": [["oidc", "*", "client_secret", "*", "value", "*", "plain_text"]],
	"google_kms_secret_ciphertext": [["plaintext"]],
	"google_monitoring_notification_channel": [["sensitive_labels", "*", "service_key"]],
	"google_secret_manager_regional_secret_version": [["secret_data"]],
	"google_secret_manager_secret_version": [["secret_data"], ["secret_data_wo"]],
}

secrets contains {"r": r, "path": found.path, "value": found.value} if {
	some type, shapes in nested
	r := input.terraform[type][_]
	not holds_none(r)
	found := blocks.settings(r.config, shapes[_])[_]
	found.value != null
	not lib.no_secret_text(found.value)
	not is_array(found.value)
	not is_mapping(found.value)
}

# Secret Manager also keeps what only goes with a secret.
holds_none(r) if lib.no_secret_name(regex.replace(lib.text(r.config.secret), `^.*/`, ""))

holds_none(r) if {
	some type in ["google_secret_manager_secret", "google_secret_manager_regional_secret"]
	secret := input.terraform[type][_]
	lib.refers(r, "secret", secret)
	lib.no_secret_name(secret.config.secret_id)
}

is_mapping(value) if {
	is_object(value)
	lib.known(value)
}

secrets contains {"r": r, "path": ["http_target", i, "headers", name], "value": match[1]} if {
	r := input.terraform.google_cloud_scheduler_job[_]
	value := r.config.http_target[i].headers[name]
	lower(lib.text(name)) == "authorization"
	some match in regex.find_all_string_submatch_n(`^(?i)(?:basic|bearer)\s+(\S+)$`, lib.text(value), 1)
}

applies contains secret.r.id if some secret in secrets

deny contains {"subject": secret.r.id, "path": secret.path, "msg": msg} if {
	some secret in secrets
	lib.secret_value(secret.value)
	msg := sprintf("the value of `%v` of `%s` stands in the code, and so in version control and the state; take it from a secret store", [secret.path[count(secret.path) - 1], secret.r.name])
}

unknown contains {"subject": secret.r.id, "reason": "a secret of it is known only at apply"} if {
	some secret in secrets
	lib.is_unknown(secret.value)
}
