# METADATA
# title: A table has a column for the card verification code
# custom: {confidence: high, applies_to: {sql: [table]}}
package paylint.rules.verification_code_stored.sql

import data.paylint.lib

applies contains t.id if some t in input.sql.table

# A type that can hold the datum, encrypted or not: a flag or a time beside its name is about it, not it.
deny contains {"subject": t.id, "path": ["columns", i, "name"], "msg": msg} if {
	t := input.sql.table[_]
	not t.config.temporary == true
	column := t.config.columns[i]
	lib.name_is("verification_code", column.name)
	not lib.name_is("encrypt", column.name)
	not lib.sql_is_about(column)
	msg := sprintf(
		"column `%s` of table `%s` keeps the card verification code, which must not be kept after authorisation, encrypted or not; drop the column",
		[column.name, t.name],
	)
}

# Until the authorisation it may wait encrypted (3.3.2). A schema does not tell when it is deleted. (`encrypted_code`, which knows `cvv_enc`
# too, is too large a pattern for this engine.)
deny contains {"subject": t.id, "path": ["columns", i, "name"], "msg": msg, "confidence": "medium"} if {
	t := input.sql.table[_]
	not t.config.temporary == true
	column := t.config.columns[i]
	lib.name_is("verification_code", column.name)
	lib.name_is("encrypt", column.name)
	not lib.sql_is_about(column)
	msg := sprintf(
		"column `%s` of table `%s` keeps an encrypted card verification code, which must be gone once the payment is authorised and may only wait for that encrypted; drop the column, or set it to NULL as soon as the authorisation answers",
		[column.name, t.name],
	)
}
