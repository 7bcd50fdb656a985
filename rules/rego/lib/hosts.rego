# Where a connection goes, by the name or address it is made to: `import data.paylint.hosts`. Card numbers are masked in
# what rules see, long addresses with them (192.168.1**.**12): only their beginning can be relied on.
#
# METADATA
# title: Hosts and URLs
package paylint.hosts

import data.paylint.lib

# url(v): {scheme, host} of an absolute URL whose host is written out; undefined where a variable decides.
url(v) := {"scheme": lower(found[1]), "host": lower(trim(found[2], "[]"))} if {
	found := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9+.]*)://(?:[^/@\s]*@)?(\[[0-9A-Fa-f:.*]+\]|[A-Za-z0-9_.*-]+)(?:[:/?#].*)?$`, lib.text(v), 1)[0]
}

# scheme(v): the scheme of a URL, whether or not its host is known.
scheme(v) := lower(split(v, "://")[0]) if contains(lib.text(v), "://")

# name(v): the host of "host:port", "[::1]:80" or "host" in lower case; undefined for variables and sockets.
name(v) := lower(found[1]) if {
	found := regex.find_all_string_submatch_n(`^\[?((?:[0-9A-Fa-f]*:[0-9A-Fa-f:.*]+)|[A-Za-z0-9_.*-]+?)\]?(?::[0-9]+)?$`, lib.text(v), 1)[0]
}

# here(host): the same machine.
here(host) if regex.match(`^(?:localhost|.*\.localhost|localhost\.localdomain|host\.docker\.internal|127[.0-9*]*|0\.0\.0\.0|::1?)$`, host)

here(host) if regex.match(`^(?:unix[:@]|/|abns@|fd@|sockpair@)`, host)

# neighbour(host): a service of the same cluster or of the same set of containers: a name without dots, or Kubernetes'.
neighbour(host) if regex.match(`^[A-Za-z0-9_-]+$`, host)

neighbour(host) if regex.match(`\.(?:svc|pod)(?:\.[a-z0-9.-]+)?\.?$|\.cluster\.local\.?$`, host)

# inside(host): another machine of an own network: an address that is not routed, or a name that only an own resolver
# knows.
inside(host) if {
	regex.match(`^(?:10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.)[0-9.*]+$`, host)
}

inside(host) if regex.match(`(?i)^(?:f[cd][0-9a-f]{2}|fe80):`, host)

inside(host) if {
	not neighbour(host)
	not here(host)
	regex.match(`\.(?:internal|local|lan|corp|intra|intranet|private|home|localdomain|consul|test|invalid|home\.arpa)\.?$`, host)
}

# outside(host): everything else: a name of the public DNS, or a public address.
outside(host) if {
	contains(host, ".")
	not _own(host)
}

outside(host) if {
	regex.match(`^[0-9a-f:]+$`, host)
	contains(host, ":")
	not _own(host)
}

_own(host) if here(host)

_own(host) if neighbour(host)

_own(host) if inside(host)
