resource "azurerm_api_management" "apim" {
  security { triple_des_ciphers_enabled = true } # expect
}

resource "azurerm_api_management" "apim_old" {
  security { enable_triple_des_ciphers = true } # expect
}

resource "azurerm_application_gateway" "agw" {
  ssl_policy {
    policy_type          = "Custom"
    min_protocol_version = "TLSv1_2"
    cipher_suites        = ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"] # expect
  }
}

resource "azurerm_application_gateway" "agw_profile" {
  ssl_profile {
    name = "p"
    ssl_policy {
      policy_type          = "Custom"
      min_protocol_version = "TLSv1_2"
      cipher_suites        = ["TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"] # expect
    }
  }
}

resource "azurerm_app_service_environment_v3" "ase_ciphers" {
  cluster_setting {
    name  = "FrontEndSSLCipherSuiteOrder"
    value = "TLS_RSA_WITH_3DES_EDE_CBC_SHA,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" # expect
  }
}
