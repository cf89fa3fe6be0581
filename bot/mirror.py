"""Inside the child: one text to one group robot, over https and to addresses of the public internet only."""

import ipaddress
import json
import socket
from typing import Any, BinaryIO

HTTPS = 443
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Private(OSError):
    """An address that no group robot has."""


def check(address: Any) -> None:
    """Look at the address that is really connected to: names, redirects, odd spellings of numbers all end here."""
    if not isinstance(address, tuple):
        raise Private("no address of the internet")
    found = ipaddress.ip_address(str(address[0]).partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        else:
            found = found.ipv4_mapped or found.sixtofour or found
    if not found.is_global or found.is_multicast or found.is_reserved or address[1] != HTTPS:
        raise Private("no address of the public internet, or not https")


class Guarded(socket.socket):
    """Every connection of the child goes through this."""

    def connect(self, address: Any, /) -> None:
        check(address)
        super().connect(address)

    def connect_ex(self, address: Any, /) -> int:
        check(address)
        return super().connect_ex(address)


def post(source: BinaryIO) -> list[bytes]:
    """{"url", "title", "body"} in, `true` or `false` out."""
    socket.socket = Guarded  # type: ignore[misc]
    import apprise
    import requests

    # An answer that sends us elsewhere is no robot's.
    requests.Session.get_redirect_target = lambda self, resp: None  # type: ignore[method-assign]
    given = json.load(source)
    robot = apprise.Apprise()
    robot.add(given["url"])
    sent = robot.notify(title=given["title"], body=given["body"], body_format=apprise.NotifyFormat.TEXT)
    return [json.dumps(bool(sent)).encode()]
