"""link_kinds: the kind of an address, by which the program decides where a link may lead.

Secret: which addresses are allowed, and how browsers read those that try to look like others.
Not here: which file a relative address is (collection), how an address is written (destination).
"""

from __future__ import annotations

import re
from typing import Literal

_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# www.… alone, a full-width colon or slash, a letter too few: https：//, htp://, https//.
_NEARLY = re.compile(
    r"(?:h?t{1,3}p(s?)(?:[:：]{1,2}[/／]{0,3}|[/／]{2,3})(?=[\w-]{1,63}\.)|(?=www\.))"
    r"([\w.-]{1,253}\.[a-z]{2,9}(?=[:/?#／]|$)\S*)",
    re.IGNORECASE,
)
# https:/example.com, which a browser looks for in the folder of the page that it is on.
_HALF = re.compile(r"https?:(?!//)", re.IGNORECASE)
# An address of mail, a telephone number, and a host with its path, all without what begins them.
_MAIL = re.compile(
    r"(?:mailto[:：]? ?)?([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z0-9.-]{2,99})"
)
_CALL = re.compile(r"(?:tel[:：]? ?)?(\+?\d{3,4}[- ]?\d{7,8}|[48]00[- ]?\d{3,4}[- ]?\d{3,4})")
_HOST = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9.-]{0,200}\.(?:cn|com|org|net)(?:[:/?#]\S*)?", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def find_kind(href: str) -> Literal["external", "anchor", "local", "unsafe"]:
    r"""Return the kind of a destination; only http, https, mailto, tel and relative ones are safe.

    Browsers skip control characters and read `\\` as `//` (WHATWG URL standard), so both count.
    """
    href = clean_href(href)
    if href[:2] in {"//", "\\\\", "/\\", "\\/"}:
        return "unsafe"
    if _HALF.match(href):
        return "unsafe"
    if scheme := _SCHEME.match(href):
        return "external" if scheme[1].lower() in _ALLOWED else "unsafe"
    return "anchor" if href.startswith("#") else "local"


def clean_href(href: str) -> str:
    """Return a destination without control characters and without spaces around it."""
    return _CONTROL.sub("", href).strip()


def mean_outside(href: str) -> str:
    """Return the outside address that a destination means; "" for one that works, or none."""
    href = clean_href(href)
    if re.match(r"https?://|mailto:\S+@|tel:[+\d]", href, re.IGNORECASE):
        return ""
    if mail := _MAIL.fullmatch(href):
        return f"mailto:{mail[1]}"
    if call := _CALL.fullmatch(href):
        return f"tel:{call[1].replace(' ', '-')}"
    if _HOST.fullmatch(href) and not href.lower().startswith("www."):
        return f"https://{href}"
    if re.match(r"http", href, re.IGNORECASE):
        href = href.replace("\\", "/")  # http:\\example.com, as on Windows
    found = _NEARLY.fullmatch(href)
    if not found:
        return ""
    scheme = "https" if found[1] or found[1] is None else "http"
    return f"{scheme}://{found[2].replace('／', '/')}"
