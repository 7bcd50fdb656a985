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
	name := trim_prefix(upper(lib.text(capability)), "CAP_")
	power := powers[name]
	not for_its_work(s, name)
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
	"SYS_PTRACE": "reads and changes the memory of other processes",
	"NET_ADMIN": "rewrites addresses, routes and filters of its network",
	"MAC_ADMIN": "changes the rules that confine containers",
	"MAC_OVERRIDE": "is not bound by the rules that confine containers",
	"DAC_READ_SEARCH": "reads any file of the host, past its permissions",
}

# Who watches processes, or makes a network, needs this one.
for_its_work(s, "SYS_PTRACE") if is_agent(s)

for_its_work(s, "NET_ADMIN") if is_agent(s)

for_its_work(s, "NET_ADMIN") if regex.match(`(?i)vpn|gluetun|strongswan|zerotier|nebula|pi-?hole|adguard|dnsmasq|keepalived|frr|bird|calico|istio|firewall|router|netshoot|tproxy`, lib.text(s.config.images[_].name))

namespaces := {
	"pid": "sees and signals every process of the host",
	"ipc": "shares memory with the processes of the host",
	"userns_mode": "is root on the host when it is root inside",
	"uts": "may rename the host",
	"cgroup": "sees and changes what limits the host's processes",
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
	regex.match(`^(?:/var/run|/run)/(?:docker|podman/podman|containerd/containerd)\.sock$|^/$|^/etc/?$|^/root/?$|^/(?:var/)?run/?$|^/var/lib/(?:docker|containerd|kubelet)/?$|^/(?:proc|sys|dev|boot)/?$`, lib.text(mount.source))
	not reads_only(s, mount)
	not guards_socket(s)
	msg := sprintf("the container gets %v of its host: that is control over the host; leave it out, or put a proxy before the socket that lets single calls through", [mount.source])
}

# What confines a container: taken away, or all of it shown.
deny contains {"subject": s.id, "path": ["security_opt", i], "msg": msg} if {
	s := input.compose.service[_]
	option := lower(lib.text(s.config.security_opt[i]))
	regex.match(`^(?:seccomp|apparmor|systempaths)[:=]unconfined$|^label[:=]disable$`, option)
	msg := sprintf("`%v` takes away what keeps a break-in inside the container; leave it out, or write a profile that allows the call it needs", [option])
}

deny contains {"subject": s.id, "path": ["devices", i], "msg": msg} if {
	s := input.compose.service[_]
	device := s.config.devices[i]
	regex.match(`^/dev/(?:sd[a-z]|nvme|vd[a-z]|xvd[a-z]|hd[a-z]|dm-|mapper/|mem\b|kmem|port\b)`, lib.text(device))
	not is_agent(s)
	msg := sprintf("the container gets %v: it reads and writes the host past all permissions; leave it out", [split(device, ":")[0]])
}

deny contains {"subject": s.id, "path": ["user"], "msg": msg, "severity": "low", "confidence": "medium"} if {
	s := input.compose.service[_]
	regex.match(`^(?:root|0+)(?::.*)?$`, sprintf("%v", [s.config.user]))
	msg := "the service runs as root: a flaw in the program starts with root inside the container; name a numeric id that is not 0"
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
