resource "aws_vpn_connection" "office" {
  tunnel1_phase1_dh_group_numbers = [14, 19, 20]
  tunnel1_phase2_dh_group_numbers = [24]
}
