# A shop that takes cards: payment, card, merchant.
# ruleid: insecure_cookie.ruby.off
Rails.application.config.session_store :cookie_store, key: "_shop", secure: false
# ok: insecure_cookie.ruby.off
Rails.application.config.session_store :cookie_store, key: "_shop", secure: true
# ok: insecure_cookie.ruby.off
cookies[:theme] = { value: theme, httponly: false }
# ruleid: insecure_cookie.ruby.session
cookies[:remember_token] = user.remember_token
# ruleid: insecure_cookie.ruby.session
cookies.permanent[:auth_token] = token
# ok: insecure_cookie.ruby.session
cookies[:auth_token] = nil
# ok: insecure_cookie.ruby.session
cookies[:auth_token] = cookie_options
# ok: insecure_cookie.ruby.session
cookies[:locale] = locale
