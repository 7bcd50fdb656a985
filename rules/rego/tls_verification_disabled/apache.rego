# METADATA
# title: Apache does not check the certificate of the server it passes requests on to
# custom: {confidence: medium, applies_to: {apache: [server, virtual_host, location]}}
package paylint.rules.tls_verification_disabled.apache

import data.paylint.apache
import data.paylint.hosts
import data.paylint.lib

# Requests that leave this machine with TLS.
encrypted contains pass if {
	some pass in apache.passes
	apache.encrypted(pass)
	not hosts.here(apache.host(pass))
}

applies contains pass.subject if some pass in encrypted

# What is switched off is switched off wherever requests go.
off contains entry if {
	r := apache.levels[_]
	not only_here(r)
	some name, values in switches
	found := apache.in_force(r, name)
	lower(lib.text(found.words[0])) in values
	entry := {"subject": r.id, "name": name, "i": found.i, "value": lower(lib.text(found.words[0]))}
}

switches := {
	"sslproxyverify": {"none", "optional", "optional_no_ca"},
	"sslproxycheckpeername": {"off"},
	"sslproxycheckpeerexpire": {"off"},
}

# Directories that logins are checked against.
deny contains {"subject": r.id, "path": ["directives", "ldapverifyservercert", found.i], "msg": msg} if {
	r := apache.levels[_]
	found := apache.in_force(r, "ldapverifyservercert")
	lower(lib.text(found.words[0])) == "off"
	msg := "LDAPVerifyServerCert Off: somebody else can answer for the directory, and is told every password; leave it on, with LDAPTrustedGlobalCert"
}

applies contains r.id if {
	r := apache.levels[_]
	apache.set(r, "ldapverifyservercert")
}

shown := {
	"sslproxyverify": "SSLProxyVerify",
	"sslproxycheckpeername": "SSLProxyCheckPeerName",
	"sslproxycheckpeerexpire": "SSLProxyCheckPeerExpire",
}

# All it speaks to with TLS is this machine.
only_here(r) if {
	urls := [pass.url | some pass in apache.passes; pass.subject == r.id; apache.encrypted(pass)]
	count(urls) > 0
	every url in urls {
		hosts.here(hosts.url(url).host)
	}
}

applies contains item.subject if some item in off

deny contains {"subject": item.subject, "path": ["directives", item.name, item.i], "msg": msg} if {
	some item in off
	msg := sprintf("%s %s: certificates of servers are not checked in full, so somebody else can answer; write SSLProxyVerify require with SSLProxyCACertificateFile, and leave the checks of name and date on", [shown[item.name], item.value])
}

# None is the default of SSLProxyVerify.
deny contains {"subject": pass.subject, "path": pass.path, "msg": msg, "confidence": confidence(pass)} if {
	some pass in encrypted
	apache.host(pass)
	not apache.set(pass.r, "sslproxyverify")
	not apache.unsure(pass.r)
	msg := "Apache checks no certificates of servers unless told to, so anybody on the way can answer; write SSLProxyVerify require, with SSLProxyCACertificateFile"
}

confidence(pass) := "medium" if pass.r.config.whole

confidence(pass) := "low" if not pass.r.config.whole

unknown contains {"subject": pass.subject, "reason": "SSLProxyVerify is not set here, and files that may set it are not part of the project"} if {
	some pass in encrypted
	not apache.set(pass.r, "sslproxyverify")
	apache.unsure(pass.r)
}

unknown contains {"subject": r.id, "reason": "a template or variable says whether certificates are checked"} if {
	r := apache.levels[_]
	some name, _ in switches
	lib.has_unknown(apache.in_force(r, name).words)
}
