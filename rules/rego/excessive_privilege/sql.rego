# METADATA
# title: Everyone may read or change a table with account data
# custom: {confidence: high, applies_to: {sql: [grant]}}
package paylint.rules.excessive_privilege.sql

import data.paylint.lib

applies contains g.id if some g in input.sql.grant

deny contains {"subject": g.id, "path": ["grantees", i], "msg": msg} if {
	g := input.sql.grant[_]
	grantee := g.config.grantees[i]
	lower(lib.text(grantee)) == "public"
	lower(lib.text(g.config.privileges[_])) in {"all", "all privileges", "select", "insert", "update", "delete"}
	concerns_account_data(g)
	msg := sprintf("every account of the database may use `%s`, which holds account data; grant it to the roles that need it", [g.config.object])
}

# Everything, DROP and GRANT included, to an account that is no owner or administrator.
deny contains {"subject": g.id, "path": ["grantees", i], "severity": "medium", "msg": msg} if {
	g := input.sql.grant[_]
	grantee := g.config.grantees[i]
	lower(lib.text(grantee)) != "public"
	lower(lib.text(g.config.privileges[_])) in {"all", "all privileges"}
	not regex.match(administrator, lower(lib.text(grantee)))
	concerns_account_data(g)
	msg := sprintf("`%s` may do anything with `%s`, which holds account data; grant SELECT, INSERT or UPDATE as it needs", [grantee, g.config.object])
}

administrator := `(?:^|[^a-z])(?:root|postgres|sa|dba|dbo|sys|system|admin[a-z]*|owner|superuser|migrat[a-z]*|flyway|liquibase|ddl)(?:$|[^a-z])`

concerns_account_data(g) if holds_account_data(g.config.object)

concerns_account_data(g) if {
	g.config.object_type == "all tables in schema"
	holds_account_data("*")
}

holds_account_data(object) if {
	t := input.sql.table[_]
	lower(lib.text(t.name)) == bare(object)
	column := t.config.columns[_]
	some element in ["pan", "cardholder_name", "expiry", "verification_code", "track", "pin"]
	lib.name_is(element, column.name)
}

# Every table: *.* and shop.* (MySQL).
holds_account_data(object) if {
	bare(object) == "*"
	t := input.sql.table[_]
	column := t.config.columns[_]
	some element in ["pan", "verification_code", "track", "pin"]
	lib.name_is(element, column.name)
}

holds_account_data(object) if {
	bare(object) == "*"
	t := input.sql.table[_]
	lib.name_is("card_object", bare(t.name))
}

holds_account_data(object) if {
	some element in ["pan", "card_object"]
	lib.name_is(element, bare(object))
}

bare(object) := lower(parts[count(parts) - 1]) if parts := split(replace(lib.text(object), `"`, ""), ".")
