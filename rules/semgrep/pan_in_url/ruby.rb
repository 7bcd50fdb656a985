# A shop that takes cards: payment, card, merchant.
# ruleid: pan_in_url.ruby.request
HTTParty.get("https://api.shop.com/check?number=#{card_number}")
# ruleid: pan_in_url.ruby.request
uri.query = "number=#{card_number}"
# ok: pan_in_url.ruby.request
HTTParty.get("https://api.shop.com/check?token=#{token}")
# ok: pan_in_url.ruby.request
HTTParty.post("https://api.shop.com/check", body: { number: card_number })
# ruleid: pan_in_url.ruby.redirect
redirect_to "/pay?number=#{card_number}"
# ruleid: pan_in_url.ruby.redirect
payment_path(number: card_number)
# ok: pan_in_url.ruby.redirect
redirect_to payment_path(card.token)
# ruleid: pan_in_url.ruby.route
get "/cards/:card_number", to: "cards#show"
# ok: pan_in_url.ruby.route
get "/cards/:token", to: "cards#show"
# ruleid: pan_in_url.ruby.query
request.query_parameters[:card_number]
# ok: pan_in_url.ruby.query
request.query_parameters[:page]
