# frozen_string_literal: true

require "rails"

module Checkout
  # What the secret store fills: `ENV.fetch` fails at the start where a setting is missing.
  class Application < Rails::Application
    PAYMENT_API = "https://pay.payco.com/v2"
    DB_PASSWORD = ENV.fetch("DB_PASSWORD")
    DATABASE_URL = ENV.fetch("DATABASE_URL")

    secret_key_base = ENV.fetch("SECRET_KEY_BASE")
    config.secret_key_base = secret_key_base
    config.force_ssl = true
    config.filter_parameters += %i[card_number cvv pin track_data]
    config.action_dispatch.cookies_serializer = :json
    config.session_store :cookie_store, key: "_shop", secure: true, httponly: true, same_site: :strict
    config.content_security_policy do |policy|
      policy.script_src :self, "https://js.stripe.com"
      policy.frame_src "https://js.stripe.com"
    end
  end
end

Rails.application.config.filter_parameters.push(:authorization)

# The acquirer's batch server knows us by this.
word = ENV.fetch("BATCH_PASSWORD")
PASSWORD = word

Devise.setup do |config|
  config.stretches = 12
end

ActiveMerchant::Billing::StripeGateway.wiredump_device = nil
