# METADATA
# title: A MySQL client does not check the server's certificate
# custom: {confidence: high, applies_to: {mysql: [client]}}
package paylint.rules.tls_verification_disabled.mysql

import data.paylint.keyed
import data.paylint.lib

switches := ["ssl_verify_server_cert", "skip_ssl_verify_server_cert", "disable_ssl_verify_server_cert"]

applies contains c.id if {
	c := input.mysql.client[_]
	lib.present(c.config, switches[_])
}

unchecked(c, "ssl_verify_server_cert") if keyed.off(c.config.ssl_verify_server_cert)

unchecked(c, "skip_ssl_verify_server_cert") if keyed.on(c.config.skip_ssl_verify_server_cert)

unchecked(c, "disable_ssl_verify_server_cert") if keyed.on(c.config.disable_ssl_verify_server_cert)

deny contains {"subject": c.id, "path": [option], "msg": msg} if {
	c := input.mysql.client[_]
	some option in switches
	unchecked(c, option)
	not keyed.is_local(object.get(c.config, "host", "remote.example"))
	msg := "this client takes any certificate: anyone on the path can answer; give it ssl-ca and check the server"
}
