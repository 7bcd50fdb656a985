"""The keys that data are sealed with and fingerprints are made with: per tenant, versioned, counted, rotated.

Guarantees: a data key is wrapped by a key-encryption key and bound to its tenant, purpose and version; no key is
shared by two tenants or two purposes; a version number is never used twice, not even after `destroy`; seals are
counted in the database before they are made, so that a crash never counts too few and no key comes near the 2^32
seals of NIST SP 800-38D (8.3); at most one key of a tenant and purpose is current (a unique index says so); each
step of a rotation or re-wrapping is one transaction, and beginning again after any interruption ends the same way.
A version is destroyed only when no process can seal with it any more and nothing refers to it. Re-wrapping reaches
everything that the key-encryption key wraps: these keys, second factors, client keys and those of the audit log.

Who may: a tenant's people rotate and re-seal what is their tenant's, over HTTP (`api`, `tenant`). The key-encryption
key is above all tenants and the operator's alone, on the command line (`command`, `operator`). Both are recorded.

How it would be attacked: copying a wrapped key into another tenant's row (does not open); putting an old copy of the
table back (old keys still only open what they sealed, but seals are counted from a lower number: restore, then
rotate every tenant); reading the memory of the process (keys are forgotten after minutes); a backup that still holds
a destroyed tenant's wrapped keys (they open while the key-encryption key exists: rotate it, re-wrap, and let backups
of the old one expire).
"""
