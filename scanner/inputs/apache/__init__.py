"""Configuration of Apache httpd: httpd.conf or apache2.conf with what they include, files of virtual hosts, .htaccess.

Subjects: `server` (what stands outside of sections), `virtual_host`, `location` (any other section with settings of its
own). Their config holds what is in effect after inheritance, see `subjects`. A unit is a file that no other includes,
with all that it includes; "whole" is one that begins with the main configuration.

A word with `{{ }}`, or with a variable that no `Define` of the unit sets, is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from scanner.model import Json, Unit
from scanner.text import Source, is_utf16

_NAME = re.compile(
    r"(?i)(?:\.(?:conf|vhost)(?:\.(?:template|tmpl|tpl|j2|erb|in))?|^\.htaccess|^(?:httpd|apache2?)\.conf\..*)$"
)
_SITES = re.compile(r"(?:^|/)(?:sites-(?:available|enabled)|(?:apache2?|httpd)/(?:conf\.d|vhosts?|vhosts\.d))/[^/.]+$")
_MAIN_NAME = re.compile(r"(?i)^(?:httpd|apache2)\.conf(?:\..*)?$")

_TOLD = re.compile(
    rb"""(?mx)^[ \t]*(?:
        <(?:VirtualHost|Directory|DirectoryMatch|Location|LocationMatch|IfModule|FilesMatch|Proxy|ProxyMatch)
            [ \t][^>\n]*>
      | ServerRoot[ \t]+["'/]
      | LoadModule[ \t]+\w+_module[ \t]
      | (?:SSLEngine|SSLProxyEngine|RewriteEngine|SSLHonorCipherOrder|SSLSessionTickets|TraceEnable|ProxyRequests
          |ProxyPreserveHost)[ \t]+(?:on|off|On|Off|ON|OFF)\b
      | (?:SSLProtocol|SSLProxyProtocol|SSLCipherSuite|SSLProxyCipherSuite|SSLCertificateFile|SSLProxyVerify
          |SSLOpenSSLConfCmd|ProxyPass|ProxyPassReverse|RewriteRule|CustomLog|DocumentRoot)[ \t]+[^=\s;][^;\n]*$
    )"""
)
_OTHER = re.compile(
    rb"(?m)^[ \t]*(?:DefaultRoot|MasqueradeAddress|PassivePorts|ServerType|MaxInstances|TLSEngine|SFTPEngine)[ \t]"
    rb"|^[ \t]*<\?xml"
)
_MAIN = re.compile(rb"(?m)^[ \t]*ServerRoot[ \t]")
_INCLUDE = re.compile(rb"""(?mi)^[ \t]*Include(?:Optional)?[ \t]+["']?([^\s"'$]{1,500})["']?[ \t]*\r?$""")


def claims(path: str) -> bool:
    """*.conf, *.vhost and templates of them, .htaccess, and what lies in Apache's usual folders without an ending."""
    return bool(_NAME.search(path.rpartition("/")[2]) or _SITES.search(path))


def facts(source: Source) -> Json | None:
    """{"main": whether it is the main file, "includes": patterns} for a file with Apache's sections or directives."""
    data, name = source.data, source.path.rpartition("/")[2]
    if is_utf16(data) or not data.strip() or _OTHER.search(data):
        return None
    if name != ".htaccess" and not _TOLD.search(data):
        return None
    includes = [match[1].decode("utf-8", "replace") for match in _INCLUDE.finditer(data)]
    return {"main": bool(_MAIN.search(data) or _MAIN_NAME.match(name)), "includes": sorted(set(includes))}


def group(facts: Mapping[str, Json]) -> dict[str, tuple[str, ...]]:
    """A unit for every file that no other includes, with what it includes."""
    from scanner.directives.includes import units

    return units({path: fact["includes"] for path, fact in facts.items()}, lambda path: bool(facts[path]["main"]))


def build(root: str, sources: Mapping[str, Source]) -> Unit:
    """The servers, virtual hosts and sections of the configuration that begins with the file `root`."""
    from scanner.inputs.apache.subjects import unit

    return unit(root, sources)


def is_main(source: Source) -> bool:
    """Whether nothing stands around a file."""
    return bool(_MAIN.search(source.data) or _MAIN_NAME.match(source.path.rpartition("/")[2]))
