# A camera, and Indian taxes: no cards.
def move(camera, pan, tilt)
  # ok: pan_logged.ruby
  logger.info("pan #{pan} tilt #{tilt}")
  # ok: pan_logged.ruby
  puts camera.pan
  # ok: pan_logged.ruby.card_object
  logger.info(card.inspect)
end
