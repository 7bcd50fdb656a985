resource "kubernetes_ingress_v1" "checkout" {
  metadata {
    name = "checkout" # expect
  }
  spec {
    ingress_class_name = "nginx"
    rule { host = "pay.example.com" }
  }
}

resource "kubectl_manifest" "gateway" {
  yaml_body = <<-YAML
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: pay}
    spec:
      servers:
        - port: {number: 80, name: http, protocol: HTTP} # expect
          hosts: [pay.example.com]
  YAML
}
