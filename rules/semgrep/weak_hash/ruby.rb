# A shop that takes cards: payment, card, merchant.
# ruleid: weak_hash.ruby.secret
Digest::MD5.hexdigest(user.password)
# ok: weak_hash.ruby.secret
Digest::SHA256.hexdigest(token)
# ruleid: weak_hash.ruby.purpose
password_hash = Digest::SHA1.hexdigest(text)
# ok: weak_hash.ruby.purpose
etag = Digest::SHA1.hexdigest(text)
# ruleid: weak_hash.ruby.signature
key.sign(OpenSSL::Digest::SHA1.new, data)
# ok: weak_hash.ruby.signature
key.sign(OpenSSL::Digest::SHA256.new, data)
# ruleid: weak_hash.ruby.hmac
OpenSSL::HMAC.hexdigest("SHA1", key, data)
# ok: weak_hash.ruby.hmac
OpenSSL::HMAC.hexdigest("SHA256", key, data)
# ruleid: weak_hash.ruby.unstated
x = Digest::MD5.hexdigest(text)
# ok: weak_hash.ruby.unstated
cache_key = Digest::MD5.hexdigest(text)
# ok: weak_hash.ruby.unstated
x = Digest::SHA256.hexdigest(text)

def set_by_steps(user, text)
  # ruleid: weak_hash.ruby.unstated
  md5 = Digest::MD5.new
  md5.update(text)
  dig = md5.hexdigest
  # ruleid: weak_hash.ruby.purpose
  user.set_password(dig)
end

def set_by_good_steps(user, text)
  sha = Digest::SHA256.new
  sha.update(text)
  dig = sha.hexdigest
  # ok: weak_hash.ruby.purpose
  user.set_password(dig)
end
