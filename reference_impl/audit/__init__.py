"""The audit log: who did what, when, from where, to what, and how it ended (PCI DSS v4.0.1, 10.2, 10.3, 10.5.1).

Layout, in a folder of mode 0700 with files of mode 0600: `NUMBER.log` segments, named after the number of their first
record, of one line a record (MAC in hex, a space, canonical JSON); `head.json`, the signed head; `lock`; `….torn` files
with what a crash left unfinished.

What it guarantees
- `append` returns once its events are on disk (fdatasync), in order, numbered without a gap; if it raises, the caller
  has to refuse what it was about to do. A crash loses no event whose `append` returned.
- Each MAC (HMAC-SHA256, RFC 2104) covers the MAC before it and the record: changing, dropping, adding, moving or
  doubling a record breaks the chain at that record. The head (count and last MAC, Ed25519, RFC 8032) shows when
  the end is cut off, and its copy outside, the anchor, when the head was rolled back together with the end.
- Starting, stopping and repairing the log, and reading it, are events themselves (10.2.1.3, 10.2.1.6).
- No record holds a card number: runs of digits that may be one are masked before they are written.

How it would be attacked
- By editing files: found by `paylint-reference audit verify`, and at the next start for what follows the last head.
- With the MAC key, by writing a new chain: the head's signature does not fit; with the signing key too: the anchor does
  not. The anchor's database role needs INSERT and SELECT on `audit_heads` only, so that the service cannot rewrite it.
- By cutting off the last moment (`head_every`, a twentieth of a second) of a log whose process was killed; one that
  ended by itself has its last head.
- By cutting off what was written since the head was anchored last (`anchor_every`, ten seconds) and putting back the
  signed head of that moment: this window is what remains; send records to another machine as well to close it.
- By filling the disk: events are then refused, and with them everything that has to be recorded.
"""
