# METADATA
# title: An AWS machine, container or subnet gives out public addresses
# custom:
#   confidence: high
#   applies_to:
#     cloudformation:
#       - AWS::EC2::Instance
#       - AWS::EC2::LaunchTemplate
#       - AWS::EC2::SpotFleet
#       - AWS::EC2::Subnet
#       - AWS::AutoScaling::LaunchConfiguration
#       - AWS::ECS::Service
#       - AWS::ECS::TaskSet
#       - AWS::Batch::JobDefinition
#       - AWS::SageMaker::NotebookInstance
#       - AWS::SageMaker::Domain
#       - AWS::Transfer::Server
#       - AWS::MWAA::Environment
package paylint.rules.public_ip_assigned.cloudformation

import data.paylint.cfn

# Type -> settings: `at`: where; `bad`: values, "" where leaving it out is the same; `say`: what is open and what to write.
table := {
	"AWS::EC2::Instance": [{"at": ["NetworkInterfaces", "*", "AssociatePublicIpAddress"], "bad": {"true"}, "say": "gets a public address; leave AssociatePublicIpAddress off and publish services through a load balancer"}],
	"AWS::EC2::LaunchTemplate": [{"at": ["LaunchTemplateData", "NetworkInterfaces", "*", "AssociatePublicIpAddress"], "bad": {"true"}, "say": "gives its machines public addresses; leave AssociatePublicIpAddress off"}],
	"AWS::EC2::SpotFleet": [{"at": ["SpotFleetRequestConfigData", "LaunchSpecifications", "*", "NetworkInterfaces", "*", "AssociatePublicIpAddress"], "bad": {"true"}, "say": "gives its machines public addresses; leave AssociatePublicIpAddress off"}],
	"AWS::EC2::Subnet": [{"at": ["MapPublicIpOnLaunch"], "bad": {"true"}, "say": "gives every machine in it a public address; leave MapPublicIpOnLaunch off"}],
	"AWS::AutoScaling::LaunchConfiguration": [{"at": ["AssociatePublicIpAddress"], "bad": {"true"}, "say": "gives its machines public addresses; leave AssociatePublicIpAddress off"}],
	"AWS::ECS::Service": [{"at": ["NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"], "bad": {"enabled"}, "say": "gives its tasks public addresses; set AssignPublicIp: DISABLED"}],
	"AWS::ECS::TaskSet": [{"at": ["NetworkConfiguration", "AwsVpcConfiguration", "AssignPublicIp"], "bad": {"enabled"}, "say": "gives its tasks public addresses; set AssignPublicIp: DISABLED"}],
	"AWS::Batch::JobDefinition": [{"at": ["ContainerProperties", "NetworkConfiguration", "AssignPublicIp"], "bad": {"enabled"}, "say": "gives its jobs public addresses; set AssignPublicIp: DISABLED"}],
	"AWS::SageMaker::NotebookInstance": [{"at": ["DirectInternetAccess"], "bad": {"", "enabled"}, "say": "has its own way to the internet; set DirectInternetAccess: Disabled and a subnet"}],
	"AWS::SageMaker::Domain": [{"at": ["AppNetworkAccessType"], "bad": {"", "publicinternetonly"}, "say": "connects its notebooks over the internet; set AppNetworkAccessType: VpcOnly"}],
	"AWS::Transfer::Server": [{"at": ["EndpointType"], "bad": {"", "public"}, "say": "answers on a public address; set EndpointType: VPC"}],
	"AWS::MWAA::Environment": [{"at": ["WebserverAccessMode"], "bad": {"public_only"}, "say": "shows its web server to the internet; set WebserverAccessMode: PRIVATE_ONLY"}],
}

applies contains r.id if {
	some type, settings in table
	r := input.cloudformation[type][_]
	count(cfn.settings(r.config, settings[_].at)) > 0
}

deny contains {"subject": r.id, "path": found.path, "msg": msg} if {
	some type, settings in table
	r := input.cloudformation[type][_]
	setting := settings[_]
	found := cfn.bad(r.config, setting.at, setting.bad)[_]
	msg := sprintf("`%s` %s", [r.name, setting.say])
}
