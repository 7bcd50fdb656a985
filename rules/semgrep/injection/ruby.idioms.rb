# A shop that takes cards: payment, card, merchant.
# ruleid: injection.ruby.sql
Card.where("brand = '" + params[:brand] + "'")
# ruleid: injection.ruby.sql
Card.order(params[:sort])
# ruleid: injection.ruby.sql
Card.find_by_sql("select * from cards where brand = '#{params[:brand]}'")
# ok: injection.ruby.sql
Card.order(:created_at)
# ok: injection.ruby.sql
Card.where("id = #{params[:id].to_i}")
# ok: injection.ruby.sql
Rails.cache.fetch(params[:key]) { 1 }
# ok: injection.ruby.sql
Card.find(params[:id])
# ruleid: injection.ruby.command
Open3.capture3("gpg #{params[:card_file]}")
# ruleid: injection.ruby.command
eval(params[:code])
# ruleid: injection.ruby.command
payment.send(params[:event])
# ok: injection.ruby.command
Open3.capture3("gpg", params[:file])
# ok: injection.ruby.command
payment.send("#{params[:event]}!")
# ok: injection.ruby.command
http.send(verb, path, params)
# ok: injection.ruby.command
system("convert #{Shellwords.escape(params[:file])}")
# ruleid: injection.ruby.path
File.read(Rails.root.join("exports", params[:name]))
# ok: injection.ruby.path
File.write("out.json", params.to_json)
# ok: injection.ruby.path
send_file(report.path)
# ruleid: injection.ruby.page
params[:note].html_safe
# ok: injection.ruby.page
t("note_html").html_safe
