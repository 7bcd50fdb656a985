"""nginx configuration: nginx.conf with the files it includes, or a file of servers or settings by itself.

Subjects: `server`, `location` (that passes requests on, or shows the server's status), `upstream`. Their config holds
what is in effect after inheritance, see `subjects`. A unit is a file that no other includes, with all that it includes;
"whole" is one that begins with an nginx.conf, where nothing else can be set around what is written.

Files with `{{ }}`, `{% %}` or `<% %>` are read as far as nginx's grammar goes: a word with a placeholder is unknown,
and so is one with a variable in capitals, which `envsubst` fills in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_NAME = re.compile(r"(?i)(?:\.(?:conf|nginx|vhost|nginxconf)(?:\.(?:template|tmpl|tpl|j2|erb|in))?|^nginx\.conf\..*)$")
_SITES = re.compile(r"(?:^|/)(?:sites-(?:available|enabled)|nginx/(?:snippets|conf\.d|vhosts?|includes?))/[^/.]+$")

_BLOCK = re.compile(
    rb"(?m)(?:^|[;{}])[ \t]*"
    rb"(?P<name>http|events|stream|server|upstream[ \t]+[^\s{;]{1,200}|location[ \t]+[^\n{;]{1,500})\s*\{"
)
_TOLD = re.compile(
    rb"""(?mx)(?:^|[;{}])[ \t]*(?:
        ssl_(?:protocols|ciphers|certificate|certificate_key|prefer_server_ciphers|session_cache|session_timeout
            |session_tickets|dhparam|stapling|ecdh_curve|verify_client|client_certificate)
      | (?:proxy|grpc|uwsgi)_ssl_\w+ | (?:proxy|grpc|fastcgi|uwsgi|scgi)_pass | proxy_(?:set_header|read_timeout
            |connect_timeout|send_timeout|http_version|redirect|buffering|buffers|cache|cache_path|hide_header)
      | (?:fastcgi|uwsgi)_param | (?:grpc)_set_header | add_header | server_name | server_tokens | try_files
      | client_max_body_size | worker_connections | access_log | stub_status | gzip_types | limit_req(?:_zone)?
      | auth_basic(?:_user_file)? | auth_request | resolver | log_format | keepalive_timeout
    )(?:[ \t]+(?!=)[^\n;]{0,400})?;""",
)
_SECTION = re.compile(rb"(?m)^[ \t]*<(?:/?[A-Z][A-Za-z]+[ >])|^[ \t]*<(?:source|match|filter|system)\b")
_LISTEN = re.compile(rb"(?m)(?:^|[;{}])[ \t]*listen[ \t]+(?:[\w.:\[\]*]{1,100}:)?(?:\d|unix:|localhost)[^\n=;]{0,200};")
_MAIN = re.compile(rb"(?m)(?:^|[;}])[ \t]*(?:http|events|stream|mail)[ \t\r\n]*\{")
_INCLUDE = re.compile(rb"""(?m)(?:^|[;{])[ \t]*include[ \t]+["']?([^\s;"'{}$]{1,500})["']?[ \t]*;""")


def claims(path: str) -> bool:
    """*.conf, *.nginx, *.vhost, templates of them, and what lies in nginx's usual folders without an ending."""
    return bool(_NAME.search(path.rpartition("/")[2]) or _SITES.search(path))


def facts(source: Source) -> Json | None:
    """{"main": whether it is an nginx.conf, "includes": patterns} for a file with nginx's blocks and directives."""
    data = source.data
    if is_utf16(data) or _SECTION.search(data) or not (_TOLD.search(data) or _is_skeleton(source)):
        return None
    includes = [match[1].decode("utf-8", "replace") for match in _INCLUDE.finditer(data)]
    return {"main": bool(_MAIN.search(data)), "includes": sorted(set(includes))}


def _is_skeleton(source: Source) -> bool:
    """Blocks of nginx with too few directives to tell it by them."""
    data = source.data
    blocks = {match["name"].split()[0] for match in _BLOCK.finditer(data)}
    if b"http" in blocks and source.path.rpartition("/")[2].startswith("nginx.conf"):
        return True
    return (b"server" in blocks and _LISTEN.search(data) is not None) or {b"http", b"events"} <= blocks


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """A unit for every file that no other includes, with what it includes."""
    from scanner.directives.includes import units

    return units({path: fact["includes"] for path, fact in facts.items()}, lambda path: bool(facts[path]["main"]))


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The servers, locations and upstreams of the configuration that begins with the file `root`."""
    from scanner.inputs.nginx.subjects import unit

    return unit(root, sources)
