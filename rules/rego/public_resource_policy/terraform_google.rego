# METADATA
# title: A service of Google Cloud may be called or used by everyone
# custom:
#   confidence: high
#   applies_to:
#     terraform:
#       - data.google_iam_policy
#       - google_cloud_run_service
#       - google_cloud_run_v2_service
#       - google_api_gateway_api_iam_binding
#       - google_api_gateway_api_iam_member
#       - google_api_gateway_api_iam_policy
#       - google_api_gateway_api_config_iam_binding
#       - google_api_gateway_api_config_iam_member
#       - google_api_gateway_api_config_iam_policy
#       - google_api_gateway_gateway_iam_binding
#       - google_api_gateway_gateway_iam_member
#       - google_api_gateway_gateway_iam_policy
#       - google_apigee_environment_iam_binding
#       - google_apigee_environment_iam_member
#       - google_apigee_environment_iam_policy
#       - google_bigquery_analytics_hub_data_exchange_iam_binding
#       - google_bigquery_analytics_hub_data_exchange_iam_member
#       - google_bigquery_analytics_hub_data_exchange_iam_policy
#       - google_bigquery_analytics_hub_listing_iam_binding
#       - google_bigquery_analytics_hub_listing_iam_member
#       - google_bigquery_analytics_hub_listing_iam_policy
#       - google_bigquery_connection_iam_binding
#       - google_bigquery_connection_iam_member
#       - google_bigquery_connection_iam_policy
#       - google_bigquery_datapolicy_data_policy_iam_binding
#       - google_bigquery_datapolicy_data_policy_iam_member
#       - google_bigquery_datapolicy_data_policy_iam_policy
#       - google_binary_authorization_attestor_iam_binding
#       - google_binary_authorization_attestor_iam_member
#       - google_binary_authorization_attestor_iam_policy
#       - google_cloud_run_service_iam_binding
#       - google_cloud_run_service_iam_member
#       - google_cloud_run_service_iam_policy
#       - google_cloud_run_v2_job_iam_binding
#       - google_cloud_run_v2_job_iam_member
#       - google_cloud_run_v2_job_iam_policy
#       - google_cloud_run_v2_service_iam_binding
#       - google_cloud_run_v2_service_iam_member
#       - google_cloud_run_v2_service_iam_policy
#       - google_cloud_run_v2_worker_pool_iam_binding
#       - google_cloud_run_v2_worker_pool_iam_member
#       - google_cloud_run_v2_worker_pool_iam_policy
#       - google_cloud_tasks_queue_iam_binding
#       - google_cloud_tasks_queue_iam_member
#       - google_cloud_tasks_queue_iam_policy
#       - google_cloudbuildv2_connection_iam_binding
#       - google_cloudbuildv2_connection_iam_member
#       - google_cloudbuildv2_connection_iam_policy
#       - google_clouddeploy_delivery_pipeline_iam_binding
#       - google_clouddeploy_delivery_pipeline_iam_member
#       - google_clouddeploy_delivery_pipeline_iam_policy
#       - google_cloudfunctions2_function_iam_binding
#       - google_cloudfunctions2_function_iam_member
#       - google_cloudfunctions2_function_iam_policy
#       - google_cloudfunctions_function_iam_binding
#       - google_cloudfunctions_function_iam_member
#       - google_cloudfunctions_function_iam_policy
#       - google_colab_runtime_template_iam_binding
#       - google_colab_runtime_template_iam_member
#       - google_colab_runtime_template_iam_policy
#       - google_compute_backend_service_iam_binding
#       - google_compute_backend_service_iam_member
#       - google_compute_backend_service_iam_policy
#       - google_compute_instance_iam_binding
#       - google_compute_instance_iam_member
#       - google_compute_instance_iam_policy
#       - google_compute_instance_template_iam_binding
#       - google_compute_instance_template_iam_member
#       - google_compute_instance_template_iam_policy
#       - google_compute_region_backend_service_iam_binding
#       - google_compute_region_backend_service_iam_member
#       - google_compute_region_backend_service_iam_policy
#       - google_compute_subnetwork_iam_binding
#       - google_compute_subnetwork_iam_member
#       - google_compute_subnetwork_iam_policy
#       - google_data_catalog_entry_group_iam_binding
#       - google_data_catalog_entry_group_iam_member
#       - google_data_catalog_entry_group_iam_policy
#       - google_data_catalog_policy_tag_iam_binding
#       - google_data_catalog_policy_tag_iam_member
#       - google_data_catalog_policy_tag_iam_policy
#       - google_data_catalog_tag_template_iam_binding
#       - google_data_catalog_tag_template_iam_member
#       - google_data_catalog_tag_template_iam_policy
#       - google_data_catalog_taxonomy_iam_binding
#       - google_data_catalog_taxonomy_iam_member
#       - google_data_catalog_taxonomy_iam_policy
#       - google_data_fusion_instance_iam_binding
#       - google_data_fusion_instance_iam_member
#       - google_data_fusion_instance_iam_policy
#       - google_dataplex_asset_iam_binding
#       - google_dataplex_asset_iam_member
#       - google_dataplex_asset_iam_policy
#       - google_dataplex_lake_iam_binding
#       - google_dataplex_lake_iam_member
#       - google_dataplex_lake_iam_policy
#       - google_dataplex_zone_iam_binding
#       - google_dataplex_zone_iam_member
#       - google_dataplex_zone_iam_policy
#       - google_dataproc_autoscaling_policy_iam_binding
#       - google_dataproc_autoscaling_policy_iam_member
#       - google_dataproc_autoscaling_policy_iam_policy
#       - google_dataproc_cluster_iam_binding
#       - google_dataproc_cluster_iam_member
#       - google_dataproc_cluster_iam_policy
#       - google_dataproc_job_iam_binding
#       - google_dataproc_job_iam_member
#       - google_dataproc_job_iam_policy
#       - google_dataproc_metastore_service_iam_binding
#       - google_dataproc_metastore_service_iam_member
#       - google_dataproc_metastore_service_iam_policy
#       - google_dns_managed_zone_iam_binding
#       - google_dns_managed_zone_iam_member
#       - google_dns_managed_zone_iam_policy
#       - google_endpoints_service_iam_binding
#       - google_endpoints_service_iam_member
#       - google_endpoints_service_iam_policy
#       - google_gke_backup_backup_plan_iam_binding
#       - google_gke_backup_backup_plan_iam_member
#       - google_gke_backup_backup_plan_iam_policy
#       - google_gke_hub_membership_iam_binding
#       - google_gke_hub_membership_iam_member
#       - google_gke_hub_membership_iam_policy
#       - google_healthcare_consent_store_iam_binding
#       - google_healthcare_consent_store_iam_member
#       - google_healthcare_consent_store_iam_policy
#       - google_iap_app_engine_service_iam_binding
#       - google_iap_app_engine_service_iam_member
#       - google_iap_app_engine_service_iam_policy
#       - google_iap_app_engine_version_iam_binding
#       - google_iap_app_engine_version_iam_member
#       - google_iap_app_engine_version_iam_policy
#       - google_iap_tunnel_iam_binding
#       - google_iap_tunnel_iam_member
#       - google_iap_tunnel_iam_policy
#       - google_iap_tunnel_dest_group_iam_binding
#       - google_iap_tunnel_dest_group_iam_member
#       - google_iap_tunnel_dest_group_iam_policy
#       - google_iap_tunnel_instance_iam_binding
#       - google_iap_tunnel_instance_iam_member
#       - google_iap_tunnel_instance_iam_policy
#       - google_iap_web_iam_binding
#       - google_iap_web_iam_member
#       - google_iap_web_iam_policy
#       - google_iap_web_backend_service_iam_binding
#       - google_iap_web_backend_service_iam_member
#       - google_iap_web_backend_service_iam_policy
#       - google_iap_web_cloud_run_service_iam_binding
#       - google_iap_web_cloud_run_service_iam_member
#       - google_iap_web_cloud_run_service_iam_policy
#       - google_iap_web_region_backend_service_iam_binding
#       - google_iap_web_region_backend_service_iam_member
#       - google_iap_web_region_backend_service_iam_policy
#       - google_iap_web_type_app_engine_iam_binding
#       - google_iap_web_type_app_engine_iam_member
#       - google_iap_web_type_app_engine_iam_policy
#       - google_iap_web_type_compute_iam_binding
#       - google_iap_web_type_compute_iam_member
#       - google_iap_web_type_compute_iam_policy
#       - google_notebooks_instance_iam_binding
#       - google_notebooks_instance_iam_member
#       - google_notebooks_instance_iam_policy
#       - google_notebooks_runtime_iam_binding
#       - google_notebooks_runtime_iam_member
#       - google_notebooks_runtime_iam_policy
#       - google_privateca_ca_pool_iam_binding
#       - google_privateca_ca_pool_iam_member
#       - google_privateca_ca_pool_iam_policy
#       - google_privateca_certificate_template_iam_binding
#       - google_privateca_certificate_template_iam_member
#       - google_privateca_certificate_template_iam_policy
#       - google_runtimeconfig_config_iam_binding
#       - google_runtimeconfig_config_iam_member
#       - google_runtimeconfig_config_iam_policy
#       - google_scc_source_iam_binding
#       - google_scc_source_iam_member
#       - google_scc_source_iam_policy
#       - google_secure_source_manager_instance_iam_binding
#       - google_secure_source_manager_instance_iam_member
#       - google_secure_source_manager_instance_iam_policy
#       - google_secure_source_manager_repository_iam_binding
#       - google_secure_source_manager_repository_iam_member
#       - google_secure_source_manager_repository_iam_policy
#       - google_service_directory_namespace_iam_binding
#       - google_service_directory_namespace_iam_member
#       - google_service_directory_namespace_iam_policy
#       - google_service_directory_service_iam_binding
#       - google_service_directory_service_iam_member
#       - google_service_directory_service_iam_policy
#       - google_sourcerepo_repository_iam_binding
#       - google_sourcerepo_repository_iam_member
#       - google_sourcerepo_repository_iam_policy
#       - google_vertex_ai_endpoint_iam_binding
#       - google_vertex_ai_endpoint_iam_member
#       - google_vertex_ai_endpoint_iam_policy
#       - google_vertex_ai_featurestore_iam_binding
#       - google_vertex_ai_featurestore_iam_member
#       - google_vertex_ai_featurestore_iam_policy
#       - google_workbench_instance_iam_binding
#       - google_workbench_instance_iam_member
#       - google_workbench_instance_iam_policy
#       - google_workstations_workstation_iam_binding
#       - google_workstations_workstation_iam_member
#       - google_workstations_workstation_iam_policy
#       - google_workstations_workstation_config_iam_binding
#       - google_workstations_workstation_config_iam_member
#       - google_workstations_workstation_config_iam_policy
package paylint.rules.public_resource_policy.terraform_google

import data.paylint.google
import data.paylint.lib

# What is used rather than read, by the name its grants begin with.
services := {
	"google_api_gateway_api",
	"google_api_gateway_api_config",
	"google_api_gateway_gateway",
	"google_apigee_environment",
	"google_bigquery_analytics_hub_data_exchange",
	"google_bigquery_analytics_hub_listing",
	"google_bigquery_connection",
	"google_bigquery_datapolicy_data_policy",
	"google_binary_authorization_attestor",
	"google_cloud_run_service",
	"google_cloud_run_v2_job",
	"google_cloud_run_v2_service",
	"google_cloud_run_v2_worker_pool",
	"google_cloud_tasks_queue",
	"google_cloudbuildv2_connection",
	"google_clouddeploy_delivery_pipeline",
	"google_cloudfunctions2_function",
	"google_cloudfunctions_function",
	"google_colab_runtime_template",
	"google_compute_backend_service",
	"google_compute_instance",
	"google_compute_instance_template",
	"google_compute_region_backend_service",
	"google_compute_subnetwork",
	"google_data_catalog_entry_group",
	"google_data_catalog_policy_tag",
	"google_data_catalog_tag_template",
	"google_data_catalog_taxonomy",
	"google_data_fusion_instance",
	"google_dataplex_asset",
	"google_dataplex_lake",
	"google_dataplex_zone",
	"google_dataproc_autoscaling_policy",
	"google_dataproc_cluster",
	"google_dataproc_job",
	"google_dataproc_metastore_service",
	"google_dns_managed_zone",
	"google_endpoints_service",
	"google_gke_backup_backup_plan",
	"google_gke_hub_membership",
	"google_healthcare_consent_store",
	"google_iap_app_engine_service",
	"google_iap_app_engine_version",
	"google_iap_tunnel",
	"google_iap_tunnel_dest_group",
	"google_iap_tunnel_instance",
	"google_iap_web",
	"google_iap_web_backend_service",
	"google_iap_web_cloud_run_service",
	"google_iap_web_region_backend_service",
	"google_iap_web_type_app_engine",
	"google_iap_web_type_compute",
	"google_notebooks_instance",
	"google_notebooks_runtime",
	"google_privateca_ca_pool",
	"google_privateca_certificate_template",
	"google_runtimeconfig_config",
	"google_scc_source",
	"google_secure_source_manager_instance",
	"google_secure_source_manager_repository",
	"google_service_directory_namespace",
	"google_service_directory_service",
	"google_sourcerepo_repository",
	"google_vertex_ai_endpoint",
	"google_vertex_ai_featurestore",
	"google_workbench_instance",
	"google_workstations_workstation",
	"google_workstations_workstation_config",
}

applies contains holder.r.id if {
	some holder in google.holders
	holder.of in services
	google.judged(holder)
}

deny contains object.union({"subject": grant.subject, "path": grant.path, "msg": msg}, weight(grant)) if {
	some grant in google.grants
	grant.of in services
	google.everyone(grant.member)
	not reached_from_within(grant)
	not placed_at_apply(grant)
	msg := sprintf("`%s` gives %v to %s: that is anybody on the internet; name the accounts that need it", [grant.name, grant.role, grant.member])
}

# A web site is called by everybody.
weight(grant) := {"severity": "medium", "confidence": "medium"} if {
	lib.text(grant.role) in {"roles/run.invoker", "roles/cloudfunctions.invoker"}
} else := {}

unknown contains {"subject": item.subject, "reason": item.reason} if {
	some item in google.unresolved
	item.of in services
}

# --- what is called over the network: everybody within it, where no other network gets there --------------------------

ingress := {
	"google_cloud_run_v2_service": ["ingress"],
	"google_cloud_run_service": ["metadata", 0, "annotations", "run.googleapis.com/ingress"],
	"google_cloudfunctions_function": ["ingress_settings"],
	"google_cloudfunctions2_function": ["service_config", 0, "ingress_settings"],
}

called contains {"r": r, "ingress": object.get(r.config, path, "")} if {
	some type, path in ingress
	r := input.terraform[type][_]
}

# Where each grant is held: {subject, r}.
held contains {"subject": holder.r.id, "r": holder.r} if some holder in google.holders

held contains {"subject": policy.id, "r": holder} if some [holder, policy] in google.written_apart

ingress_of contains {"subject": item.subject, "ingress": target.ingress} if {
	some item in held
	some target in called
	some key in ["name", "service", "cloud_function"]
	lib.refers(item.r, key, target.r)
}

reached_from_within(grant) if {
	some item in ingress_of
	item.subject == grant.subject
	contains(lower(lib.text(item.ingress)), "internal")
}

placed_at_apply(grant) if {
	some item in ingress_of
	item.subject == grant.subject
	lib.is_unknown(item.ingress)
}

unknown contains {"subject": grant.subject, "reason": "from where its service is reached is known only at apply"} if {
	some grant in google.grants
	grant.of in services
	google.everyone(grant.member)
	placed_at_apply(grant)
}

# Nobody is asked who he is.
switches := {
	"google_cloud_run_v2_service": ["invoker_iam_disabled"],
	"google_cloud_run_service": ["metadata", 0, "annotations", "run.googleapis.com/invoker-iam-disabled"],
}

unasked contains {"r": r, "value": value, "path": path} if {
	some type, path in switches
	r := input.terraform[type][_]
	value := object.get(r.config, path, null)
	value != null
}

applies contains item.r.id if some item in unasked

deny contains {"subject": item.r.id, "path": item.path, "msg": msg, "severity": "medium", "confidence": "medium"} if {
	some item in unasked
	lib.truthy(item.value)
	not contains(lower(sprintf("%v", [object.get(item.r.config, ingress[item.r.type], "")])), "internal")
	msg := sprintf("service `%s` does not check who calls it; leave the check on and grant roles/run.invoker to its callers", [item.r.name])
}

unknown contains {"subject": item.r.id, "reason": "whether it checks its callers is known only at apply"} if {
	some item in unasked
	lib.is_unknown(item.value)
}
