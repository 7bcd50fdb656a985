# A shop that takes cards: payment, card, merchant.
# ruleid: account_data_in_telemetry.ruby.errors
Sentry.capture_exception(e, extra: { pan: card.pan })
# ruleid: account_data_in_telemetry.ruby.errors
Sentry.with_scope { |scope| scope.set_extras(card_number: card_number) }
# ruleid: account_data_in_telemetry.ruby.errors
Bugsnag.notify(e) { |report| report.add_metadata(:payment, { card_number: card_number }) }
# ruleid: account_data_in_telemetry.ruby.errors
Honeybadger.context(card_number: params[:card_number])
# ruleid: account_data_in_telemetry.ruby.errors
Airbrake.notify(e, params: { card: card_number })
# ruleid: account_data_in_telemetry.ruby.errors
Rollbar.error(e, cvv: cvv)
# ok: account_data_in_telemetry.ruby.errors
Sentry.capture_exception(e, extra: { order_id: order.id, last4: card_number.last(4) })
# ok: account_data_in_telemetry.ruby.errors
Sentry.set_tags(card_brand: card.brand)
# ok: account_data_in_telemetry.ruby.errors
Honeybadger.notify(e, context: { token: card.token })
# ok: account_data_in_telemetry.ruby.errors
Bugsnag.notify(e)
# ruleid: account_data_in_telemetry.ruby.tracing
OpenTelemetry::Trace.current_span.set_attribute("card", card_number)
# ruleid: account_data_in_telemetry.ruby.tracing
Datadog::Tracing.active_span.set_tag("card.number", params[:card_number])
# ruleid: account_data_in_telemetry.ruby.tracing
NewRelic::Agent.add_custom_attributes(card_number: card_number)
# ok: account_data_in_telemetry.ruby.tracing
NewRelic::Agent.add_custom_attributes(card_brand: card.brand)
# ok: account_data_in_telemetry.ruby.tracing
span.set_attribute("card.last4", card_number.last(4))
# ok: account_data_in_telemetry.ruby.tracing
span.set_attribute("card.valid", card_number.present?)
# ruleid: account_data_in_telemetry.ruby.analytics
Klaviyo::Public.track("Paid", properties: { number: card_number })
# ok: account_data_in_telemetry.ruby.analytics
Klaviyo::Public.track("Paid", properties: { brand: card.brand })
# ruleid: account_data_in_telemetry.ruby.analytics
Analytics.track(user_id: user.id, event: "Paid", properties: { cc: card_number })
# ruleid: account_data_in_telemetry.ruby.analytics
PostHog.capture(distinct_id: user.id, event: "paid", properties: { number: card_number })
# ruleid: account_data_in_telemetry.ruby.analytics
ahoy.track "Paid", card_number: card_number
# ruleid: account_data_in_telemetry.ruby.analytics
intercom.events.create(event_name: "paid", metadata: { number: card_number })
# ok: account_data_in_telemetry.ruby.analytics
ahoy.track "Paid", amount: amount
# ok: account_data_in_telemetry.ruby.analytics
PostHog.capture(distinct_id: user.id, event: "paid", properties: { last4: card_number.last(4) })
# ok: account_data_in_telemetry.ruby.analytics
analytics.identify(user_id: user.id, traits: { token: card.token })
# ruleid: account_data_in_telemetry.ruby.metrics
statsd.gauge("card.#{card_number}", 1)
# ruleid: account_data_in_telemetry.ruby.metrics
Datadog::Statsd.new.increment("paid", tags: ["card:#{card_number}"])
# ok: account_data_in_telemetry.ruby.metrics
StatsD.increment("declined", tags: ["last4:#{card_number.last(4)}"])
# ok: account_data_in_telemetry.ruby.metrics
statsd.gauge("cards", cards.count)
# ruleid: account_data_in_telemetry.ruby.search
Elasticsearch::Client.new.index(index: "x", body: { pan: card_number })
# ruleid: account_data_in_telemetry.ruby.search
es_client.index(index: "payments", body: { pan: card_number })
# ruleid: account_data_in_telemetry.ruby.search
algolia_index.save_objects([{ number: card_number }])
# ok: account_data_in_telemetry.ruby.search
es_client.index(index: "payments", body: { token: card.token })
# ok: account_data_in_telemetry.ruby.search
index.save_object({ number: card_number.last(4) })
