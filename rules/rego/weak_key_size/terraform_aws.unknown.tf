variable "group" {
  type = number
}

resource "aws_vpn_connection" "office" {
  tunnel1_phase1_dh_group_numbers = [var.group]
}
