# frozen_string_literal: true

Rails.application.routes.draw do
  resources :payments, only: %i[create show], param: :token
  resources :cards, only: %i[show], param: :token
end
