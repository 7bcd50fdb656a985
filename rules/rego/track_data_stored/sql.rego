# METADATA
# title: A table has a column for full track data
# custom: {confidence: high, applies_to: {sql: [table]}}
package paylint.rules.track_data_stored.sql

import data.paylint.lib

applies contains t.id if some t in input.sql.table

# A type that can hold the datum, encrypted or not: a flag or a time beside its name is about it, not it.
deny contains {"subject": t.id, "path": ["columns", i, "name"], "msg": msg} if {
	t := input.sql.table[_]
	not t.config.temporary == true
	column := t.config.columns[i]
	lib.name_is("track", column.name)
	not lib.sql_is_about(column)
	msg := sprintf(
		"column `%s` of table `%s` keeps magnetic stripe data, which must not be kept after authorisation, encrypted or not; drop the column",
		[column.name, t.name],
	)
}
