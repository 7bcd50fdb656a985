"""Card data encrypted in the browser or app, so that nothing between there and here can read them.

Guarantees: an envelope (JWE, RFC 7516) opens once, within minutes, for the tenant it was made for, with the key it
names. Keys are published as a JWK set (RFC 7517), the one to use and the one that comes next; a rotated key still
opens what clients with an older set send, until it retires. Then its private half is deleted, and with it the means to
open anything that was recorded on the way.

How it would be attacked, and what answers:

- Another algorithm, a key of the attacker's own, compression: the header is matched against a closed set of members
  before any cryptography runs; `alg` must fit the kind of key that `kid` names; `enc` is A256GCM.
- Asking the service which envelopes open (an oracle): every failure to decrypt is the same error, and RSA is OAEP.
- Points that are not on the curve: the ephemeral key must be on P-256, which `cryptography` checks.
- Recording an envelope and sending it again, or to another tenant's account: time, nonce and tenant are inside, under
  the encryption; a nonce is spent in the database, so that it is spent for every process.
- Reading the database: private keys are sealed, with keys that only the key provider opens. In memory they stay for
  minutes, so that a process that missed a rotation lets a retired key go as well.
- A page changed by somebody else (skimming) reads card data before they are encrypted. Encryption does not answer that;
  PCI DSS 6.4.3 and 11.6.1 (scripts of payment pages) do.
"""
