# A shop that takes cards: payment, card, merchant.
# ruleid: weak_tls_cipher.ruby
http.ciphers = "RC4-SHA:DES-CBC3-SHA"
# ok: weak_tls_cipher.ruby
http.ciphers = "ECDHE+AESGCM"
