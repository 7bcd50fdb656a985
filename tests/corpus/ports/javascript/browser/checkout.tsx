// The page: the number and the code are typed into the provider's frames, this code sees a token and four digits.
import { CardElement, useElements, useStripe } from "@stripe/react-stripe-js";
import Cookies from "js-cookie";
import { persistReducer } from "redux-persist";
import storage from "redux-persist/lib/storage";

export const kept = (reducer: any) => persistReducer({ key: "checkout", storage, whitelist: ["cardToken", "amount"] }, reducer);

export function remember(values: any) {
  sessionStorage.setItem("checkout", values.cardToken);
  Cookies.set("theme", values.theme);
}

export function Checkout({ order }: any) {
  const stripe = useStripe();
  const elements = useElements();
  const pay = async (event: any) => {
    event.preventDefault();
    await stripe!.confirmCardPayment(order.secret, { payment_method: { card: elements!.getElement(CardElement)! } });
  };
  return (
    <form onSubmit={pay}>
      <CardElement options={{ hidePostalCode: true }} />
      <button type="submit">Pay</button>
    </form>
  );
}
