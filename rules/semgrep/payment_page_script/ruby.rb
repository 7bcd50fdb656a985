Rails.application.config.content_security_policy do |policy|
  # ruleid: payment_page_script.ruby.policy
  policy.script_src :self, :unsafe_inline, "https://js.stripe.com"
  # ok: payment_page_script.ruby.policy
  policy.style_src :self, :unsafe_inline
  # ok: payment_page_script.ruby.policy
  policy.script_src :self, "https://js.stripe.com"
end

SecureHeaders::Configuration.default do |config|
  config.csp = {
    # ruleid: payment_page_script.ruby.policy
    script_src: %w('self' 'unsafe-inline' js.stripe.com),
    # ok: payment_page_script.ruby.policy
    style_src: %w('unsafe-inline')
  }
end
