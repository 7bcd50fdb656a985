# A shop that takes cards: payment, card, merchant.
# ruleid: insecure_cookie.ruby.off
cookies[:session_id] = { value: id, secure: false, httponly: true }
# ok: insecure_cookie.ruby.off
cookies[:session_id] = { value: id, secure: true, httponly: true }
# ruleid: insecure_cookie.ruby.session
cookies[:auth_token] = { value: token, expires: later }
# ok: insecure_cookie.ruby.session
cookies[:theme] = { value: theme }
# ok: insecure_cookie.ruby.session
cookies[:auth_token] = { value: token, secure: true, httponly: true }
