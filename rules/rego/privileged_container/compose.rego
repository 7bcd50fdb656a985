# METADATA
# title: A Compose service has the rights of its host
# custom: {confidence: high, applies_to: {compose: [service]}}
package paylint.rules.privileged_container.compose

import data.paylint.lib

applies contains s.id if s := input.compose.service[_]

deny contains {"subject": s.id, "path": ["privileged"], "msg": msg} if {
	s := input.compose.service[_]
	lib.truthy(s.config.privileged)
	msg := "the container is privileged: who breaks into it owns the host and every other container; add the one capability or device it needs"
}

deny contains {"subject": s.id, "path": ["cap_add", i], "msg": msg} if {
	s := input.compose.service[_]
	capability := s.config.cap_add[i]
	power := powers[trim_prefix(upper(lib.text(capability)), "CAP_")]
	msg := sprintf("capability %v %v; add only what the program needs", [capability, power])
}

# What a capability is good for, for who breaks in.
powers := {
	"ALL": "is as good as root on the host",
	"SYS_ADMIN": "is as good as root on the host",
	"SYS_MODULE": "loads code into the host's kernel",
	"SYS_RAWIO": "reaches the host's memory and disks",
	"SYS_BOOT": "restarts the host with another kernel",
	"BPF": "reads what the host's kernel sees",
	"DAC_READ_SEARCH": "reads any file of the host, past its permissions",
}

namespaces := {
	"pid": "sees and signals every process of the host",
	"ipc": "shares memory with the processes of the host",
	"userns_mode": "is root on the host when it is root inside",
	"network_mode": "sits in the host's network, with all that listens on localhost there",
}

deny contains {"subject": s.id, "path": [key], "msg": msg} if {
	s := input.compose.service[_]
	some key, what in namespaces
	s.config[key] == "host"
	not is_agent(s)
	msg := sprintf("`%v: host`: the container %v; leave it out", [key, what])
}

deny contains {"subject": s.id, "path": ["mounts", i], "msg": msg} if {
	s := input.compose.service[_]
	mount := s.config.mounts[i]
	regex.match(`^(?:/var/run|/run)/(?:docker|podman/podman|containerd/containerd)\.sock$|^/$|^/etc/?$|^/root/?$|^/(?:var/)?run/?$|^/var/lib/(?:docker|kubelet)/?$`, lib.text(mount.source))
	not reads_only(s, mount)
	not guards_socket(s)
	msg := sprintf("the container gets %v of its host: that is control over the host; leave it out, or put a proxy before the socket that lets single calls through", [mount.source])
}

# Agents that watch a host see it.
is_agent(s) if regex.match(`(?i)node[-_]?exporter|cadvisor|datadog|dd-agent|newrelic|telegraf|netdata|metricbeat|filebeat|packetbeat|falco|promtail|fluent|vector|alloy|otel|wazuh|crowdsec|zabbix-agent|tailscale|wireguard|glances|beszel|dcgm|home-?assistant`, lib.text(s.config.images[_].name))

# A socket is no less powerful when the file is mounted for reading.
reads_only(s, mount) if {
	mount.read_only == true
	is_agent(s)
	not contains(mount.source, ".sock")
}

guards_socket(s) if regex.match(`(?i)socket-?proxy`, lib.text(s.config.images[_].name))

unknown contains {"subject": s.id, "reason": "a mount comes from a variable"} if {
	s := input.compose.service[_]
	lib.is_unknown(s.config.mounts[_].source)
}

unknown contains {"subject": s.id, "reason": "it comes from a variable"} if {
	s := input.compose.service[_]
	some key in ["privileged", "pid", "ipc", "network_mode"]
	lib.is_unknown(s.config[key])
}
