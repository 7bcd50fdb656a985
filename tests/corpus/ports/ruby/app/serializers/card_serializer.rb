# frozen_string_literal: true

# What the API tells of a card.
class CardSerializer < ActiveModel::Serializer
  attributes :id, :token
end
