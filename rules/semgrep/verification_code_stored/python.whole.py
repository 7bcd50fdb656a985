"""A vault that keeps what it is given."""


class Vault:
    def store_card(self, token, card_data, cvv):
        # ruleid: verification_code_stored.python.whole_card
        self.storage.store(token, card_data)
        # ruleid: verification_code_stored.python.all_but
        rest = {k: v for k, v in card_data.items() if k != "cvv"}
        # ok: verification_code_stored.python.all_but
        kept = {k: v for k, v in card_data.items() if k in ("token", "expiry")}
        # ok: verification_code_stored.python.whole_card
        self.storage.store(token, kept)
        # ok: verification_code_stored.python.whole_card
        self.processor.store(token, card_data)


def chosen(storage, token, source):
    card_data = {"token": token, "last4": source.last4}
    # ok: verification_code_stored.python.whole_card
    storage.store(token, card_data)
