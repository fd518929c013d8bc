"""Who may read the desk: this machine alone, or whom the organisation's proxy has signed on."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Optional, Union
from urllib.parse import urlsplit

from sanic import HTTPResponse
from sanic import response as responses
from sanic.request import Request

LOOPBACK = "127.0.0.1"

NOT_HERE = "The desk is read on its own machine."
NOT_BY_THE_PROXY = "The desk is read through your organisation's sign-on only."
NOT_SIGNED_ON = "You are not signed on. Sign on to your organisation, then load this page again."

_OWN_NAMES = frozenset({LOOPBACK, "localhost"})
_LONGEST_NAME = 200
"""Signs that are shown of the name of who signed on."""


class SignOnError(ValueError):
    """The desk cannot be opened like this; the message says why."""


@dataclass(frozen=True)
class SignOn:
    """A proxy that signs people on before it passes their requests.

    ``header`` holds who signed on, ``proxy`` is the address it may come from, ``host`` the name by
    which people reach the desk.
    """

    header: str
    proxy: Union[ipaddress.IPv4Address, ipaddress.IPv6Address]
    host: str


def sign_on_of(
    header: Optional[str], proxy: Optional[str], host: Optional[str], listens: str
) -> Optional[SignOn]:
    """The sign-on that these options ask for; None for the desk of one machine.

    Args:
        header: the name of the header.
        proxy: the proxy's address.
        host: the public name of the desk.
        listens: the address on which the desk is to listen.

    Raises:
        SignOnError: only some of them are given, or nobody would be asked who they are.
    """
    given = [header, proxy, host]
    if not any(given):
        if listens != LOOPBACK:
            raise SignOnError(
                f"Without a sign-on the desk listens on {LOOPBACK} only. Give --sign-on-header, "
                "--proxy and --public-host, or leave --host out."
            )
        return None
    if not (header and proxy and host):
        raise SignOnError("Give --sign-on-header, --proxy and --public-host together.")
    try:
        return SignOn(header.lower(), ipaddress.ip_address(proxy), host.lower())
    except ValueError:
        raise SignOnError(f"{proxy} is no address. Give the proxy's, such as 10.0.0.5.") from None


def refusal(request: Request, sign_on: Optional[SignOn]) -> Optional[HTTPResponse]:
    """Why this request is not answered; None if it is.

    A page elsewhere whose name leads here (DNS rebinding) asks for another host.
    """
    asked = _hostname(request)
    if sign_on is None:
        return None if asked in _OWN_NAMES else responses.text(NOT_HERE, status=403)
    if _address(request.ip) != sign_on.proxy or asked != sign_on.host:
        return responses.text(NOT_BY_THE_PROXY, status=403)
    if signed_on(request, sign_on) is None:
        return responses.text(NOT_SIGNED_ON, status=401)
    return None


def signed_on(request: Request, sign_on: Optional[SignOn]) -> Optional[str]:
    """Who signed on, to be shown and for nothing else; None where that is not said once."""
    said = request.headers.getall(sign_on.header, []) if sign_on else []
    names = [" ".join(name.split())[:_LONGEST_NAME] for name in said]
    return names[0] or None if len(names) == 1 else None


def _hostname(request: Request) -> Optional[str]:
    try:
        return urlsplit(f"//{request.host}").hostname
    except ValueError:  # no name: "["
        return None


def _address(text: str) -> Union[ipaddress.IPv4Address, ipaddress.IPv6Address, None]:
    """An address; one of IPv4 that is written as IPv6 as it is."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
