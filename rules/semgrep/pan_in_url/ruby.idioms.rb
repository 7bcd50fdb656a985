# A shop that takes cards: payment, card, merchant.
# ruleid: pan_in_url.ruby.request
Faraday.get("https://bin.payco.com/lookup", { pan: card_number })
# ruleid: pan_in_url.ruby.request
RestClient.get("https://bin.payco.com/#{card_number}")
# ruleid: pan_in_url.ruby.request
HTTParty.get(url, query: { number: card_number })
# ok: pan_in_url.ruby.request
Faraday.get("https://bin.payco.com/lookup", { bin: card_number.first(6) })
# ok: pan_in_url.ruby.request
RestClient.post("https://bin.payco.com/check", { number: card_number })
# ok: pan_in_url.ruby.request
Rails.cache.get("bin/#{card_number}")
# ruleid: pan_in_url.ruby.redirect
redirect_to checkout_path(card_number: params[:card_number])
# ruleid: pan_in_url.ruby.redirect
link_to("card", "/cards/#{card_number}")
# ok: pan_in_url.ruby.redirect
redirect_to checkout_path(token: card.token)
# ok: pan_in_url.ruby.redirect
redirect_to checkout_path(last4: card_number.last(4))
# ok: pan_in_url.ruby.redirect
log_path(card_number)
# ruleid: pan_in_url.ruby.route
resources :cards, param: :card_number
# ok: pan_in_url.ruby.route
resources :cards, param: :token
