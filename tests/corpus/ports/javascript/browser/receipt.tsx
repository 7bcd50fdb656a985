// What the customer keeps: text stays text, the number has four digits.
const ending = (cardNumber: string) => cardNumber.slice(-4);

export function Receipt({ card, note }: any) {
  return (
    <section>
      <p>Card ending in {card.last4}</p>
      <p>Refunds go to **** {ending(card.masked)}</p>
      <p>{note}</p>
    </section>
  );
}
