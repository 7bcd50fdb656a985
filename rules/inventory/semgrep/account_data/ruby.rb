class CreateCards < ActiveRecord::Migration[7.1]
  def change
    create_table :cards do |t|
      # ruleid: account_data.ruby.column
      t.string :card_number, limit: 19
      # ruleid: account_data.ruby.column
      t.binary :pan_ciphertext
      # ok: account_data.ruby.column
      t.string :colour
    end
    # ruleid: account_data.ruby.column
    add_column :orders, :cvv, :string
    # ok: account_data.ruby.column
    remove_column :orders, :card_number, :string
  end
end

# ruleid: account_data.ruby.sql
WALLETS = "CREATE TABLE wallets (id int, card_number text)"
# ok: account_data.ruby.sql
QUERY = "SELECT card_number text FROM wallets"

# ruleid: account_data.ruby.request
number = params[:card_number]
# ok: account_data.ruby.request
colour = params[:colour]
