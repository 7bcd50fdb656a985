# frozen_string_literal: true

# Tokens, last digits and ciphertext: no column for a number in clear, a code, a PIN or a track.
class CreateCards < ActiveRecord::Migration[7.2]
  def change
    create_table(:credit_cards) do |t|
      t.string :token, null: false, index: { unique: true }
      t.binary :sealed_number, null: false
      t.binary :sealed_expiry, null: false
      t.string :last4, limit: 4, null: false
    end
    execute("CREATE TABLE archived_cards (token varchar(40) PRIMARY KEY, sealed_number bytea, last4 char(4))")
  end
end
