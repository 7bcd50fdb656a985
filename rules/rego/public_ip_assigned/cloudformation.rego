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
#       - AWS::AppStream::Fleet
#       - AWS::EC2::EIP
#       - AWS::EC2::EIPAssociation
#       - AWS::ElasticBeanstalk::ConfigurationTemplate
#       - AWS::ElasticBeanstalk::Environment
#       - AWS::Events::Rule
#       - AWS::Scheduler::Schedule
package paylint.rules.public_ip_assigned.cloudformation

import data.paylint.cfn
import data.paylint.lib

tasks := "gives its tasks public addresses; set AssignPublicIp: DISABLED"

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
	"AWS::AppStream::Fleet": [{"at": ["EnableDefaultInternetAccess"], "bad": {"true"}, "say": "gives its desktops public addresses; let them out through a NAT gateway"}],
	"AWS::Events::Rule": [{"at": ["Targets", "*", "EcsParameters", "NetworkConfiguration", "AwsVpcConfiguration", "AssignPublicIp"], "bad": {"enabled"}, "say": tasks}],
	"AWS::Scheduler::Schedule": [{"at": ["Target", "EcsParameters", "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp"], "bad": {"enabled"}, "say": tasks}],
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

# An address of its own, given to a machine and to no gateway or balancer. One that forwards for others has to be outside.
holders contains {"r": r, "machine": r.config.InstanceId} if {
	some r in cfn.all(["AWS::EC2::EIP", "AWS::EC2::EIPAssociation"])
	lib.present(r.config, "InstanceId")
	not forwards(r)
}

forwards(r) if {
	machine := input.cloudformation["AWS::EC2::Instance"][_]
	cfn.refers(r, ["InstanceId"], machine)
	lib.falsy(machine.config.SourceDestCheck)
}

applies contains holder.r.id if some holder in holders

deny contains {"subject": holder.r.id, "path": [], "msg": msg} if {
	some holder in holders
	names_machine(holder.machine)
	msg := sprintf("`%s` gives a machine a public address of its own; publish it through a load balancer", [holder.r.name])
}

names_machine(machine) if lib.text(machine) != ""

names_machine(machine) if machine.ref

unknown contains {"subject": holder.r.id, "reason": "what it is for is known only at deployment"} if {
	some holder in holders
	lib.is_unknown(holder.machine)
	not names_machine(holder.machine)
}

beanstalk contains {"r": r, "i": i, "value": setting.Value} if {
	some r in cfn.all(["AWS::ElasticBeanstalk::Environment", "AWS::ElasticBeanstalk::ConfigurationTemplate"])
	setting := r.config.OptionSettings[i]
	setting.Namespace == "aws:ec2:vpc"
	setting.OptionName == "AssociatePublicIpAddress"
}

applies contains found.r.id if some found in beanstalk

deny contains {"subject": found.r.id, "path": ["OptionSettings", found.i, "Value"], "msg": msg} if {
	some found in beanstalk
	lib.truthy(found.value)
	msg := sprintf("the machines of `%s` get public addresses; set AssociatePublicIpAddress to false", [found.r.name])
}
