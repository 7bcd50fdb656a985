# A shop that takes cards: payment, card, merchant.
# ruleid: injection.ruby.sql
Card.where("brand = '#{params[:brand]}'")
# ok: injection.ruby.sql
Card.where("brand = ?", params[:brand])
# ok: injection.ruby.sql
Card.where(brand: params[:brand])
# ruleid: injection.ruby.command
system("convert #{params[:card_scan]}")
# ok: injection.ruby.command
system("convert", params[:file])
# ruleid: injection.ruby.path
send_file(params[:name])
# ok: injection.ruby.path
send_file(File.basename(params[:name]))
# ruleid: injection.ruby.page
raw(params[:note])
# ok: injection.ruby.page
raw(sanitize(params[:note]))
