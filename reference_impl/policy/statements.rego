# METADATA
# title: Which statements the payment service may run
# description: >-
#   Account data goes into no column in clear (PCI DSS v4.0.1 3.3.1, 3.5.1). The input is what reference_impl/policy
#   found in a statement (model.Facts): names and counts, no values. What cannot be looked into is refused.
package payment.statements

import data.paylint.lib

# The words of paylint's own rules (rules/vocabulary/account_data.yaml).
elements := {"pan", "verification_code", "encrypted_code", "track", "pin"}

kinds := {
	"SELECT", "UNION", "INTERSECT", "EXCEPT", "INSERT", "UPDATE", "DELETE", "MERGE",
	"CONTROL", "SAVEPOINT", "SHOW", "SET",
	"CREATE TABLE", "CREATE INDEX", "CREATE UNIQUE INDEX", "ALTER", "DROP TABLE", "DROP INDEX",
}

# Those that neither put a value together nor take it apart, and run no SQL that is hidden in a text.
functions := {
	"ARRAY", "COALESCE", "COUNT", "CURRENT_TIMESTAMP", "EXISTS", "EXPLODE", "GREATEST", "LEAST", "LOWER", "MAX", "MIN", "SUM", "UNNEST",
	# Of migrations: whether a table is there, and one at a time.
	"PG_ADVISORY_XACT_LOCK", "PG_TABLE_IS_VISIBLE",
}

# A statement that needs as many digits as a card number has brings one, whole or in pieces.
literal_digits_at_most := 12

default decision := {"allow": false, "reasons": ["the question is not understood"]}

decision := {"allow": count(reasons) == 0, "reasons": sort([reason | some reason in reasons])} if understood

understood if {
	is_array(input.statements)
	is_array(input.parameters)
	count([s | some s in input.statements; complete(s)]) == count(input.statements)
}

complete(s) if {
	is_string(s.kind)
	is_boolean(s.writes)
	is_array(s.names)
	is_array(s.functions)
	is_array(s.opaque)
	is_number(s.literal_digits)
	is_boolean(s.columns_named)
}

reasons contains "it is not one statement" if count(input.statements) != 1

reasons contains sprintf("statements of this kind are not let through: %s", [s.kind]) if {
	some s in input.statements
	not s.kind in kinds
}

reasons contains sprintf("it has %s, which cannot be looked into", [what]) if {
	some s in input.statements
	some what in s.opaque
}

reasons contains sprintf("it writes, and names account data (%s): %s", [element, name]) if {
	some s in input.statements
	s.writes
	some name in s.names
	some element in elements
	lib.name_is(element, name)
}

reasons contains "it inserts and does not name its columns" if {
	some s in input.statements
	not s.columns_named
}

reasons contains sprintf("it calls %s, which is not known here", [name]) if {
	some s in input.statements
	some name in s.functions
	not name in functions
}

reasons contains "its literals have as many digits as a card number: values are bound" if {
	some s in input.statements
	s.literal_digits > literal_digits_at_most
}

reasons contains sprintf("it writes, and parameter %v reads as a card number", [parameter.position]) if {
	some s in input.statements
	s.writes
	some parameter in input.parameters
}
