resource "google_dns_managed_zone" "dns_sha1" {
  name     = "z"
  dns_name = "a."
  dnssec_config {
    state = "on"
    default_key_specs {
      algorithm  = "rsasha1" # expect
      key_type   = "keySigning"
      key_length = 2048
    }
  }
}
