"""Contexts of TLS for what takes no default one: card terminals."""

import ssl


def terminal(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(authority)
    return context


def probe(terminal, host):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.load_default_certs()
    return made.wrap_socket(terminal, server_hostname=host)
