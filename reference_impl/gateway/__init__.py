"""The payment gateway: authorise, capture, void, refund, look up. PCI DSS 3.3.1, 4.2.1, 6.2.4; NIST SP 800-52r2.

What it guarantees
- Card data leave for hosts of an allowlist only, over TLS 1.3 (1.2 with ephemeral keys and AEAD at least), to who owns
  a pinned key below a trusted root. Certificate, name and pin are checked before the first byte of a request.
- Inside TLS the card is one JWE to the gateway's key, good only beside the amount, currency, merchant, idempotency key
  and time it was made for.
- An answer counts if the gateway signed it for this very request and it speaks of this order. Everything else, whatever
  its status, is garbage: at most 16 KiB of it are read, none of it is logged, quoted or followed.
- One idempotency key moves money at most once, and nothing that moved is called failed: after silence the gateway is
  asked before anything is sent again, and what stays unknown is said to be (`OutcomeUnknownError`).
- The verification code serves one `authorize` call and is forgotten when that returns or raises.

How it would be attacked
- A certificate of a deceived CA, DNS or a proxy in between: the pins. Pins of a key that is lost: the backup pin.
- Taking the JWE of one payment for another: its protected header no longer fits, and the gateway refuses it.
- Replaying or making up answers, from inside the gateway's network: request id, signature and encryption.
- Making us charge twice by swallowing answers: the same key and bytes, looked up first. The gateway must do one key
  once; that it says so falsely cannot be seen from here.
- Reading the log: httpcore's debug log of what servers send is cut off, errors carry no cause.

What it does not do: ask whether a certificate was revoked (the pins are changed instead), keep keys (they are handed
in), or overwrite memory (Python cannot).

`tls` contexts and pins | `model` values and errors | `encryption` both JOSE formats | `answers` their strict reading |
`exchange` one request | `client` the operations | `answer_keys` our keys, wrapped | `opening` what settings say.
"""
