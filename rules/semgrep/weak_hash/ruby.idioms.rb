# A shop that takes cards: payment, card, merchant.
# ruleid: weak_hash.ruby.secret
Digest::SHA1.base64digest(user.password)
# ok: weak_hash.ruby.secret
Digest::MD5.hexdigest(file_body)
# ruleid: weak_hash.ruby.signature
cert.sign(key, OpenSSL::Digest.new("SHA1"))
# ok: weak_hash.ruby.signature
cert.sign(key, OpenSSL::Digest.new("SHA256"))
# ruleid: weak_hash.ruby.hmac
OpenSSL::HMAC.hexdigest(OpenSSL::Digest.new("sha1"), key, data)
# ok: weak_hash.ruby.hmac
OpenSSL::HMAC.hexdigest(OpenSSL::Digest.new("sha256"), key, data)
# ruleid: weak_hash.ruby.unstated
Digest::MD5.new.update(text).hexdigest
# ruleid: weak_hash.ruby.unstated
OpenSSL::Digest::SHA1.new
# ok: weak_hash.ruby.unstated
Digest::MD5.file(path).hexdigest
# ok: weak_hash.ruby.unstated
OpenSSL::Digest::SHA256.new
