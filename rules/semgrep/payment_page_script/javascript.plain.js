// ok: payment_page_script.javascript.policy
res.setHeader("Content-Security-Policy", "script-src * 'unsafe-inline'");
