# Whether anything says what is in scope: `import data.paylint.marks`. Not in lib/kubernetes.rego, all of which the embedded
# engine evaluates for whoever uses any of it.
#
# METADATA
# title: Marks of what is in scope
package paylint.marks

# unmarked: nothing in this unit says what is in scope, so that it is not marked means nothing.
unmarked if {
	count(data.settings.cde_namespaces) == 0
	text := sprintf("%v", [input.kubernetes])
	count([key | some key, _ in data.settings.cde_labels; contains(text, sprintf("%s\":", [key]))]) == 0
}
