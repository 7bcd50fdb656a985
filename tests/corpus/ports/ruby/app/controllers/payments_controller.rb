# frozen_string_literal: true

require "open3"

# The routes. The verification code goes to the acquirer with the request and nowhere else.
class PaymentsController < ApplicationController
  http_basic_authenticate_with name: "admin", password: ENV.fetch("ADMIN_PASSWORD"), only: :export

  def create
    card_number = params[:card_number]
    Gateway.new.authorize("pay.payco.com", current_order, card_number, params[:expiry], params[:cvv])
    logger.info(params[:order])
    cookies[:remember_token] = { value: current_user.remember_token, secure: true, httponly: true, same_site: :strict }
    render json: { status: "ok", token: CreditCard.keep(card_number), last4: card_number[-4..] }
  rescue CardDeclined
    flash[:error] = "The card ending in #{card_number[-4..]} was declined"
    redirect_to checkout_path(order: params[:order])
  end

  def search
    brand = request.query_parameters[:brand]
    render json: CreditCard.where("brand = ?", brand).where("holder = ?", params[:holder])
  end

  def export
    Open3.capture3("gpg", File.basename(params[:card_file]))
    send_data File.read(Rails.root.join("exports", File.basename(params[:name])))
  end

  def note
    render html: helpers.sanitize(params[:note])
  end

  def cart
    JSON.parse(Base64.decode64(cookies[:cart]))
  end

  def stored(redis, card_key)
    JSON.parse(redis.get(card_key))
  end
end
