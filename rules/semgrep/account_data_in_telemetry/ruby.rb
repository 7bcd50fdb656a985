# A shop that takes cards: payment, card, merchant.
# ruleid: account_data_in_telemetry.ruby.errors
Sentry.capture_message("declined #{card_number}")
# ruleid: account_data_in_telemetry.ruby.errors
Sentry.set_user(id: card_number)
# ruleid: account_data_in_telemetry.ruby.errors
Honeybadger.notify(e, context: { number: card.number })
# ruleid: account_data_in_telemetry.ruby.errors
Rollbar.error("declined", number: card_number)
# ruleid: account_data_in_telemetry.ruby.errors
Appsignal.set_error(StandardError.new("declined #{card_number}"))
# ok: account_data_in_telemetry.ruby.errors
Sentry.capture_message("declined #{card.last4}")
# ok: account_data_in_telemetry.ruby.errors
Rollbar.error("declined", number: card_number.last(4))
# ruleid: account_data_in_telemetry.ruby.tracing
span.set_tag("card", card_number)
# ruleid: account_data_in_telemetry.ruby.tracing
span.set_attribute("card", card.number)
# ok: account_data_in_telemetry.ruby.tracing
span.set_tag("card", card.brand)
# ruleid: account_data_in_telemetry.ruby.analytics
analytics.track(user_id: user.id, properties: { number: card_number })
# ruleid: account_data_in_telemetry.ruby.analytics
mixpanel.people.set(user.id, number: card_number)
# ok: account_data_in_telemetry.ruby.analytics
analytics.track(user_id: user.id, properties: { brand: card.brand })
# ruleid: account_data_in_telemetry.ruby.metrics
StatsD.increment("paid", tags: [card_number])
# ok: account_data_in_telemetry.ruby.metrics
StatsD.increment("paid", tags: [card.brand])
# ruleid: account_data_in_telemetry.ruby.search
index.save_object({ number: card_number })
# ok: account_data_in_telemetry.ruby.search
index.save_object({ last4: card.last4 })
