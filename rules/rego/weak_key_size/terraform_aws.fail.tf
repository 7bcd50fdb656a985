resource "aws_vpn_connection" "office" {
  tunnel1_phase1_dh_group_numbers = [2, 14] # expect
  tunnel2_phase2_dh_group_numbers = [5]     # expect
}

resource "aws_acm_certificate" "short" {
  domain_name   = "pay.example.com"
  key_algorithm = "RSA_1024" # expect
}
