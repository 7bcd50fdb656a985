variable "key" {
  type = string
}

resource "aws_vpn_connection" "office" {
  tunnel1_preshared_key = var.key
}
