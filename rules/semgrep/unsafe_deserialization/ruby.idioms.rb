# A shop that takes cards: payment, card, merchant.
# ruleid: unsafe_deserialization.ruby.input
Marshal.load(Base64.decode64(cookies[:cart]))
# ruleid: unsafe_deserialization.ruby.input
YAML.unsafe_load(params[:yaml])
# ok: unsafe_deserialization.ruby.input
YAML.safe_load(params[:yaml])
# ok: unsafe_deserialization.ruby.input
Marshal.load(Marshal.dump(order))
