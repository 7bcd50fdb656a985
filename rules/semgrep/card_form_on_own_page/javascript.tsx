export function Checkout({ t }: Props) {
  return (
    <form method="post" action="/pay">
      {/* ruleid: card_form_on_own_page.javascript.field */}
      <input type="text" name="cardNumber" autoComplete="cc-number" />
      {/* ruleid: card_form_on_own_page.javascript.field */}
      <Field name="payment.card_number" component={TextInput} />
      {/* ruleid: card_form_on_own_page.javascript.field */}
      <TextField label={t("number")} name="ccNumber"></TextField>
      {/* ok: card_form_on_own_page.javascript.field */}
      <input type="hidden" name="cardNumber" />
      {/* ok: card_form_on_own_page.javascript.field */}
      <input type="text" name="giftCardNumber" />
      {/* ok: card_form_on_own_page.javascript.field */}
      <CardNumberElement id="cardNumber" />
      {/* ok: card_form_on_own_page.javascript.field */}
      <Icon name="cardNumber" />
      {/* ok: card_form_on_own_page.javascript.field */}
      <input type="text" name="cardToken" />
    </form>
  );
}
