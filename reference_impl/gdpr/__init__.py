"""Data protection (GDPR): what is held of people, their requests, and how both end.

What it guarantees
- The map (`data_map.yaml`) is whole: the service does not start with a table, column, event field or family of Redis
  keys that is not in it. Access, erasure, retention and the record of processing (Art. 30) are made from the map.
- A request is carried out after its identity was proven, by a code that went to the person and by somebody else than
  who opened it; it is due a calendar month after receipt, and says so.
- An erasure is a row of steps, each one transaction with its note; killed anywhere it goes on at the next start. It
  deletes, or reduces to what a law wants kept (Art. 17(3)(b)): no name, token, key, digest or hour is left of it.
- What cannot be changed (the trail of events, Kafka, backups of profiles) is sealed with the person's own key, which
  lies apart from the database and its backups, and is removed.

How it would be attacked
- By asking for somebody else's data: see identity above; a tenant's rows are the tenant's in every query.
- By keeping a link: it is signed with the person's key, ends after thirty days and with the person; what it leads to
  opens with a key that this service has not kept.
- By putting an old copy of the key store back: keys that were removed are there again, so it belongs in no backup.
"""
