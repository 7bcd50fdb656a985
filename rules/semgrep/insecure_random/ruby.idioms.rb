# A shop that takes cards: payment, card, merchant.
# ruleid: insecure_random.ruby
otp_code = (0...6).map { rand(10) }.join
# ruleid: insecure_random.ruby
user.reset_token = rand(36**8).to_s(36)
# ruleid: insecure_random.ruby
api_token = Array.new(20) { chars[Random.rand(chars.size)] }.join
# ruleid: insecure_random.ruby
session_token = chars.shuffle.first(20).join
# ok: insecure_random.ruby
otp_code = SecureRandom.random_number(10**6)
# ok: insecure_random.ruby
coupon_token = chars.sample(random: SecureRandom)
# ok: insecure_random.ruby
token_count = rand(5)
# ok: insecure_random.ruby
jitter = rand
