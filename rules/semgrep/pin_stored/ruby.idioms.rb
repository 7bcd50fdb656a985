# A shop that takes cards: payment, card, merchant.
# ruleid: pin_stored.ruby.store
session[:pin] = pin_block
# ruleid: pin_stored.ruby.store
PinJob.perform_async(pin_block)
# ok: pin_stored.ruby.store
session[:pin] = pin_retry_count
# ok: pin_stored.ruby.store
File.write("gpio", gpio_pin)
