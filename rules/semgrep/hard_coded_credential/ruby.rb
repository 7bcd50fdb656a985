# A shop that takes cards: payment, card, merchant.
# ruleid: hard_coded_credential.ruby.login
Redis.new(host: host, password: "Tr0ub4dor-77x")
# ok: hard_coded_credential.ruby.login
Redis.new(host: host, password: ENV.fetch("REDIS_PASSWORD"))
# ruleid: hard_coded_credential.ruby.basic
http_basic_authenticate_with name: "admin", password: "Tr0ub4dor-77x"
# ok: hard_coded_credential.ruby.basic
http_basic_authenticate_with name: "admin", password: ENV["PW"]
# ruleid: hard_coded_credential.ruby.variable
db_password = "Tr0ub4dor-77x"
# ok: hard_coded_credential.ruby.variable
db_password = ENV["PW"]
# ok: hard_coded_credential.ruby.variable
password = "changeme"
# ruleid: hard_coded_credential.ruby.address
connect("postgres://shop:Tr0ub4dor77x@db.shop.com/cards")
# ok: hard_coded_credential.ruby.address
connect("postgres://db.shop.com/cards")
word = "Tr0ub4dor77x"
# ruleid: hard_coded_credential.ruby.constant
PASSWORD = word
# ok: hard_coded_credential.ruby.constant
OTHER_PASSWORD = read_secret
