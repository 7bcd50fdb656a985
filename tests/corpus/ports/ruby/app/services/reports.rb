# frozen_string_literal: true

# What is told of a payment: tokens, brands and last digits.
class Reports
  def charged(logger, statsd, card, credit_card, card_number, cvv)
    logger.info("charged the card ending in #{card_number[-4..]}")
    logger.info(credit_card.token)
    Sentry.capture_message("charged", extra: { brand: card.brand })
    OpenTelemetry::Trace.current_span.set_attribute("card", card_number[-4..])
    Klaviyo::Public.track("Paid", properties: { brand: card.brand })
    statsd.gauge("card.#{card.brand}", 1)
    Elasticsearch::Client.new.index(index: "payments", body: { token: card.token })
  end

  def tell(slack, user, card_number)
    PaymentMailer.receipt(user, card_number[-4..]).deliver_later
    slack.chat_postMessage(channel: "#ops", text: "charged #{card_number[-4..]}")
  end
end
