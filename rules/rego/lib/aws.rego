# What rules about AWS share: `import data.paylint.aws`.
#
# METADATA
# title: Helpers for paylint's rules about AWS
package paylint.aws

import data.paylint.lib

# every_port(rule): a security group's rule, or one of a network's access list, is about all ports.
every_port(rule) if {
	some key in ["protocol", "ip_protocol"]
	sprintf("%v", [rule[key]]) in {"-1", "all"}
}

every_port(rule) if {
	lib.number(rule.from_port) <= 1
	lib.number(rule.to_port) >= 65535
}
