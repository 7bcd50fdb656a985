import React from "react";

// A page about payments on which no card is entered.
export function PaymentDetails({ address }: { address: string }) {
  return (
    <section className="card">
      {/* ok: injection.javascript.raw_html */}
      <p dangerouslySetInnerHTML={{ __html: address }} />
    </section>
  );
}
