# What inventories share: `import data.paylint.inventory`. An item of `deny` is an entry of the list; what it says stands
# in lines "name: value". No path may lead to a value that is not known: such an item would not be reported.
#
# METADATA
# title: Entries of inventories
package paylint.inventory

import data.paylint.lib

# entry(s, path, values): an entry about a subject. Values that are null or "" say nothing and are left out.
entry(s, path, values) := {"subject": s.id, "path": path, "msg": concat("\n", lines)} if {
	lines := array.concat(
		[sprintf("subject: %v", [s.address])],
		[sprintf("%v: %v", [name, text]) |
			some name, value in values
			text := shown(value)
			text != ""
		],
	)
}

# shown(v): a value as text: "unknown" where it cannot be known, a list with commas.
shown(v) := "unknown" if {
	lib.is_unknown(v)
} else := "" if {
	v == null
} else := concat(", ", [text | text := _scalar(v[_])]) if {
	is_array(v)
} else := _scalar(v)

_scalar(v) := "unknown" if {
	lib.is_unknown(v)
} else := concat(" ", [text | text := sprintf("%v", [v[_]])]) if {
	is_array(v)
} else := sprintf("%v", [v])

# entries(s, row): the entries a row of a table makes of a subject:
#   at       the block or blocks it is about: [] for the subject itself, ["origin", "custom_origin_config"]
#   where    argument of the block -> values, in upper case, one of which it must have
#   having   arguments that must be there
#   says     what is known from the type alone
#   values   name -> path below the block
#   defaults name -> what holds where that is absent
entries(s, row) := [entry(s, found.path, object.union(row.says, values)) |
	found := _blocks(s.config, row.at)[_]
	_meets(found.block, object.get(row, "where", {}), object.get(row, "having", []))
	values := {name: value |
		some name, path in row.values
		value := _value(s, found, path, object.get(object.get(row, "defaults", {}), name, null))
	}
]

_value(s, found, path, otherwise) := address if {
	address := s.refs[concat(".", [sprintf("%v", [key]) | some key in array.concat(found.path, path)])][0]
} else := value if {
	value := object.get(found.block, path, null)
	value != null
} else := otherwise

_blocks(config, at) := [{"path": [], "block": config}] if count(at) == 0

_blocks(config, at) := [{"path": [at[0], i], "block": block} |
	some i, block in lib.as_array(object.get(config, at[0], null))
	is_object(block)
	lib.known(block)
] if count(at) == 1

_blocks(config, at) := [{"path": [at[0], i, at[1], j], "block": block} |
	some i, outer in lib.as_array(object.get(config, at[0], null))
	is_object(outer)
	some j, block in lib.as_array(object.get(outer, at[1], null))
	is_object(block)
	lib.known(block)
] if count(at) == 2

_meets(block, where, having) if {
	every name, allowed in where {
		upper(sprintf("%v", [object.get(block, name, null)])) in allowed
	}
	every name in having {
		lib.present(block, name)
	}
}
