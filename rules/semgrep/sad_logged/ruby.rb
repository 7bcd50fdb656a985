# Codes, tracks and PINs in logs of a card terminal.
def authorize(card, cvv, params, pin_block, track_data, gpio_pin, song)
  # ruleid: sad_logged.ruby
  logger.info("cvv #{cvv}")
  # ruleid: sad_logged.ruby
  Rails.logger.debug(card.verification_value)
  # ruleid: sad_logged.ruby
  puts params[:cvv]
  # ruleid: sad_logged.ruby
  puts params[:card][:cvc]
  # ruleid: sad_logged.ruby
  logger.info("swiped #{track_data}")
  # ruleid: sad_logged.ruby
  logger.debug(pin_block.inspect)
  # ruleid: sad_logged.ruby
  logger.info(Digest::SHA256.hexdigest(cvv))
  # ruleid: sad_logged.ruby
  logger.info(cvv: code)
  # ok: sad_logged.ruby
  logger.info(response.cvv_result["code"])
  # ok: sad_logged.ruby
  logger.info(cvv_result)
  # ok: sad_logged.ruby
  logger.info("cvv given: #{cvv.present?}")
  # ok: sad_logged.ruby
  logger.info("gpio #{gpio_pin}")
  # ok: sad_logged.ruby
  logger.info(song.track)
  # ok: sad_logged.ruby
  logger.info("bad cvv")
  # ok: sad_logged.ruby
  logger.info(redact(cvv))
  # ok: sad_logged.ruby
  logger.info(cvv: "[FILTERED]")
end
