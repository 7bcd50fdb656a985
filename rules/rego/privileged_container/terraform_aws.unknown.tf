variable "mode" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family       = "web"
  network_mode = var.mode
}
