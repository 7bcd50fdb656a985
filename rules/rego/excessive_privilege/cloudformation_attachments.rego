# METADATA
# title: A managed policy of administrators is attached
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::IAM::Role
#       - AWS::IAM::User
#       - AWS::IAM::Group
#       - AWS::SSO::PermissionSet
#       - AWS::Serverless::Function
#       - AWS::Serverless::StateMachine
#       - AWS::EKS::AccessEntry
package paylint.rules.excessive_privilege.cloudformation_attachments

import data.paylint.cfn
import data.paylint.lib

list_keys := {
	"AWS::IAM::Role": "ManagedPolicyArns",
	"AWS::IAM::User": "ManagedPolicyArns",
	"AWS::IAM::Group": "ManagedPolicyArns",
	"AWS::SSO::PermissionSet": "ManagedPolicies",
	"AWS::Serverless::Function": "Policies",
	"AWS::Serverless::StateMachine": "Policies",
}

administrators := {
	"AdministratorAccess": "makes its holder administrator of the account",
	"IAMFullAccess": "lets its holder take any right",
	"PowerUserAccess": "allows every action of nearly every service",
}

# One policy that is attached: {r, path, policy}.
attached contains {"r": r, "path": [key, i], "policy": r.config[key][i]} if {
	some type, key in list_keys
	r := input.cloudformation[type][_]
	r.config[key][i]
	is_number(i)
}

# SAM takes one where a list of them belongs.
attached contains {"r": r, "path": ["Policies"], "policy": r.config.Policies} if {
	some r in cfn.all(["AWS::Serverless::Function", "AWS::Serverless::StateMachine"])
	lib.text(r.config.Policies)
}

applies contains found.r.id if some found in attached

# SAM takes bare names too.
deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in attached
	some name, what in administrators
	regex.match(sprintf(`^(?:arn:aws[a-z-]*:iam::aws:policy/)?%s$`, [name]), cfn.written(found.policy))
	msg := sprintf("`%s` %s; grant what the role needs", [found.r.name, what])
}

# Every action of a service, on every resource of it: less severe than an administrator's. Not those of telemetry,
# prices and support.
service_policies := `^(?:arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):iam::aws:policy/(?:job-function/)?)?((?:Amazon|AWS)[A-Za-z0-9_-]*FullAccess|SecretsManagerReadWrite|AWSKeyManagementServicePowerUser|AWSOrganizationsFullAccess|AWSSSOMasterAccountAdministrator|DatabaseAdministrator|NetworkAdministrator|SystemAdministrator|DataScientist)$`

deny contains {"subject": found.r.id, "path": found.path, "msg": msg, "severity": "medium", "confidence": "medium"} if {
	some found in attached
	regex.match(service_policies, cfn.written(found.policy))
	not regex.match(`IAMFullAccess$|(?i:/|^)(?:AWS|Amazon)(?i:XRay|Health|Support|PriceList|ServiceQuotas|CloudWatch)`, cfn.written(found.policy))
	msg := sprintf("`%s` may do everything with every resource of a service (%v); name the actions and the resources it needs", [found.r.name, cfn.written(found.policy)])
}

# A policy of one's own is judged where it is written; one that another stack makes is not the vendor's.
unknown contains {"subject": found.r.id, "reason": "which policy is attached is known only at deployment"} if {
	some found in attached
	lib.is_unknown(found.policy)
	not found.policy.ref
	not regex.match(`^arn:[^:]*:iam::[^:]*:policy/[A-Za-z]`, lib.text(found.policy.text))
}

unknown contains {"subject": r.id, "reason": "which policies are attached is known only at deployment"} if {
	some type, key in list_keys
	r := input.cloudformation[type][_]
	lib.is_unknown(r.config[key])
}

entries contains {"r": r, "path": ["AccessPolicies", i, "PolicyArn"], "entry": r.config.AccessPolicies[i]} if {
	r := input.cloudformation["AWS::EKS::AccessEntry"][_]
	is_object(r.config.AccessPolicies[i])
}

applies contains found.r.id if some found in entries

deny contains {"subject": found.r.id, "path": found.path, "msg": msg} if {
	some found in entries
	regex.match(`:cluster-access-policy/AmazonEKSClusterAdminPolicy$`, cfn.written(found.entry.PolicyArn))
	lower(lib.text(found.entry.AccessScope.Type)) == "cluster"
	msg := sprintf("`%s` makes its holder administrator of the whole cluster; use AmazonEKSEditPolicy or less, for named namespaces", [found.r.name])
}
