# Which key AWS encrypts a store with, for rules that are tables of facts: `import data.paylint.aws_keys`.
#
# METADATA
# title: Keys of AWS stores
package paylint.aws_keys

import data.paylint.blocks
import data.paylint.lib

# A setting is {"at": path to the argument that names the key, "*" for any block of a list;
# "if": [[path, values], ...]: where it means something, values in lower case, "" for what is left out;
# "inside": true where a block that is not there needs no key}.

# speaks(r, setting): the setting means something for this resource.
speaks(r, setting) if {
	every condition in object.get(setting, "if", []) {
		_holds(r.config, condition)
	}
	_reached(r.config, setting)
}

_holds(config, condition) if {
	not _is_unclear(config, condition[0])
	blocks.spelled(object.get(config, condition[0], null)) in condition[1]
}

_reached(_, setting) if not setting.inside

_reached(config, setting) if count(blocks.settings(config, setting.at)) > 0

# may_speak(r, setting): whether it does is known only at apply.
may_speak(r, setting) if {
	not speaks(r, setting)
	some condition in object.get(setting, "if", [])
	_is_unclear(r.config, condition[0])
	every other in object.get(setting, "if", []) {
		_may_hold(r.config, other)
	}
}

_may_hold(config, condition) if _holds(config, condition)

_may_hold(config, condition) if _is_unclear(config, condition[0])

_is_unclear(config, path) if {
	some i, _ in path
	lib.is_unknown(object.get(config, array.slice(path, 0, i + 1), null))
}

# missing(r, setting): paths where no key of one's own is named, among them those where only apply knows.
missing(r, setting) := [path |
	place := _places(r.config, setting.at)[_]
	not own_key(r, place.path, place.value)
	path := _shown(r, place)
]

_places(config, shape) := [{"path": shape, "value": object.get(config, shape, null)}] if {
	not "*" in shape
} else := found if {
	found := blocks.settings(config, shape)
	count(found) > 0
} else := [{"path": [key | some key in shape; key != "*"], "value": null}]

# What refers to AWS's key by a data source is not known, but whose key it is.
_shown(r, place) := [] if {
	lib.is_unknown(place.value)
	_refers_to_aws(r, place.path)
} else := place.path

# own_key(r, path, value): a key is named there, and it is none of AWS's.
own_key(_, _, value) if {
	lib.text(value) != ""
	not aws_key(value)
}

own_key(r, path, value) if {
	lib.is_unknown(value)
	count(_refs(r, path)) > 0
	not _refers_to_aws(r, path)
}

# aws_key(value): the name of a key that AWS keeps, or a word for it.
aws_key(value) if regex.match(`(?i)(?:^|[:/])alias/aws/|^aws_owned_|^aws_managed_|^s3_managed_key$`, value)

_refs(r, path) := object.get(r.refs, concat(".", [sprintf("%v", [key]) | some key in path]), [])

_refers_to_aws(r, path) if {
	some address in _refs(r, path)
	some type, argument in {"data.aws_kms_alias": "name", "data.aws_kms_key": "key_id"}
	source := input.terraform[type][_]
	source.address == address
	aws_key(lib.text(source.config[argument]))
}

# first_missing(r, settings): [setting, path] of the first setting that names no key of one's own, of the first place.
first_missing(r, settings) := found[0] if {
	found := [[setting, path] |
		some setting in settings
		speaks(r, setting)
		path := missing(r, setting)[0]
	]
	count(found) > 0
}

# speaks_any(r, settings): one of them does. may_speak_any(r, settings): one may, and names no key.
speaks_any(r, settings) if speaks(r, settings[_])

may_speak_any(r, settings) if {
	not speaks_any(r, settings)
	some setting in settings
	may_speak(r, setting)
	count(missing(r, setting)) > 0
}

# message(r, setting): what is wrong and what to write.
message(r, setting) := sprintf("%s `%s` is encrypted with a key of AWS's own, over whose use nobody here decides; name a KMS key of yours in %s", [r.type, r.name, argument]) if {
	argument := concat(".", [key | some key in setting.at; is_string(key); key != "*"])
}
