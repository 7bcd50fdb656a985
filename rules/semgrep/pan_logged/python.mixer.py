"""An audio mixer."""

import logging

log = logging.getLogger(__name__)


def play(channel, volume, pan):
    # ok: pan_logged.python.logger
    log.info("volume %s pan %s", volume, pan)
    # ok: pan_logged.python.logger
    log.info("pan %s", channel.pan)
    # ok: pan_logged.python.logger
    log.info("settings %s", {"volume": volume, "pan": pan})
