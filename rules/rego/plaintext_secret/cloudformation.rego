# METADATA
# title: A secret stands in a CloudFormation template in plain text
# custom: {confidence: medium, applies_to: {cloudformation: ["*"]}}
package paylint.rules.plaintext_secret.cloudformation

import data.paylint.cfn
import data.paylint.keyed
import data.paylint.lib

# Properties that are secrets whatever resource they belong to.
secret_keys := {
	"MasterUserPassword", "MasterPassword", "MasterUserSecret", "Password", "AdminPassword", "AuthToken", "SecretString",
	"SecretToken", "OAuthToken", "AccessToken", "ClientSecret", "client_secret", "PASSWORD", "SecretAccessKey",
	"PrivateKey", "ApiKey", "SharedSecret", "PreSharedKey", "KdcAdminPassword", "TdeMasterKeyPassword",
	"AdminUserPassword", "HECToken", "ApiKeyValue", "SaslPassword", "SslClientKeyPassword", "AuthPassword", "SecretKey",
	"ApiSecretKey", "AzureBlobSasToken", "FsxAdminPassword", "SvmAdminPassword", "ADDomainJoinPassword",
	"CrossRealmTrustPrincipalPassword", "TdeCredentialPassword", "ApplicationKey", "KeyPassphrase", "PlatformCredential",
	"KAFKA_CLIENT_KEYSTORE_PASSWORD", "KAFKA_CLIENT_KEY_PASSWORD", "KAFKA_SASL_SCRAM_PASSWORD", "KAFKA_SASL_PLAIN_PASSWORD",
}

# Names that mean something else in other resources: type, then the way to it from its end.
only_there := [
	{"type": "AWS::CodeBuild::SourceCredential", "end": ["Token"]},
	{"type": "AWS::KinesisFirehose::DeliveryStream", "end": ["EndpointConfiguration", "AccessKey"]},
]

# One of those with a text: {r, path, key, value}; from wherever it comes, a parameter's default included.
secrets contains {"r": r, "path": path, "key": key, "value": value} if {
	r := input.cloudformation[type][_]
	not type in {"AWS::SSM::Document", "AWS::ApiGateway::Model", "AWS::Glue::Table"}
	walk(r.config, [path, value])
	count(path) > 0
	key := path[count(path) - 1]
	key in secret_keys
	not in_environment(path)
}

secrets contains {"r": r, "path": path, "key": concat(".", entry.end), "value": value} if {
	some entry in only_there
	r := input.cloudformation[entry.type][_]
	walk(r.config, [path, value])
	count(path) >= count(entry.end)
	array.slice(path, count(path) - count(entry.end), count(path)) == entry.end
}

# A user may have several.
secrets contains {"r": r, "path": path, "key": "Passwords", "value": value} if {
	some type in ["AWS::ElastiCache::User", "AWS::MemoryDB::User"]
	r := input.cloudformation[type][_]
	walk(r.config, [path, value])
	count(path) > 1
	path[count(path) - 2] == "Passwords"
}

in_environment(path) if {
	some key in path
	key in {"Variables", "Tags", "Metadata"}
}

applies contains secret.r.id if some secret in secrets

deny contains {"subject": secret.r.id, "path": secret.path, "msg": msg} if {
	some secret in secrets
	lib.secret_value(secret.value)
	msg := sprintf("the value of `%s` of `%s` stands in the template, and so in version control and the stack; take it from Secrets Manager with a dynamic reference", [secret.key, secret.r.name])
}

# Environment of functions, containers and builds, as a mapping ...
mappings := {
	"AWS::Lambda::Function": [["Environment", "Variables"]],
	"AWS::Serverless::Function": [["Environment", "Variables"]],
	"AWS::SageMaker::Model": [["PrimaryContainer", "Environment"], ["Containers", "*", "Environment"]],
	"AWS::MWAA::Environment": [["AirflowConfigurationOptions"]],
	"AWS::Glue::Job": [["DefaultArguments"], ["NonOverridableArguments"]],
	"AWS::KafkaConnect::Connector": [["ConnectorConfiguration"]],
	"AWS::KinesisAnalyticsV2::Application": [["ApplicationConfiguration", "EnvironmentProperties", "PropertyGroups", "*", "PropertyMap"]],
	"AWS::EMR::Cluster": [["Configurations", "*", "ConfigurationProperties"]],
}

environment contains entry if {
	some type, shapes in mappings
	r := input.cloudformation[type][_]
	found := cfn.settings(r.config, shapes[_])[_]
	is_object(found.value)
	lib.known(found.value)
	some name, value in found.value
	not looked_up(type, name)
	entry := {"r": r, "name": trim_left(name, "-"), "value": value, "path": array.concat(found.path, [name])}
}

# Airflow asks a secret store, or runs a command.
looked_up("AWS::MWAA::Environment", name) if regex.match(`(?:key|password|url|backend|conn|auth)_(?:secret|cmd)$`, name)

# ... or as a list of names and values: list, name, value.
lists := {
	"AWS::ECS::TaskDefinition": ["Environment", "Name", "Value"],
	"AWS::Batch::JobDefinition": ["Environment", "Name", "Value"],
	"AWS::CodeBuild::Project": ["EnvironmentVariables", "Name", "Value"],
	"AWS::Amplify::App": ["EnvironmentVariables", "Name", "Value"],
	"AWS::Amplify::Branch": ["EnvironmentVariables", "Name", "Value"],
	"AWS::CloudFront::Distribution": ["OriginCustomHeaders", "HeaderName", "HeaderValue"],
	"AWS::Lightsail::Container": ["EnvironmentVariables", "Variable", "Value"],
	"AWS::AppRunner::Service": ["RuntimeEnvironmentVariables", "Name", "Value"],
	"AWS::ElasticBeanstalk::Environment": ["OptionSettings", "OptionName", "Value"],
	"AWS::ElasticBeanstalk::ConfigurationTemplate": ["OptionSettings", "OptionName", "Value"],
	"AWS::ElasticBeanstalk::Application": ["OptionSettings", "OptionName", "Value"],
}

# Builds may name where to look a value up instead.
environment contains entry if {
	some type, names in lists
	r := input.cloudformation[type][_]
	walk(r.config, [path, variable])
	count(path) > 1
	path[count(path) - 2] == names[0]
	is_object(variable)
	not object.get(variable, "Type", "PLAINTEXT") in {"PARAMETER_STORE", "SECRETS_MANAGER"}
	entry := {"r": r, "name": variable[names[1]], "value": variable[names[2]], "path": array.concat(path, [names[2]])}
}

applies contains variable.r.id if some variable in environment

deny contains {"subject": variable.r.id, "path": variable.path, "msg": msg} if {
	some variable in environment
	lib.secret_name(variable.name)
	lib.secret_value(variable.value)
	msg := sprintf("the value of `%s` stands in the template and in the stack; let the workload take it from a secret store", [variable.name])
}

# An address that a password is part of.
deny contains {"subject": variable.r.id, "path": variable.path, "msg": msg} if {
	some variable in environment
	some url in keyed.urls(lib.text(variable.value))
	count(url.password) >= 6
	keyed.password_literal(url.password)
	not regex.match(`^[$%{]`, url.password)
	msg := sprintf("the address in `%s` has a password in it, readable in the template and in the stack; let the workload take it from a secret store", [variable.name])
}

# A parameter of the store that is no SecureString, which templates cannot make, is readable as it is.
parameters contains r if {
	r := input.cloudformation["AWS::SSM::Parameter"][_]
	lib.secret_name(r.config.Name)
}

parameters contains r if {
	r := input.cloudformation["AWS::SSM::Parameter"][_]
	parts := split(lib.text(r.config.Name), "/")
	lib.secret_name(parts[count(parts) - 1])
}

applies contains r.id if some r in parameters

deny contains {"subject": r.id, "path": ["Value"], "msg": msg} if {
	some r in parameters
	lib.secret_value(r.config.Value)
	msg := sprintf("parameter `%s` keeps a secret in plain text, here and in the store; use AWS::SecretsManager::Secret", [r.name])
}
