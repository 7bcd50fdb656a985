<?php
// ruleid: payment_page_script.page.policy
header("Content-Security-Policy: script-src * 'unsafe-inline'; frame-src https://js.stripe.com");
// ruleid: payment_page_script.page.policy
header("Content-Security-Policy: default-src 'self' 'unsafe-eval'; frame-src https://js.stripe.com");
// ok: payment_page_script.page.policy
header("Content-Security-Policy: script-src 'self' https://js.stripe.com; style-src 'self' 'unsafe-inline'");
// ok: payment_page_script.page.policy
header("Content-Security-Policy: script-src 'self' 'nonce-$nonce' 'unsafe-inline' https://js.stripe.com");
// ok: payment_page_script.page.policy
header("Content-Security-Policy: default-src *; script-src 'self' https://*.stripe.com");
// ok: payment_page_script.page.policy
header("Content-Security-Policy: script-src https://js.stripe.com 'self'; img-src * data:");
