# A shop that takes cards: payment, card, merchant.
# ruleid: jwt_not_verified.ruby.unverified
JWT.decode(params[:jwt], key, false)
# ok: jwt_not_verified.ruby.unverified
JWT.decode(token, nil, true, jwks: keys)
# ruleid: jwt_not_verified.ruby.none
JWT.encode(payload, nil, "none")
# ok: jwt_not_verified.ruby.none
JWT.encode(payload, key, algorithm)
# ruleid: jwt_not_verified.ruby.claims
JWT.decode(token, key, true, algorithm: "RS256", verify_expiration: false)
# ok: jwt_not_verified.ruby.claims
JWT.decode(token, key, true, algorithm: "RS256", verify_iss: true)
