"""Who may: access tokens of an OIDC issuer, permissions per route, a second factor, lock-outs.

Guaranteed: no route answers without a verified identity holding its permission, unless it says that it is public
(7.3.3; an application with a route that says neither does not start). Account data need the role `pci_access` and a
second factor shown in this session within five minutes (7.2.6, 8.4). Ten wrong codes lock the account, and the address
they came from, for half an hour (8.3.4). Every refusal, and the first use of every access token at each instance, is in
the audit log before the answer leaves (10.2.1.2, 10.2.1.4). Who comes with which roles is written down for reviews
(`access`, 7.2.4), with the duties that one person should not have together (`duties`).

Attacks thought of: tokens unsigned, signed with a public key as secret, by another issuer, for another audience, with
keys in their own headers, without an end or with a distant one (`tokens`); a flood of unknown key ids to make this
service hammer the issuer, and an issuer that is down (`jwks`); an address made up in X-Forwarded-For (`origin`); a code
seen over a shoulder and used again, guessed from many accounts or many addresses, or asked for by many connections at
once (`stepup`). Not defended against: a stolen access token of somebody who never enrolled a second factor can enrol
one; have the issuer ask for a second factor before it grants `pci_access`.
"""
