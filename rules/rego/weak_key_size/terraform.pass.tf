resource "tls_private_key" "plain" {
  algorithm = "RSA"
}

resource "tls_private_key" "long" {
  algorithm = "RSA"
  rsa_bits  = "4096"
}

resource "tls_private_key" "curve" {
  algorithm = "ED25519"
}
