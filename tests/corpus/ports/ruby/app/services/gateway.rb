# frozen_string_literal: true

require "faraday"
require "net/http"
require "net/smtp"
require "openssl"

# The acquirer and the others we call: TLS 1.2 or later, its private authority, our certificate.
class Gateway
  def context
    ctx = OpenSSL::SSL::SSLContext.new
    ctx.min_version = OpenSSL::SSL::TLS1_2_VERSION
    ctx.set_params(ciphers: "ECDHE-RSA-AES256-GCM-SHA384", ca_file: "/etc/checkout/acquirer.pem")
    ctx
  end

  def authorize(host, order, card_number, expiry, cvv)
    body = { order: order.id, number: card_number, expiry: expiry, code: cvv }.to_json
    Net::HTTP.start(host, 443, use_ssl: true, verify_mode: OpenSSL::SSL::VERIFY_PEER) do |http|
      answer = http.post("/v2/charges", body)
      raise CardDeclined, "the card ending in #{card_number[-4..]} was declined" unless answer.is_a?(Net::HTTPCreated)
    end
  end

  def refund(body)
    RestClient.post("https://api.payco.com/v1/refunds", body)
  end

  def rates
    uri = URI("https://rates.kettlewick.com/today")
    Net::HTTP.get(uri)
  end

  def brand(token, card_number)
    Faraday.get("https://bin.payco.com/lookup", { token: token })
  end

  def scores(url)
    Excon.new(url, ssl_verify_peer: true)
  end

  def queue
    Bunny.new("amqps://queue.payco.com:5671")
  end

  def reports(host)
    Mysql2::Client.new(host: host, ssl_mode: :verify_identity)
  end

  def batch
    Net::SFTP.start("sftp.payco.com", "shop") { |sftp| sftp.upload!("charges.csv") }
  end

  def mail
    Net::SMTP.start("smtp.payco.com", 465, "shop", "mailer", ENV.fetch("SMTP_PASSWORD"), :plain, tls: true)
  end
end
