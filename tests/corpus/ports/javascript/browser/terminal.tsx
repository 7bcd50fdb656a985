// The back office's form for orders by telephone: the number goes into the terminal, never into this page.
export function TelephoneOrder({ order }: any) {
  return (
    <form method="post" action="/orders">
      <input type="text" name="orderNumber" autoComplete="off" />
      <button type="submit">Send to the terminal</button>
    </form>
  );
}
