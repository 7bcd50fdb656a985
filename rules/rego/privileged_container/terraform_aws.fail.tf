resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  pid_mode     = "host" # expect
  ipc_mode     = "host" # expect
  network_mode = "host" # expect
  container_definitions = jsonencode([
    {
      name       = "agent"
      privileged = true # expect
    },
    {
      name            = "probe"
      linuxParameters = { capabilities = { add = ["NET_BIND_SERVICE", "CAP_SYS_ADMIN"] } } # expect
    },
  ])
  volume {
    name      = "docker"
    host_path = "/var/run/docker.sock" # expect
  }
}

resource "aws_batch_job_definition" "nightly" {
  name = "nightly"
  container_properties = jsonencode({
    image      = "nightly"
    privileged = true # expect
    volumes    = [{ name = "all", host = { sourcePath = "/" } }] # expect
  })
}

resource "aws_codebuild_project" "images" {
  environment {
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true # expect
  }
}
