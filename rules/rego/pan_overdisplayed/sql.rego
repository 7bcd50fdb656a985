# METADATA
# title: A view shows the whole card number
# custom: {confidence: medium, applies_to: {sql: [view]}}
package paylint.rules.pan_overdisplayed.sql

import data.paylint.lib

applies contains v.id if some v in input.sql.view

# A column given on as it is: `card_number`, `c.card_number AS number`. What a function makes of it is not known to be whole.
deny contains {"subject": v.id, "path": ["columns", i, "name"], "msg": msg} if {
	v := input.sql.view[_]
	column := v.config.columns[i]
	lib.name_is("pan", given(column))
	not of_ciphertext(given(column))
	msg := sprintf(
		"view `%s` gives the whole card number on as `%s`; show the last four digits, `right(card_number, 4)`",
		[v.config.name, column.name],
	)
}

given(column) := column.name if column.expression == null

given(column) := column.expression if {
	is_string(column.expression)
	regex.match("^[A-Za-z0-9_.`\"\\[\\]]+$", column.expression)
}

# A table in these files keeps it as bytes: what the view shows is ciphertext, as far as the schema says.
of_ciphertext(name) if {
	parts := split(replace(replace(replace(replace(name, "[", ""), "]", ""), "`", ""), `"`, ""), ".")
	column := input.sql.table[_].config.columns[_]
	lower(column.name) == lower(parts[count(parts) - 1])
	lib.sql_is_binary(column)
}
