package main

test_root if {
	count(deny) == 1 with input as parse_config_file("deployment.yaml")
}
