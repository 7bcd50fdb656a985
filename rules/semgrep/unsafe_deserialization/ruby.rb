# A shop that takes cards: payment, card, merchant.
# ruleid: unsafe_deserialization.ruby.input
Marshal.load(params[:state])
# ruleid: unsafe_deserialization.ruby.input
YAML.load(request.raw_post)
# ok: unsafe_deserialization.ruby.input
JSON.parse(params[:state])
# ok: unsafe_deserialization.ruby.input
YAML.load(File.read("a.yml"))
# ruleid: unsafe_deserialization.ruby.cookies
config.action_dispatch.cookies_serializer = :marshal
# ok: unsafe_deserialization.ruby.cookies
config.action_dispatch.cookies_serializer = :json
# ruleid: unsafe_deserialization.ruby.stored
Marshal.load(redis.get(card_key))
# ok: unsafe_deserialization.ruby.stored
JSON.parse(redis.get(key))
