# Which texts of builds and pipelines are secrets: `import data.paylint.literal`.
#
# METADATA
# title: Secrets among literals
package paylint.literal

import data.paylint.lib

# instead: what to do rather than write a secret down.
instead := text if {
	text := _instead[input.unit.kind]
} else := "take it from a secret store"

_instead := {
	"dockerfile": "mount it for the one RUN that needs it (--mount=type=secret), or give it to the container at start",
	"compose": "take it from a secret (secrets: with a file or an external store) or from the environment",
	"github_actions": "keep it as an encrypted secret and write ${{ secrets.NAME }}, or log in with OIDC",
	"gitlab_ci": "keep it as a masked and protected CI/CD variable, or fetch it from a secret manager with id_tokens",
}

# is_secret(value): it is one, written out: no reference, placeholder or name of a variable.
is_secret(value) if {
	lib.secret_value(value)
	is_spelled(value)
}

# is_spelled(value): no reference, placeholder or name of a variable.
is_spelled(value) if {
	not contains(value, "$")
	not contains(value, "{{")
	not regex.match(`(?i)^(?:ignored?|unused|n/a|empty|secretsmanager|from[-_ ].*|.*(?:placeholder|change[-_]?me|changeit|replace[-_]?me|not[-_]?(?:a[-_]?)?(?:real|secret|used)).*|see .*)$`, value)
	not regex.match(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$`, value) # the name of a variable
	not regex.match(`(?i)^[a-z][a-z0-9+.-]*:(?:/|[a-z0-9_/.-]+#)`, value)
}

# is_weak(value): a word as everyone takes.
is_weak(value) := true if {
	regex.match(`(?i)^(?:(?:p[a4@]ss(?:w[o0]rd|wd)?|secret|admin|root|user|test(?:ing)?|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|redis|rabbitmq|guest|minio(?:admin)?|elastic|docker|dev(?:elopment)?|local|demo|sample|example|foo(?:bar)?|qwerty|letmein|ci|django|laravel|rails|symfony|wordpress|keycloak|app|db|super|my|the|insecure|unsafe|toor)[0-9!._-]*)+$`, value)
} else := true if {
	regex.match(`(?i)(?:^|[-_.])(?:test|tests|testing|dummy|fake|mock|ci|insecure|dev|development|local|example|sample)(?:[-_.]|[0-9]*$)|test[-_]?(?:pass|secret|key|token)`, value)
} else := false
