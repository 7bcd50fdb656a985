"""Data protection (GDPR): what is held of people, their requests, and how both end.

What it guarantees
- The map (`data_map.yaml`) is whole: the service does not start with a table, column, event field or family of Redis
  keys that is not in it. Access, erasure, retention and the record of processing (Art. 30) are made from the map.
- A request is carried out after its identity was proven, by a code that went to the person and by somebody else than
  who opened it; it is due a calendar month after receipt, and says so.
- An erasure is a row of steps, each one transaction with its note; killed anywhere it goes on at the next start. It
  deletes, or reduces to what a law wants kept (Art. 17(3)(b)): no name, token, key, digest or hour is left of it.
- What cannot be changed (the trail of events, Kafka, backups) is sealed with the person's own key, or names the person
  by the random name of that key. Keys lie apart from the database, with the names that lead to them, in no backup, and
  are removed: whoever has a backup from before an erasure and every key from after it reads nothing that was sealed,
  and has nothing on which to try a name, an idempotency key or a digest that he guesses.

Why so, and not by a MAC of the name: a key for looking names up outlives each person, and so does trying names with it.
A random name leads back only through its row in the store of keys. What has to be found by something else than the
person is a MAC under the person's key (`SubjectKey.hidden`); only that an idempotency key was another customer's needs
something in common, which is of the day and destroyed (`keys.retries`). Losing the store of keys loses every customer's
name with it: it is to be replicated, not backed up.

What backups still have until they are gone, and the person is told so: orders, payments and assessments of the random
name, with the shop's numbers of payments that it had assessed by itself; cards, under keys of the tenant (`vault`);
notes of incidents; events for the moment until they are sent, with device and address, under the random name. Redis
holds devices and addresses for a day as digests that can be guessed: it is to be run without persistence.

How it would be attacked
- By asking for somebody else's data: see identity above; a tenant's rows are the tenant's in every query.
- By keeping a link: it is signed with the person's key, ends after thirty days and with the person; what it leads to
  opens with a key that this service has not kept.
- By putting an old copy of the key store back: keys that were removed are there again, so it belongs in no backup.
- By ordering while an erasure runs: what came in meanwhile is erased too; what was on its way when the key went is of a
  random name that leads to nobody.
"""
