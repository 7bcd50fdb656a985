# A shop that takes cards: payment, card, merchant.
# ruleid: cleartext_transport.ruby.http
HTTParty.post("http://api.shop.com/pay", body: body)
# ruleid: cleartext_transport.ruby.http
conn = Faraday.new(url: "http://api.shop.com")
# ok: cleartext_transport.ruby.http
HTTParty.post("https://api.shop.com/pay", body: body)
# ok: cleartext_transport.ruby.http
HTTParty.get("http://localhost:3000/pay")
# ruleid: cleartext_transport.ruby.address
gateway_url = "http://pay.shop.com/charge"
# ok: cleartext_transport.ruby.address
gateway_url = "https://pay.shop.com/charge"
# ruleid: cleartext_transport.ruby.connection
Redis.new(url: "redis://cache.shop.com:6379")
# ok: cleartext_transport.ruby.connection
Redis.new(url: "rediss://cache.shop.com:6379")
# ruleid: cleartext_transport.ruby.ftp
Net::FTP.new("ftp.shop.com")
# ok: cleartext_transport.ruby.ftp
Net::SFTP.start("ftp.shop.com", user)
# ruleid: cleartext_transport.ruby.force_ssl
config.force_ssl = false
# ok: cleartext_transport.ruby.force_ssl
config.force_ssl = true
# ruleid: cleartext_transport.ruby.use_ssl
http.use_ssl = false
# ok: cleartext_transport.ruby.use_ssl
http.use_ssl = true
def fetch
  # ruleid: cleartext_transport.ruby.variable
  uri = URI("http://api.shop.com/rates")
  Net::HTTP.get(uri)
end
def safe
  # ok: cleartext_transport.ruby.variable
  uri = URI("https://api.shop.com/rates")
  Net::HTTP.get(uri)
end

def sample_addresses
  # ruleid: cleartext_transport.ruby.variable
  Net::HTTP.get(URI("http://www.example.com/index.html"))
  # ruleid: cleartext_transport.ruby.variable
  HTTParty.post("http://api.example.com/pay", body: body)
  # ok: cleartext_transport.ruby.variable
  Net::HTTP.get(URI("http://rates.internal/index.html"))
  # ok: cleartext_transport.ruby.variable
  Catalog.get("http://www.example.com/index.html")
end

def sample_variable
  # ruleid: cleartext_transport.ruby.variable
  uri = URI("http://example.com/rates?count=10")
  Net::HTTP.start(uri.host, uri.port) { |http| http.request(query) }
end
