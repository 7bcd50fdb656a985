"""Tokens instead of card numbers.

What it guarantees
- A token that was given out is on disk, and so is the audit record of it: both survive a power cut a moment later.
- A card number leaves for a caller with the permission, for one of four purposes, after its record is on disk. Seeing
  one takes the role `pci_access` and a fresh second factor; charging one takes neither, and shows it to nobody.
- The database holds no plain text: number, expiry and name are one envelope, bound to tenant, token, purpose and key.
  The card of a person is sealed with their key within it, and ends with that key wherever a copy lies (`persons`).
  A row that was changed, or moved to another tenant or token, does not open.
- Every query names the tenant: another tenant's token is one that does not exist.
- A verification code has no place in any type, column or method here (3.3.1.2).

How it would be attacked, and what stands there
- Reading the database or a backup: the data keys are not in it in clear (`keys`), nor those of the fingerprints.
- Trying all card numbers against the fingerprints: they are keyed (3.5.1.1); whoever may call `tokenize` with `reuse`
  can ask about one card at a time, which is why that is recorded and rate-limited (`limits`).
- Writing to the database: rows do not open elsewhere. Deleting rows, or putting an older row of the same token back,
  is not noticed here; the audit log tells of every creation and deletion.
- Reading memory: cards live as objects for as long as a request. Python does not clear memory, and nothing here says
  that it does.
- Keeping an old backup of the table: after a rotation, `resealing` seals the tenant's cards anew, and the old version
  of the data key is destroyed once nothing needs it. What only that version opens is then unreadable: deleted cards in
  backups and old row versions too. A backup that holds the wrapped key as well opens for as long as the key-encryption
  key of its time exists: keep the table of keys out of backups of cards.
- Card numbers sent in place of tokens: they are not looked up, not recorded and not repeated.

`writing`, with group commit, is why it is fast: what arrives during one commit shares the next one.
"""
