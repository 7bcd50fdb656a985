# Settings of custom resources that say one thing at one place: `import data.paylint.custom_resources`.
#
# METADATA
# title: Settings of custom resources
package paylint.custom_resources

import data.paylint.kubernetes
import data.paylint.lib

# found(places): {subject, path, value, place}; a place is {kind, group, path, ...}. `value` is text in lower case, null
# where nothing is written; nothing is found where it is unknown. A "*" in a path stands for all items of a list.
found(places) := [item |
	some place in places
	s := input.kubernetes[place.kind][_]
	kubernetes.in_group(s, place.group)
	is_object(s.config.spec)
	some path in _ends(s.config, place.path)
	item := {"subject": s.id, "path": path, "value": _text(s.config, path), "place": place}
]

_text(config, path) := lower(sprintf("%v", [value])) if {
	value := object.get(config, path, null)
	value != null
	lib.known(value)
} else := null if {
	object.get(config, path, null) == null
}

_ends(_, path) := [path] if not "*" in path

_ends(config, path) := [array.concat(array.concat(before, [i]), after) |
	stars := [at | part := path[at]; part == "*"]
	at := min(stars)
	before := array.slice(path, 0, at)
	after := array.slice(path, at + 1, count(path))
	items := object.get(config, before, [])
	is_array(items)
	items[i]
] if {
	"*" in path
}
