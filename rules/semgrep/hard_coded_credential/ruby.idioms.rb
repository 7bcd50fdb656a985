# A shop that takes cards: payment, card, merchant.
# ruleid: hard_coded_credential.ruby.login
Net::SMTP.start("smtp.payco.com", 25, "shop", "mailer", "Tr0ub4dor77x", :plain)
# ruleid: hard_coded_credential.ruby.login
Twilio::REST::Client.new(sid, "k3y9f8s7d6f5g4")
# ruleid: hard_coded_credential.ruby.login
ActiveMerchant::Billing::AuthorizeNetGateway.new(login: "shop", password: "Tr0ub4dor77x")
# ruleid: hard_coded_credential.ruby.login
Net::SSH.start(host, "deploy", password: "Tr0ub4dor77x")
# ok: hard_coded_credential.ruby.login
Braintree::Configuration.private_key = "integration_private_key"
# ok: hard_coded_credential.ruby.login
Stripe.api_key = Rails.application.credentials.stripe_key
# ok: hard_coded_credential.ruby.login
Net::SSH.start(host, "deploy", keys: [path])
# ruleid: hard_coded_credential.ruby.variable
DB_PASSWORD = "Tr0ub4dor77x"
# ruleid: hard_coded_credential.ruby.variable
config.smtp_password = "Tr0ub4dor77x"
# ok: hard_coded_credential.ruby.variable
password_field = "user_password"
# ok: hard_coded_credential.ruby.variable
TEST_SECRET = "just-a-word"
# ok: hard_coded_credential.ruby.variable
config.smtp_password = Rails.application.credentials.smtp
# ruleid: hard_coded_credential.ruby.address
ENV["DATABASE_URL"] ||= "mysql2://shop:Tr0ub4dor77x@db.payco.com/cards"
# ok: hard_coded_credential.ruby.address
connect("postgres://user:password@localhost/cards")
