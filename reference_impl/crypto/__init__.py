"""Sealed values (`envelope`) and what their keys are wrapped with (`wrapping`): a sealed file, an HSM, a cloud KMS.

Guarantees: a key-encryption key is made on request only and never in place of one that is missing (fail closed); a
wrapped key says which key wrapped it and opens for one context; no password derives a key that seals data, the
passphrase opens the key file and nothing else.

How it would be attacked: guessing the passphrase of a copied key file (scrypt and a minimum length make each guess
dear; an HSM or KMS takes the copy away); putting an older key file back (keys wrapped since do not open: seen at
once); weakening the parameters in the file (refused below the minimum, and authenticated); moving a wrapped key to
another tenant (the context is associated data); reading the memory of the process (data keys are in it for minutes;
with an HSM or KMS the key-encryption key never is).
"""
