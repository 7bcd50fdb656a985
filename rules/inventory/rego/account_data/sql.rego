# What the tables hold when all migrations have run. Which names mean what is judged where the inventory is made; here
# is all that may mean something, ciphertext and hashes as well.
#
# METADATA
# title: Columns that may hold account data
# custom: {confidence: high, applies_to: {sql: [table]}}
package paylint.rules.account_data.sql

import data.paylint.inventory
import data.paylint.lib

elements := ["pan", "verification_code", "track", "pin", "expiry", "cardholder_name", "service_code"]

spoken_of(t, column) if {
	element := elements[_]
	regex.match(data.vocabulary[element].include, column.name)
}

spoken_of(t, column) if regex.match(`(?i)card|(?:^|_)pan(?:_|$)`, column.name)

# In a table of cards, `number` is one.
spoken_of(t, column) if {
	regex.match(`(?i)card`, t.name)
	regex.match(`(?i)^(?:number|num|no|expir|exp|holder|name|code|valid|owner|security|verification)`, column.name)
}

found contains {"s": t, "path": ["columns", i, "name"], "values": values} if {
	t := input.sql.table[_]
	not t.config.temporary == true
	column := t.config.columns[i]
	lib.text(column.name)
	spoken_of(t, column)
	values := {
		"kind": "stored",
		"store": t.name,
		"field": column.name,
		"type": column.type,
		"length": column.length,
		"encrypted": encrypted(column),
		"comment": object.get(column, "comment", null),
		"comment of table": object.get(t.config, "comment", null),
	}
}

encrypted(column) := "true" if {
	lib.truthy(object.get(column, "encrypted", null))
} else := null

applies contains each.s.id if some each in found

deny contains inventory.entry(each.s, each.path, each.values) if some each in found
