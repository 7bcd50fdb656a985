import { loadStripe } from "@stripe/stripe-js";

// ruleid: payment_page_scripts.javascript.provider
const provider = loadStripe("pk_test_key");
// ok: payment_page_scripts.javascript.provider
const map = loadMap("key");
