resource "kubernetes_pod" "p" {
  metadata { name = "p" }
  spec {
    host_pid = true # expect
    container {
      name = "app"
      security_context {
        privileged = true # expect
      }
    }
    volume {
      name = "socket"
      host_path { path = "/var/run/docker.sock" } # expect
    }
  }
}
