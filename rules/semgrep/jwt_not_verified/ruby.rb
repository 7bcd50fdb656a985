# A shop that takes cards: payment, card, merchant.
# ruleid: jwt_not_verified.ruby.unverified
JWT.decode(token, nil, false)
# ok: jwt_not_verified.ruby.unverified
JWT.decode(token, key, true, algorithm: "RS256")
# ruleid: jwt_not_verified.ruby.none
JWT.encode(payload, key, "none")
# ok: jwt_not_verified.ruby.none
JWT.encode(payload, key, "RS256")
# ruleid: jwt_not_verified.ruby.claims
JWT.decode(token, key, true, { algorithm: "RS256", verify_expiration: false })
# ok: jwt_not_verified.ruby.claims
JWT.decode(token, key, true, { algorithm: "RS256" })
