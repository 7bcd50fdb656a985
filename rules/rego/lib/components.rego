# The parts of a cluster itself and what their command lines say, wherever that is written: a static pod, kubeadm's and
# Cluster API's configuration, kOps, k0s, Rancher. `import data.paylint.components`.
#
# METADATA
# title: Command lines of the parts of a cluster
package paylint.components

import data.paylint.kubernetes
import data.paylint.lib

programs := ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "etcd", "kube-proxy"]

# all: {subject, program, by, flags, header}; flags: {key, name, value, path}. `key` is the name in lower case without
# dashes: --anonymous-auth and anonymousAuth are the same. `by` is "pod" where this is the whole command line; what is
# missing from one that "kubeadm" or another makes has that one's default. `header` is where to say that it is missing.
all := array.concat(_run, array.concat(_kubeadm, array.concat(_kops, _listed)))

# of(program): those that run it.
of(program) := [c | c := all[_]; c.program == program]

# whole(program): those whose whole command line is here.
whole(program) := [c | c := all[_]; c.program == program; c.by == "pod"]

# values(c, name): the values of one flag; [] where it is not given.
values(c, name) := [flag.value | flag := c.flags[_]; flag.key == key(name)]

# sets(c, name): the flag is given, and not as nothing.
sets(c, name) if {
	some value in values(c, name)
	trim_space(value) != ""
}

# key(name): a flag's name in the one spelling of `flags`.
key(name) := replace(lower(name), "-", "")

# flags(c, names): those flags of a component that bear one of these names.
flags(c, names) := [flag | flag := c.flags[_]; some name in names; flag.key == key(name)]

# is_local(address): only the node itself reaches it: a loopback address or a socket, with or without a scheme.
is_local(address) if regex.match(`^\s*(?:(?:https?|unixs?)://)?(?:127\.|localhost|\[?::1\]?|/)`, address)

# --- pods -------------------------------------------------------------------------------------------------------------

_run := [found |
	_is_mentioned
	pod := lib.pods[_]
	c := lib.containers(pod)[_]
	_may_run(c)
	some program in programs
	_runs(c, program)
	found := {
		"subject": pod.id,
		"program": program,
		"by": "pod",
		"header": array.concat(c.path, ["name"]),
		"flags": array.concat(_own_flags(c), _shell_flags(c, program)),
	}
]

# Nearly all units, and nearly all containers, are nothing of the kind, which is seen at a glance.
_is_mentioned if regex.match(`kube-(?:apiserver|controller-manager|scheduler|proxy)|kubelet|etcd|hyperkube`, sprintf("%v", [input.kubernetes]))

_may_run(c) if regex.match(`kube|etcd`, sprintf("%v", [c.container.image]))

_may_run(c) if regex.match(`kube|etcd`, sprintf("%v", [c.container.command]))

_may_run(c) if regex.match(`kube|etcd`, sprintf("%v", [c.container.args]))

_runs(c, program) if {
	kubernetes.runs(c, program)
	_says_something(c)
}

# hyperkube, tini and the like take the program's name as their argument.
_runs(c, program) if {
	regex.match(`(?:^|/)(?:hyperkube|tini|dumb-init|kine|tini-static)$`, _word(c, 0))
	some i in [1, 2]
	regex.match(sprintf(`^(?:/\S*/)?(?:%s|%s)$`, [program, trim_prefix(program, "kube-")]), _word(c, i))
}

_runs(c, program) if _script(c, program)

_says_something(c) if lib.present(c.container, "command")

_says_something(c) if count(_own_flags(c)) > 0

_words(c) := array.concat(lib.as_array(object.get(c.container, "command", [])), lib.as_array(object.get(c.container, "args", [])))

_word(c, i) := lib.text(_words(c)[i])

_own_flags(c) := [_flag(flag.name, flag.value, flag.path) | flag := kubernetes.flags(c)[_]]

_flag(name, value, path) := {"key": key(name), "name": sprintf("--%s", [name]), "value": _text(value), "path": path}

_text(value) := concat(",", [sprintf("%v", [item]) | item := value[_]]) if is_array(value)

_text(value) := sprintf("%v", [value]) if not is_array(value)

# A line that a shell runs: [{path, text}].
_script(c, program) := {"path": array.concat(c.path, [list, i]), "text": text} if {
	found := [[list, i] |
		some list in ["command", "args"]
		text := lib.text(c.container[list][i])
		regex.match(sprintf(`(?m)(?:^|[;&|]|\bexec)\s*(?:/\S*/)?%s\s+\\?\s*--`, [program]), text)
	]
	list := found[0][0]
	i := found[0][1]
	text := c.container[list][i]
}

_shell_flags(c, program) := [_flag(m[1], trim(m[2], `"'`), script.path) |
	script := _script(c, program)
	some m in regex.find_all_string_submatch_n(`\s--?([A-Za-z][A-Za-z0-9-]*)(?:=|\s+|$)((?:[^-\s\\;&|][^\s\\;&|]*)?)`, script.text, -1)
]

# --- kubeadm, Cluster API ---------------------------------------------------------------------------------------------

_parts := {
	"kube-apiserver": [["apiServer", "extraArgs"], ["apiServerExtraArgs"]],
	"kube-controller-manager": [["controllerManager", "extraArgs"], ["controllerManagerExtraArgs"]],
	"kube-scheduler": [["scheduler", "extraArgs"], ["schedulerExtraArgs"]],
	"etcd": [["etcd", "local", "extraArgs"]],
	"kubelet": [["nodeRegistration", "kubeletExtraArgs"]],
}

# Where such a configuration stands: kind, group, path.
_homes := [
	{"kind": "ClusterConfiguration", "group": "kubeadm.k8s.io", "path": []},
	{"kind": "MasterConfiguration", "group": "kubeadm.k8s.io", "path": []},
	{"kind": "InitConfiguration", "group": "kubeadm.k8s.io", "path": []},
	{"kind": "JoinConfiguration", "group": "kubeadm.k8s.io", "path": []},
	{"kind": "KubeadmControlPlane", "group": "controlplane.cluster.x-k8s.io", "path": ["spec", "kubeadmConfigSpec"]},
	{"kind": "KubeadmControlPlaneTemplate", "group": "controlplane.cluster.x-k8s.io", "path": ["spec", "template", "spec", "kubeadmConfigSpec"]},
	{"kind": "KubeadmConfig", "group": "bootstrap.cluster.x-k8s.io", "path": ["spec"]},
	{"kind": "KubeadmConfigTemplate", "group": "bootstrap.cluster.x-k8s.io", "path": ["spec", "template", "spec"]},
	{"kind": "ClusterConfig", "group": "k0s.k0sproject.io", "path": ["spec"]},
]

_bodies := [{"subject": s, "config": body, "path": array.concat(home.path, part)} |
	some home in _homes
	s := input.kubernetes[home.kind][_]
	kubernetes.in_group(s, home.group)
	some part in [[], ["clusterConfiguration"], ["initConfiguration"], ["joinConfiguration"]]
	body := _at(s.config, array.concat(home.path, part))
	is_object(body)
]

_at(config, path) := config if path == []

_at(config, path) := object.get(config, path, null) if path != []

# The API server of a cluster's configuration is one whether or not it is given arguments.
_kubeadm := [found |
	body := _bodies[_]
	some program, paths in _parts
	path := paths[_]
	args := _at(body.config, path)
	args != null
	found := {
		"subject": body.subject.id,
		"program": program,
		"by": "kubeadm",
		"header": array.concat(body.path, path),
		"flags": _arguments(args, array.concat(body.path, path)),
	}
]

# bare: cluster configurations that give the API server no arguments at all: {subject, header}.
bare := [{"subject": body.subject.id, "header": _header(body)} |
	body := _bodies[_]
	_is_cluster(body)
	not lib.present(body.config, "apiServerExtraArgs")
	not lib.present(kubernetes.get(body.config, "apiServer", {}), "extraArgs")
]

_header(body) := array.concat(body.path, ["apiServer"]) if {
	lib.present(body.config, "apiServer")
} else := body.path if {
	body.path != []
} else := ["kind"]

_is_cluster(body) if body.subject.type == "ClusterConfiguration"

_is_cluster(body) if body.path[count(body.path) - 1] == "clusterConfiguration"

# A map, or kubeadm's later list of {name, value}.
_arguments(args, path) := [_flag(name, value, array.concat(path, [name])) | some name, value in args] if {
	is_object(args)
	lib.known(args)
} else := [_flag(arg.name, object.get(arg, "value", ""), array.concat(path, [i, "value"])) |
	arg := args[i]
	lib.text(arg.name)
]

# --- kOps -------------------------------------------------------------------------------------------------------------

_kops_names := {
	"kubeAPIServer": "kube-apiserver",
	"kubeControllerManager": "kube-controller-manager",
	"kubeScheduler": "kube-scheduler",
	"kubelet": "kubelet",
	"masterKubelet": "kubelet",
	"controlPlaneKubelet": "kubelet",
	"kubeProxy": "kube-proxy",
}

_kops := [found |
	some kind in ["Cluster", "InstanceGroup"]
	s := input.kubernetes[kind][_]
	kubernetes.in_group(s, "kops.k8s.io")
	some name, program in _kops_names
	settings := kubernetes.get(s.config, ["spec", name], null)
	is_object(settings)
	found := {
		"subject": s.id,
		"program": program,
		"by": "kops",
		"header": ["spec", name],
		"flags": [_flag(field, value, ["spec", name, field]) | some field, value in settings; not is_object(value)],
	}
]

# --- Rancher: lists of name=value -------------------------------------------------------------------------------------

_listed := [found |
	s := input.kubernetes.Cluster[_]
	kubernetes.in_group(s, "provisioning.cattle.io")
	some program in programs
	path := ["spec", "rkeConfig", "machineGlobalConfig", sprintf("%s-arg", [program])]
	words := kubernetes.get(s.config, path, null)
	words != null
	found := {
		"subject": s.id,
		"program": program,
		"by": "rancher",
		"header": path,
		"flags": [_flag(split(word, "=")[0], substring(word, indexof(word, "=") + 1, -1), array.concat(path, [i])) |
			word := lib.text(words[i])
			contains(word, "=")
		],
	}
]
