# A shop that takes cards: payment, card, merchant.
# ruleid: cleartext_transport.ruby.http
RestClient.post("http://api.payco.com/v1/charges", body)
# ruleid: cleartext_transport.ruby.http
base_uri "http://api.payco.com"
# ruleid: cleartext_transport.ruby.http
Net::HTTP.get(URI("http://gateway.payco.com/charge"))
# ok: cleartext_transport.ruby.http
Faraday.new(url: "https://api.payco.com")
# ok: cleartext_transport.ruby.http
HTTParty.get("http://billing.internal/health")
# ok: cleartext_transport.ruby.http
builder.tag!("soap", xmlns: "http://www.w3.org/2003/05/soap-envelope")
# ruleid: cleartext_transport.ruby.address
PAYMENT_API = "http://pay.payco.com/v2"
# ok: cleartext_transport.ruby.address
SCHEMA_URL = "http://www.w3.org/2001/XMLSchema"
# ok: cleartext_transport.ruby.address
payment_url = "http://localhost:3000/pay"
# ruleid: cleartext_transport.ruby.connection
Bunny.new("amqp://queue.payco.com:5672")
# ok: cleartext_transport.ruby.connection
Redis.new(url: "redis://localhost:6379")
# ok: cleartext_transport.ruby.connection
Redis.new(url: ENV.fetch("REDIS_URL"))
# ruleid: cleartext_transport.ruby.ftp
Net::FTP.open("ftp.payco.com") { |ftp| ftp.login }
# ok: cleartext_transport.ruby.ftp
Net::FTP.new("ftp.payco.com", ssl: true)
# ruleid: cleartext_transport.ruby.use_ssl
Mysql2::Client.new(host: host, ssl_mode: :disabled)
# ok: cleartext_transport.ruby.use_ssl
Net::HTTP.start("api.payco.com", 443, use_ssl: true)
