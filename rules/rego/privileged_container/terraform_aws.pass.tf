resource "aws_ecs_task_definition" "web" {
  family       = "web"
  pid_mode     = "task"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name            = "web"
    privileged      = false
    linuxParameters = { capabilities = { add = ["NET_BIND_SERVICE"], drop = ["ALL"] } }
  }])
  volume {
    name      = "data"
    host_path = "/data/web"
  }
  volume {
    name      = "base"
    host_path = "/rootfs-cache"
  }
}

resource "aws_batch_job_definition" "nightly" {
  name                 = "nightly"
  container_properties = jsonencode({ image = "nightly" })
}

resource "aws_codebuild_project" "tests" {
  environment {
    image = "aws/codebuild/standard:7.0"
  }
}
