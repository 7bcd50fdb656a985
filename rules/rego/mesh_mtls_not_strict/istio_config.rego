# METADATA
# title: The mesh's own settings switch automatic mutual TLS off
# custom: {confidence: high, applies_to: {kubernetes: [IstioOperator, Istio, ConfigMap]}}
package paylint.rules.mesh_mtls_not_strict.istio_config

import data.paylint.kubernetes
import data.paylint.lib

settings contains {"subject": s.id, "config": config, "path": ["spec", "meshConfig"]} if {
	s := input.kubernetes.IstioOperator[_]
	kubernetes.in_group(s, "install.istio.io")
	config := s.config.spec.meshConfig
}

settings contains {"subject": s.id, "config": config, "path": ["spec", "values", "meshConfig"]} if {
	s := input.kubernetes.Istio[_]
	kubernetes.in_group(s, "sailoperator.io")
	config := s.config.spec.values.meshConfig
}

applies contains setting.subject if some setting in settings

deny contains {"subject": setting.subject, "path": array.concat(setting.path, ["enableAutoMtls"]), "msg": msg} if {
	some setting in settings
	lib.falsy(setting.config.enableAutoMtls)
	msg := message
}

message := "enableAutoMtls: false: sidecars send plain text to each other unless a DestinationRule says otherwise; leave it on"

# The same as text, in the map that the control plane reads.
applies contains s.id if {
	s := input.kubernetes.ConfigMap[_]
	mesh_text(s)
}

mesh_text(s) := lib.text(s.config.data.mesh) if regex.match(`^istio(?:-|$)`, s.name)

deny contains {"subject": s.id, "path": ["data", "mesh"], "msg": message} if {
	s := input.kubernetes.ConfigMap[_]
	regex.match(`(?m)^[ ]*enableAutoMtls:[ ]*["']?false`, mesh_text(s))
}
