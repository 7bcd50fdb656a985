resource "aws_vpn_connection" "office" {
  tunnel1_phase1_dh_group_numbers = [14, 19, 20]
  tunnel1_phase2_dh_group_numbers = [24]
}

resource "aws_acm_certificate" "usual" {
  domain_name = "pay.example.com"
}

resource "aws_acm_certificate" "curve" {
  domain_name   = "pay.example.com"
  key_algorithm = "EC_prime256v1"
}
