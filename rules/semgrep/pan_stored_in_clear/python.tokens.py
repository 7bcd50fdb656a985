"""Tokens for card numbers."""

import secrets


class Vault:
    def tokenize(self, pan, card):
        token = secrets.token_urlsafe(24)
        # ruleid: pan_stored_in_clear.python.token_map
        self.token_map[token] = pan
        # ruleid: pan_stored_in_clear.python.token_map
        self._vault[token] = {"card_number": pan, "expiry": card.expiry}
        # ok: pan_stored_in_clear.python.token_map
        self.token_map[token] = encrypt(pan)
        # ok: pan_stored_in_clear.python.token_map
        self.token_map[token] = pan[-4:]
        # ok: pan_stored_in_clear.python.token_map
        self.limits[token] = card.limit
        return token
