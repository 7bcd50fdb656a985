"""A camera that turns. Nothing here is a payment."""

import logging

log = logging.getLogger(__name__)


class Camera:
    def move(self, pan, tilt, zoom):
        # ok: pan_logged.python.logger
        log.info("moving to pan=%s tilt=%s", pan, tilt)
        # ok: pan_logged.python.logger
        log.debug(f"pan {self.pan}, tilt {self.tilt}")
        # ok: pan_logged.python.logger
        print(pan, tilt)
        # ok: pan_logged.python.logger
        log.info("speed %s", self.pan_speed)


def deal(deck, card, request):
    # ok: pan_logged.python.card_object
    log.info("dealt %s", card)
    # ok: pan_logged.python.request_body
    log.info("body %s", request.json)
    # ok: pan_logged.python.logger
    print("discard", card)
