# METADATA
# title: A table has a column for the card number in readable form
# custom: {confidence: high, applies_to: {sql: [table]}}
package paylint.rules.pan_stored_in_clear.sql

import data.paylint.lib

applies contains t.id if some t in input.sql.table

deny contains {"subject": t.id, "path": ["columns", i, "name"], "msg": msg} if {
	t := input.sql.table[_]
	not t.config.temporary == true
	column := t.config.columns[i]
	lib.name_is("pan", column.name)
	not lib.truthy(column.encrypted)
	not lib.sql_is_about(column)
	not lib.sql_is_binary(column)
	not lib.sql_is_short(column)
	not of_few_digits(column)
	msg := sprintf(
		"column `%s` (%v) of table `%s` keeps the card number in readable form; keep a token, or ciphertext under a managed key",
		[column.name, column.type, t.name],
	)
}

# Angles and speeds: these types hold no card number, which has more digits.
of_few_digits(column) if lower(lib.text(column.base_type)) in {"real", "float", "float4", "smallint", "int2", "tinyint", "mediumint"}

# A binary column may hold ciphertext: the schema does not say.
unknown contains {"subject": t.id, "reason": reason} if {
	t := input.sql.table[_]
	column := t.config.columns[_]
	lib.name_is("pan", column.name)
	lib.sql_is_binary(column)
	reason := sprintf("column `%s` is binary: whether the card number in it is encrypted is not said by the schema", [column.name])
}
