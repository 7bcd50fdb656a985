# METADATA
# title: Access to Google Cloud resources is not logged
# custom:
#   confidence: medium
#   applies_to:
#     terraform:
#       - data.google_iam_policy
#       - google_compute_subnetwork
#       - google_sql_database_instance
#       - google_alloydb_instance
#       - google_container_cluster
#       - google_project_iam_audit_config
#       - google_folder_iam_audit_config
#       - google_organization_iam_audit_config
#       - google_compute_backend_service
#       - google_compute_region_backend_service
package paylint.rules.audit_logging_off.terraform_google

import data.paylint.lib

# --- networks ---------------------------------------------------------------------------------------------------------

# Subnetworks of proxies and of private NAT know no flow logs.
subnetworks contains r if {
	r := input.terraform.google_compute_subnetwork[_]
	object.get(r.config, "purpose", "PRIVATE") in {"PRIVATE", "PRIVATE_RFC_1918"}
}

applies contains r.id if some r in subnetworks

# enable_flow_logs is what log_config was before version 3 of the provider; flow logs may be a resource of their own too.
deny contains {"subject": r.id, "path": ["log_config"], "msg": msg} if {
	some r in subnetworks
	not lib.present(r.config, "log_config")
	not flow_logged(r)
	msg := sprintf("subnetwork `%s` has no flow log: who talked to whom cannot be told afterwards; add log_config", [r.name])
}

flow_logged(r) if {
	lib.present(r.config, "enable_flow_logs")
	not lib.falsy(r.config.enable_flow_logs)
}

flow_logged(r) if lib.refers(input.terraform.google_network_management_vpc_flow_logs_config[_], "subnet", r)

flow_logged(r) if {
	logs := input.terraform.google_network_management_vpc_flow_logs_config[_]
	network := input.terraform.google_compute_network[_]
	lib.refers(logs, "network", network)
	lib.refers(r, "network", network)
}

deny contains {"subject": r.id, "path": ["log_config", 0, "flow_sampling"], "msg": msg} if {
	some r in subnetworks
	lib.number(r.config.log_config[0].flow_sampling) == 0
	msg := sprintf("the flow log of subnetwork `%s` samples nothing; set flow_sampling above 0", [r.name])
}

unknown contains {"subject": r.id, "reason": "its flow log is known only at apply"} if {
	some r in subnetworks
	lib.is_unknown(r.config.log_config[_])
}

unknown contains {"subject": r.id, "reason": "its purpose is known only at apply"} if {
	r := input.terraform.google_compute_subnetwork[_]
	lib.is_unknown(r.config.purpose)
}

# --- load balancers ---------------------------------------------------------------------------------------------------

web := {"HTTP", "HTTPS", "HTTP2", "H2C"}

# A global service is external unless told otherwise, a regional one passes packets on unless told otherwise.
services contains r if {
	r := input.terraform.google_compute_backend_service[_]
	object.get(r.config, "load_balancing_scheme", "EXTERNAL") in {"EXTERNAL", "EXTERNAL_MANAGED", "INTERNAL_MANAGED"}
	object.get(r.config, "protocol", "HTTP") in web
}

services contains r if {
	r := input.terraform.google_compute_region_backend_service[_]
	r.config.load_balancing_scheme in {"EXTERNAL_MANAGED", "INTERNAL_MANAGED"}
	object.get(r.config, "protocol", "HTTP") in web
}

applies contains r.id if some r in services

unknown contains {"subject": r.id, "reason": "what it balances is known only at apply"} if {
	some type in ["google_compute_backend_service", "google_compute_region_backend_service"]
	r := input.terraform[type][_]
	some key in ["load_balancing_scheme", "protocol"]
	lib.is_unknown(r.config[key])
}

unknown contains {"subject": r.id, "reason": "its log is known only at apply"} if {
	some r in services
	lib.is_unknown(r.config.log_config[_])
}

deny contains {"subject": r.id, "path": ["log_config", 0, "enable"], "msg": msg} if {
	some r in services
	not lib.truthy(object.get(r.config, ["log_config", 0, "enable"], false))
	msg := sprintf("requests to `%s` are not logged; add log_config { enable = true }", [r.name])
}

deny contains {"subject": r.id, "path": ["log_config", 0, "sample_rate"], "msg": msg} if {
	some r in services
	lib.truthy(r.config.log_config[0].enable)
	lib.number(r.config.log_config[0].sample_rate) == 0
	msg := sprintf("the log of `%s` samples nothing; set sample_rate = 1.0", [r.name])
}

# --- databases --------------------------------------------------------------------------------------------------------

engines := {"POSTGRES", "MYSQL", "SQLSERVER"}

# A replica has the flags of its original, a clone all of its settings.
databases contains {"r": r, "engine": engine} if {
	r := input.terraform.google_sql_database_instance[_]
	is_object(r.config.settings[0])
	not lib.present(r.config, "master_instance_name")
	some engine in engines
	startswith(lib.text(r.config.database_version), engine)
}

# Flags without which nobody can say who did what; Cloud SQL leaves them off. SQL Server has a block for it instead.
audit_flags := {
	"POSTGRES": {"cloudsql.enable_pgaudit", "log_connections", "log_disconnections", "pgaudit.log"},
	"MYSQL": {"cloudsql_mysql_audit"},
	"SQLSERVER": set(),
}

enough_flags := {
	"POSTGRES": {"cloudsql.enable_pgaudit", "log_connections", "log_statement"},
	"MYSQL": {"cloudsql_mysql_audit", "general_log"},
	"SQLSERVER": set(),
}

off(value) if lower(sprintf("%v", [value])) in {"off", "0", "false", "none", ""}

audited(database) if {
	flag := database.r.config.settings[0].database_flags[_]
	flag.name in enough_flags[database.engine]
	not off(flag.value)
}

audited(database) if lib.present(database.r.config.settings[0], "sql_server_audit_config")

switched_off(database) := [i |
	flag := database.r.config.settings[0].database_flags[i]
	flag.name in audit_flags[database.engine]
	off(flag.value)
]

applies contains database.r.id if some database in databases

deny contains {"subject": database.r.id, "path": ["settings", 0, "database_flags", i, "value"], "msg": msg} if {
	some database in databases
	some i in switched_off(database)
	name := database.r.config.settings[0].database_flags[i].name
	msg := sprintf("%s is off: who used database `%s` is not recorded; set it to \"%s\"", [name, database.r.name, object.get(on, name, "on")])
}

on := {"pgaudit.log": "all"}

missing := {
	"POSTGRES": "the database_flags cloudsql.enable_pgaudit and log_connections",
	"MYSQL": "the database_flags cloudsql_mysql_audit",
	"SQLSERVER": "sql_server_audit_config",
}

deny contains {"subject": database.r.id, "path": ["settings"], "msg": msg} if {
	some database in databases
	not audited(database)
	count(switched_off(database)) == 0
	not hidden_flags(database)
	msg := sprintf("database `%s` keeps no audit log; set %s", [database.r.name, missing[database.engine]])
}

unknown contains {"subject": r.id, "reason": "its engine is known only at apply"} if {
	r := input.terraform.google_sql_database_instance[_]
	lib.is_unknown(r.config.database_version)
}

hidden_flags(database) if lib.has_unknown(object.get(database.r.config.settings[0], "database_flags", []))

unknown contains {"subject": database.r.id, "reason": "its flags are known only at apply"} if {
	some database in databases
	hidden_flags(database)
}

alloydb_flags := {"alloydb.enable_pgaudit", "log_connections", "log_disconnections"}

applies contains r.id if {
	r := input.terraform.google_alloydb_instance[_]
	some flag in alloydb_flags
	lib.present(r.config.database_flags, flag)
}

deny contains {"subject": r.id, "path": ["database_flags", flag], "msg": msg} if {
	r := input.terraform.google_alloydb_instance[_]
	some flag in alloydb_flags
	off(r.config.database_flags[flag])
	msg := sprintf("%s is off: who used database `%s` is not recorded; set it to \"on\"", [flag, r.name])
}

unknown contains {"subject": r.id, "reason": "its flags are known only at apply"} if {
	r := input.terraform.google_alloydb_instance[_]
	lib.has_unknown(object.get(r.config, "database_flags", {}))
}

# --- clusters ---------------------------------------------------------------------------------------------------------

applies contains r.id if r := input.terraform.google_container_cluster[_]

deny contains {"subject": r.id, "path": ["logging_service"], "msg": msg} if {
	r := input.terraform.google_container_cluster[_]
	lower(lib.text(r.config.logging_service)) == "none"
	msg := sprintf("cluster `%s` writes no log; leave logging_service = \"logging.googleapis.com/kubernetes\"", [r.name])
}

deny contains {"subject": r.id, "path": ["logging_config", 0, "enable_components"], "msg": msg} if {
	r := input.terraform.google_container_cluster[_]
	components := r.config.logging_config[0].enable_components
	not "SYSTEM_COMPONENTS" in lib.as_array(components)
	msg := sprintf("cluster `%s` keeps no log of its system; add \"SYSTEM_COMPONENTS\" to enable_components", [r.name])
}

unknown contains {"subject": r.id, "reason": "what it logs is known only at apply"} if {
	r := input.terraform.google_container_cluster[_]
	lib.is_unknown(r.config.logging_service)
}

unknown contains {"subject": r.id, "reason": "what it logs is known only at apply"} if {
	r := input.terraform.google_container_cluster[_]
	lib.is_unknown(r.config.logging_config[_])
}

# --- Cloud Audit Logs ------------------------------------------------------------------------------------------------

audit_configs contains r if {
	some type in ["google_project_iam_audit_config", "google_folder_iam_audit_config", "google_organization_iam_audit_config"]
	r := input.terraform[type][_]
}

applies contains r.id if some r in audit_configs

deny contains {"subject": r.id, "path": ["audit_log_config", i, "exempted_members"], "msg": msg} if {
	some r in audit_configs
	count(lib.as_array(r.config.audit_log_config[i].exempted_members)) > 0
	msg := sprintf("`%s` leaves what some accounts do out of the audit log; drop exempted_members", [r.name])
}

# The same, in a policy that is written as a whole.
whole contains r if {
	r := input.terraform["data.google_iam_policy"][_]
	lib.present(r.config, "audit_config")
}

applies contains r.id if some r in whole

deny contains {"subject": r.id, "path": ["audit_config", i, "audit_log_configs", j, "exempted_members"], "msg": msg} if {
	some r in whole
	count(lib.as_array(r.config.audit_config[i].audit_log_configs[j].exempted_members)) > 0
	msg := sprintf("`%s` leaves what some accounts do out of the audit log; drop exempted_members", [r.name])
}

# Who reads and writes data is off by default, and this resource is what switches it on.
deny contains {"subject": r.id, "path": ["audit_log_config"], "msg": msg} if {
	some r in audit_configs
	r.config.service == "allServices"
	not lib.has_unknown(r.config.audit_log_config)
	logged := {log.log_type | log := r.config.audit_log_config[_]}
	left_out := {"DATA_READ", "DATA_WRITE"} - logged
	count(left_out) > 0
	msg := sprintf("`%s` leaves out %s: who reads or changes data is not recorded; add an audit_log_config for it", [r.name, concat(" and ", sort(left_out))])
}

unknown contains {"subject": r.id, "reason": "what it logs is known only at apply"} if {
	some r in audit_configs
	lib.has_unknown(r.config.audit_log_config)
}
