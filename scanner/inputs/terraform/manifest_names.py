"""How the `kubernetes` provider of Terraform calls what manifests call otherwise. Names only."""

from __future__ import annotations

RESOURCES = {
    "api_service": ("apiregistration.k8s.io/v1", "APIService"),
    "cluster_role": ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    "cluster_role_binding": ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    "config_map": ("v1", "ConfigMap"),
    "cron_job": ("batch/v1", "CronJob"),
    "daemon_set": ("apps/v1", "DaemonSet"),
    "daemonset": ("apps/v1", "DaemonSet"),
    "deployment": ("apps/v1", "Deployment"),
    "ingress": ("networking.k8s.io/v1", "Ingress"),
    "job": ("batch/v1", "Job"),
    "namespace": ("v1", "Namespace"),
    "network_policy": ("networking.k8s.io/v1", "NetworkPolicy"),
    "pod": ("v1", "Pod"),
    "pod_security_policy": ("policy/v1beta1", "PodSecurityPolicy"),
    "replication_controller": ("v1", "ReplicationController"),
    "role": ("rbac.authorization.k8s.io/v1", "Role"),
    "role_binding": ("rbac.authorization.k8s.io/v1", "RoleBinding"),
    "secret": ("v1", "Secret"),
    "service": ("v1", "Service"),
    "service_account": ("v1", "ServiceAccount"),
    "stateful_set": ("apps/v1", "StatefulSet"),
    "storage_class": ("storage.k8s.io/v1", "StorageClass"),
}
"""Resource type, without `kubernetes_` and version -> apiVersion and kind."""

LISTS = {
    "allowed_host_paths": "allowedHostPaths",
    "condition": "conditions",
    "container": "containers",
    "egress": "egress",
    "env": "env",
    "env_from": "envFrom",
    "from": "from",
    "host_aliases": "hostAliases",
    "image_pull_secret": "imagePullSecrets",
    "image_pull_secrets": "imagePullSecrets",
    "ingress": "ingress",
    "init_container": "initContainers",
    "items": "items",
    "match_expressions": "matchExpressions",
    "path": "paths",
    "port": "ports",
    "ports": "ports",
    "readiness_gate": "readinessGates",
    "rule": "rules",
    "secret": "secrets",
    "subject": "subjects",
    "sysctl": "sysctls",
    "tls": "tls",
    "to": "to",
    "toleration": "tolerations",
    "topology_spread_constraint": "topologySpreadConstraints",
    "volume": "volumes",
    "volume_claim_template": "volumeClaimTemplates",
    "volume_device": "volumeDevices",
    "volume_mount": "volumeMounts",
}
"""Blocks of which there may be several -> the manifest's list. Every other block is an object there."""

NAMES = {
    "api_groups": "apiGroups",
    "cluster_ip": "clusterIP",
    "cluster_ips": "clusterIPs",
    "external_ips": "externalIPs",
    "host_ip": "hostIP",
    "host_ipc": "hostIPC",
    "host_pid": "hostPID",
    "insecure_skip_tls_verify": "insecureSkipTLSVerify",
    "load_balancer_ip": "loadBalancerIP",
    "non_resource_urls": "nonResourceURLs",
    "storage_provisioner": "provisioner",
}
"""Names that are more than the same in camel case."""

ATTRIBUTE_MAPS = frozenset({"annotations", "binaryData", "data", "labels", "parameters", "stringData"})
"""Maps of a manifest whose values are texts."""

NOT_IN_MANIFEST = frozenset(
    {"depends_on", "lifecycle", "provider", "timeouts", "wait_for_completion", "wait_for_rollout"}
)
