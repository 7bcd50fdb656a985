# A shop that takes cards: payment, card, merchant.
# ruleid: weak_tls_cipher.ruby
ctx.set_params(ciphers: "ALL:eNULL")
# ruleid: weak_tls_cipher.ruby
ctx.ciphers = ["DES-CBC3-SHA"]
# ok: weak_tls_cipher.ruby
ctx.ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"
# ok: weak_tls_cipher.ruby
ctx.ciphers = suites
