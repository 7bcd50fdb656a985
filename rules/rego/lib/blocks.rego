# Settings by the place where they are written, for rules that are tables of facts: `import data.paylint.blocks`.
#
# METADATA
# title: Settings inside nested blocks
package paylint.blocks

import data.paylint.lib

# settings(config, shape): every place where a setting is or could be written: {path, value}. `shape` leads there, "*" is
# any item of a list: ["listener", "*", "tls", "*", "mode"]. `value` is null where a block is there and the setting is
# not; where a block on the way is unknown, `path` ends there and `value` is unknown.
settings(config, shape) := [found |
	walk(config, [path, block])
	_leads_to(path, shape)
	found := _setting(path, block, shape)
]

_leads_to(path, shape) if {
	count(path) < count(shape)
	every i, key in path {
		shape[i] in ["*", key]
	}
}

_setting(path, block, shape) := {"path": array.concat(path, [key]), "value": object.get(block, key, null)} if {
	count(path) == count(shape) - 1
	is_object(block)
	lib.known(block)
	key := shape[count(path)]
}

_setting(path, block, _) := {"path": path, "value": block} if lib.is_unknown(block)

# bad(config, shape, values): those of them whose value is one of `values`, in lower case; "" is one that is left out or
# empty. Unknown ones are among them too: a `deny` whose path leads to an unknown value makes its subject unknown.
bad(config, shape, values) := [found |
	found := settings(config, shape)[_]
	_is_one_of(found.value, values)
]

_is_one_of(value, values) if lib.is_unknown(value)

_is_one_of(value, values) if spelled(value) in values

# spelled(v): a scalar in lower case, as text; "" for null.
spelled(v) := "" if v == null

spelled(v) := lower(sprintf("%v", [v])) if {
	v != null
	not is_object(v)
	not is_array(v)
}
