# Who looks for vulnerabilities in a pipeline, and who ships: `import data.paylint.scanners`.
#
# METADATA
# title: Scanners and deployments in pipelines
package paylint.scanners

import data.paylint.lib

# Names of scanners as they occur in commands, actions, images, includes and the names of jobs; and words that say that
# one is meant. Wide on purpose: what is called a security scan is taken for one.
_names := concat("|", [
	`paylint|semgrep|opengrep|codeql|trivy|grype|snyk|checkov|tfsec|terrascan|kics|gitleaks|gitguardian|ggshield|trufflehog|detect-secrets`,
	`bandit|gosec|brakeman|findsecbugs|find-sec-bugs|njsscan|nodejsscan|mobsf|horusec|bearer|psalm|eslint-plugin-security|spotbugs|pmd|sonar|qodana|deepsource`,
	`dependency-?check|osv-scanner|govulncheck|pip-audit|bundler-audit|bundle-audit|cargo-audit|cargo-deny|nancy|retire\.?js|auditjs|owasp|dependency-review`,
	`anchore|clair|dockle|docker-scout|scout-action|kube-?bench|kube-?score|kubesec|kubeaudit|polaris|datree|conftest|kubescape|hadolint|zizmor|scorecard`,
	`veracode|checkmarx|\bcx-?flow|fortify|coverity|black-?duck|synopsys|\bmend\b|whitesource|\bwiz|prisma-?cloud|twistlock|bridgecrew|\baqua|lacework|sysdig|xray|jf-scan|contrast|fossa|cycode|endor|socket|aikido|orca|\bzap|zaproxy|nuclei|stackhawk|burp`,
	`\bsast\b|\bdast\b|\bsca\b|secret[-_ ]?detection|container[-_ ]?scan|dependency[-_ ]?scan|security|vulnerabilit|(?:^|[-_ :/.])(?:scan|scanner|scanning|audit)(?:$|[-_ :/.])`,
])

_line(command) := concat(" ", [word | word := lib.text(command.words[_])])

_is_scanner(text) if regex.match(sprintf(`(?i)(?:%s)`, [_names]), text)

# scans(config): a job, action or pipeline with this config looks for vulnerabilities, or says so.
scans(config) if _is_scanner(lib.text(config.actions[_].uses))

scans(config) if _is_scanner(lib.text(config.images[_].name))

scans(config) if {
	command := config.commands[_]
	not command.name in {"echo", "printf", "git", "cd", "export", "mkdir", "cp", "cat", "apt-get", "apt", "apk"}
	_is_scanner(_line(command))
}

scans(config) if _is_scanner(lib.text(config.key))

scans(config) if _is_scanner(lib.text(config.name))

scans(config) if _is_scanner(lib.text(config.uses))

scans(config) if _is_scanner(lib.text(config.extends))

scans(config) if _is_scanner(lib.text(config.extends[_]))

scans(config) if _is_scanner(lib.text(config.includes[_].target))

scans(config) if regex.match(`(?i)auto-devops`, lib.text(config.includes[_].target))

# Commands that ship: program -> one of its words, and the word before, "" for none.
_ships := {
	"docker": `(?:^| )(?:push|--push|compose push)(?: |$)`,
	"podman": `(?:^| )push(?: |$)`,
	"buildah": `(?:^| )push(?: |$)`,
	"crane": `(?:^| )(?:push|append)(?: |$)`,
	"ko": ` (?:publish|build|apply|resolve)(?: |$)`,
	"executor": `--destination`,
	"kubectl": ` (?:apply|replace|create|set image)(?: |$)`,
	"oc": ` (?:apply|replace|start-build|rollout)(?: |$)`,
	"helm": ` (?:upgrade|install|push)(?: |$)`,
	"helmfile": ` (?:apply|sync)(?: |$)`,
	"terraform": ` apply(?: |$)`,
	"tofu": ` apply(?: |$)`,
	"terragrunt": ` (?:apply|run-all apply)(?: |$)`,
	"pulumi": ` up(?: |$)`,
	"cdk": ` deploy(?: |$)`,
	"serverless": ` deploy(?: |$)`,
	"sls": ` deploy(?: |$)`,
	"sam": ` deploy(?: |$)`,
	"eb": ` deploy(?: |$)`,
	"flyctl": ` deploy(?: |$)`,
	"fly": ` deploy(?: |$)`,
	"skaffold": ` (?:run|deploy)(?: |$)`,
	"cf": ` push(?: |$)`,
	"heroku": ` container:(?:push|release)(?: |$)`,
	"gcloud": ` (?:run|app|functions)(?: services)? deploy(?: |$)`,
	"aws": ` (?:ecs update-service|lambda update-function-code|cloudformation deploy|deploy create-deployment)(?: |$)`,
	"az": ` (?:webapp deploy|webapp deployment|containerapp up|containerapp update|functionapp deploy|acr build)(?: |$)`,
	"nomad": ` (?:job run|run)(?: |$)`,
	"argocd": ` app sync(?: |$)`,
	"ansible-playbook": ` .*deploy`,
}

_shipping_actions := `(?i)^(?:aws-actions/amazon-ecs-deploy-task-definition|aws-actions/aws-cloudformation-github-deploy|aws-actions/aws-lambda-deploy|azure/(?:webapps-deploy|k8s-deploy|functions-action|container-apps-deploy-action)|google-github-actions/(?:deploy-cloudrun|deploy-appengine|deploy-cloud-functions)|superfly/flyctl-actions|akhileshns/heroku-deploy|serverless/github-action)$`

# shipping(config): [path, ...] of what publishes an image or deploys. Clusters that live as long as a test do not count.
shipping(config) := [path |
	not _tries_out(config)
	some path in array.concat(_by_command(config), _by_action(config))
]

_by_command(config) := [["commands", i] |
	command := config.commands[i]
	regex.match(_ships[command.name], _line(command))
	not _is_dry(command)
]

_by_action(config) := [["actions", i] |
	action := object.get(config, "actions", [])[i]
	_ships_as(action)
]

_ships_as(action) if regex.match(_shipping_actions, lib.text(action.repository))

_ships_as(action) if {
	action.repository in {"docker/build-push-action", "docker/bake-action"}
	not lib.falsy(object.get(action, ["with", "push"], "false"))
}

_is_dry(command) if regex.match(`^--(?:dry-run.*|check|server-dry-run)$`, lib.text(command.words[_]))

_tries_out(config) if config.commands[_].name in {"kind", "minikube", "k3d", "k3s", "microk8s"}

_tries_out(config) if regex.match(`(?i)kind-action|setup-minikube|k3d|setup-kind|localstack`, lib.text(config.actions[_].uses))

_tries_out(config) if regex.match(`(?i)localstack|registry:2|k3s`, lib.text(config.images[_].image))
