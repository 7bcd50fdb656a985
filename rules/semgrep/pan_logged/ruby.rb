# Card numbers in logs of a shop.
class PaymentsController < ApplicationController
  def create(card_number, card, payment, credit_card, pan)
    # ruleid: pan_logged.ruby
    logger.info("charging #{card_number}")
    # ruleid: pan_logged.ruby
    Rails.logger.debug "card: " + card.number
    # ruleid: pan_logged.ruby
    Rails.logger.warn(payment.card_number)
    # ruleid: pan_logged.ruby
    logger.info "got #{params[:card_number]}"
    # ruleid: pan_logged.ruby
    logger.error("got #{params[:card][:number]}")
    # ruleid: pan_logged.ruby
    logger.info(params.fetch(:card_number))
    # ruleid: pan_logged.ruby
    logger.info(params.require(:payment)[:card_number])
    # ruleid: pan_logged.ruby
    @logger.info("declined", card_number: number)
    # ruleid: pan_logged.ruby
    logger.info { "card #{card&.number}" }
    # ruleid: pan_logged.ruby
    puts @card_number
    # ruleid: pan_logged.ruby
    p credit_card.number
    # ruleid: pan_logged.ruby
    $stdout.puts "card %s" % pan
    # ruleid: pan_logged.ruby
    warn format("bad card %s", card_number)
    # ruleid: pan_logged.ruby
    STDERR.puts(card_number.gsub(/\s/, ""))
    # ruleid: pan_logged.ruby
    logger.tagged(card_number) { charge }
    # ruleid: pan_logged.ruby
    logger << card_number
    details = { number: card_number, amount: 3 }
    # ruleid: pan_logged.ruby
    logger.info(details.to_json)
    # ruleid: pan_logged.ruby
    logger.info(JSON.generate(details))
    # ruleid: pan_logged.ruby
    SemanticLogger["Payments"].info("x", card_number: card.number)
    # ruleid: pan_logged.ruby
    Logger.new($stdout).info(card_number)

    # ok: pan_logged.ruby
    logger.info("charging #{card_number.last(4)}")
    # ok: pan_logged.ruby
    logger.info("charging #{card_number[-4..-1]}")
    # ok: pan_logged.ruby
    logger.info("charging #{card_number[-4, 4]}")
    # ok: pan_logged.ruby
    logger.info("charging #{mask(card_number)}")
    # ok: pan_logged.ruby
    logger.info("charging #{card.display_number}")
    # ok: pan_logged.ruby
    logger.info("charging #{card.masked_number}")
    # ok: pan_logged.ruby
    logger.info("present: #{card_number.present?}, #{card_number.length}")
    # ok: pan_logged.ruby
    logger.info(OpenSSL::HMAC.hexdigest("SHA256", key, card_number))
    # ok: pan_logged.ruby
    logger.info("charging #{card_number.gsub(/\d(?=\d{4})/, "*")}")
    # ok: pan_logged.ruby
    logger.info("no card number given")
    # ok: pan_logged.ruby
    logger.info("gift #{gift_card_number}")
    # ok: pan_logged.ruby
    logger.info("token #{card.token}") if card_number
    # ok: pan_logged.ruby
    puts :card_number
    # ok: pan_logged.ruby
    catalog.add(card_number)
    # ok: pan_logged.ruby
    errors.add(:card_number, :invalid)
    # ok: pan_logged.ruby
    logger.info(card_number == other ? "same" : "other")
    digits = card_number.delete(" ")
    # ok: pan_logged.ruby
    logger.info(digits.last(4))
    # ruleid: pan_logged.ruby
    logger.info(digits)
  end

  def whole(card, credit_card, payment_method)
    # ruleid: pan_logged.ruby.card_object
    logger.info(credit_card.inspect)
    # ruleid: pan_logged.ruby.card_object
    logger.info("using #{card.to_json}")
    # ruleid: pan_logged.ruby.card_object
    Rails.logger.debug(credit_card)
    # ruleid: pan_logged.ruby.card_object
    puts card.attributes
    # ok: pan_logged.ruby.card_object
    logger.info(card.id)
    # ok: pan_logged.ruby.card_object
    logger.info("using #{card.last_digits}")
    # ok: pan_logged.ruby.card_object
    logger.info(order.inspect)
    # ok: pan_logged.ruby.card_object
    logger.info(gift_card.inspect)
  end

  def request_logs
    # ruleid: pan_logged.ruby.request
    logger.info(params.inspect)
    # ruleid: pan_logged.ruby.request
    logger.debug("got #{params}")
    # ruleid: pan_logged.ruby.request
    Rails.logger.info(request.raw_post)
    # ok: pan_logged.ruby.request
    logger.info(request.filtered_parameters)
    # ok: pan_logged.ruby.request
    logger.info(params[:order_id])
  end
end

# ruleid: pan_logged.ruby.filter
Rails.application.config.filter_parameters.delete(:card_number)
# ruleid: pan_logged.ruby.filter
Rails.application.config.filter_parameters -= [:card_number]
# ok: pan_logged.ruby.filter
Rails.application.config.filter_parameters += [:card_number, :cvv]
# ok: pan_logged.ruby.filter
Rails.application.config.filter_parameters.delete(:name)

# ruleid: pan_logged.ruby.wiredump
ActiveMerchant::Billing::StripeGateway.wiredump_device = File.open("/tmp/gateway.log", "a")
# ok: pan_logged.ruby.wiredump
ActiveMerchant::Billing::StripeGateway.wiredump_device = nil

# A helper of their own.
# ruleid: pan_logged.ruby
log "charging #{card.card_number}"
# ruleid: pan_logged.ruby
Rails.logger.info(fields.merge(number: card_number))
# ruleid: pan_logged.ruby
Rails.logger.info(["card", card_number].join(" "))
# ok: pan_logged.ruby
log "charging #{card.token}"
