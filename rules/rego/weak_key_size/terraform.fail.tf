resource "tls_private_key" "old" {
  algorithm = "RSA"
  rsa_bits  = 1024 # expect
}
