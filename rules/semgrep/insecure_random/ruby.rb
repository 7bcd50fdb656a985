# A shop that takes cards: payment, card, merchant.
# ruleid: insecure_random.ruby
reset_token = rand(1000000)
# ok: insecure_random.ruby
reset_token = SecureRandom.hex(32)
# ok: insecure_random.ruby
index = rand(10)
def generate_token
  # ruleid: insecure_random.ruby.function
  rand(1_000_000)
end
def pick_color
  # ok: insecure_random.ruby.function
  rand(3)
end
