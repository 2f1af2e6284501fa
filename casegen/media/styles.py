"""styles: the styles of a drawing, rebuilt from properties and values that name no resource.

Secret: a reader of CSS that accepts only what it knows: lists of declarations under simple
selectors. Comments, strings and escapes are read as browsers read them, so that nothing can be
hidden in them; what is not certainly harmless is left out.
Not here: the elements of a drawing (svg).
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def read_names(text: str) -> frozenset[str]:
    """Return the names in a text, which has blanks between them."""
    return frozenset(text.split())


PROPERTIES = read_names(
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation "
    "color-interpolation-filters direction display dominant-baseline fill fill-opacity "
    "fill-rule filter flood-color flood-opacity font-family font-size font-size-adjust "
    "font-stretch font-style font-variant font-weight image-rendering isolation "
    "letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask "
    "mask-type mix-blend-mode opacity overflow paint-order shape-rendering stop-color "
    "stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration "
    "text-rendering transform-box transform-origin unicode-bidi vector-effect visibility "
    "white-space word-spacing writing-mode"
)
FUNCTIONS = read_names(
    "url rgb rgba hsl hsla matrix translate translatex translatey scale scalex scaley rotate "
    "skewx skewy blur brightness contrast drop-shadow grayscale opacity saturate sepia"
)
MOST = 4000  # characters of one value; a long list of dashes has some hundred

# Properties of drawing programs, and those that no browser uses: nobody notices that they are gone.
_QUIET = re.compile(r"-|enable-background$|solid-|shape-|block-progression$|text-indent$|font$")
_INNER = re.compile(r"url\(\s{0,9}(?:#[\w.:-]+|'#[\w.:-]+'|\"#[\w.:-]+\")\s{0,9}\)", re.IGNORECASE)
_CALL = re.compile(r"([\w-]{0,99})\s{0,99}\(")
_PLAIN = re.compile(r"[^\\;{}<>@&`\x00-\x1f\x7f]*")
_SELECTOR = re.compile(r"[\w\s.#,>*+~:\u0080-\uffff-]{1,2000}")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_OUTSIDE = re.compile(
    r"@import|(?:image-set|cross-fade|image|element|src|expression)\(|javascript:|url\((?!['\"]?#)",
    re.IGNORECASE,
)


class Outside(Exception):  # noqa: N818 it is what was found
    """A style that refers to something outside the file."""


def is_plain_value(value: str) -> bool:
    """Return whether a value names no resource except parts of the drawing itself.

    Raises Outside for one that refers to something else.
    """
    _refuse_outside(value)
    if len(value) > MOST or not _PLAIN.fullmatch(value) or "/*" in value:
        return False
    rest = _INNER.sub(" ", value)
    calls = {name.lower() for name in _CALL.findall(rest)}
    return calls <= FUNCTIONS - {"url"} and rest.count("(") == rest.count(")")


def draw_declarations(text: str, left_out: dict[str, None]) -> str:
    """Return the declarations that may stay, rebuilt.

    Raises Outside where one refers outside.
    """
    return ";".join(_declarations(_without_comments(text), left_out))


def draw_sheet(text: str, left_out: dict[str, None]) -> str:
    """Return the rules of a style sheet that may stay, rebuilt.

    Raises Outside where one refers outside.
    """
    _refuse_outside(text)
    drawn = []
    for selector, block in _rules(_without_comments(text)):
        if selector.startswith("@"):
            if not selector.lower().startswith(("@charset", "@namespace")):
                left_out[selector.split()[0][:40]] = None
        elif not _SELECTOR.fullmatch(selector):
            left_out[selector[:40]] = None
        elif declarations := ";".join(_declarations(block, left_out)):
            drawn.append(f"{selector.strip()}{{{declarations}}}")
    return "\n".join(drawn)


def _declarations(text: str, left_out: dict[str, None]) -> Iterator[str]:
    for declaration in _split(text, ";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon or not name:
            continue
        if name in PROPERTIES and is_plain_value(value):
            yield f"{name}:{value}"
        elif not _QUIET.match(name):
            _refuse_outside(value)
            left_out[f"{name}: {value}"[:40]] = None


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Yield selectors with their blocks; nested blocks belong to the outermost one."""
    for part in _split(text, "}"):
        selector, brace, block = _cut(part, "{")
        while brace and ";" in selector and selector.lstrip().startswith("@"):
            rule, _, selector = selector.partition(";")
            yield rule.strip(), ""
        if selector.strip():
            yield selector.strip(), block if brace else ""


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    at = next(_places(text, mark), -1)
    return (text, "", "") if at < 0 else (text[:at], mark, text[at + 1 :])


def _split(text: str, mark: str) -> Iterator[str]:
    start = 0
    for at in _places(text, mark):
        yield text[start:at]
        start = at + 1
    yield text[start:]


def _places(text: str, mark: str) -> Iterator[int]:
    """Return the position of a mark outside strings and not escaped; -1 without one."""
    quote, escaped = "", False
    for at, character in enumerate(text):
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif quote:
            quote = "" if character in {quote, "\n"} else quote
        elif character in "\"'":
            quote = character
        elif character == mark:
            yield at


def _without_comments(text: str) -> str:
    """Return CSS without its comments; comment marks inside a string stay."""
    pieces, start, at, quote = [], 0, 0, ""
    while at < len(text):
        character = text[at]
        if character == "\\":
            at += 2
            continue
        if quote:
            quote = "" if character in {quote, "\n"} else quote
        elif character in "\"'":
            quote = character
        elif text.startswith("/*", at):
            pieces.append(text[start:at])
            end = text.find("*/", at + 2)
            start = at = len(text) if end < 0 else end + 2
            pieces.append(" ")
            continue
        at += 1
    return "".join((*pieces, text[start:]))


def _refuse_outside(text: str) -> None:
    """Check a style as it is written, without comments, and with its escapes decoded."""
    for version in (text, _without_comments(text), _without_seeming_comments(text)):
        read = _ESCAPE.sub(_unescaped, version)
        if _OUTSIDE.search(re.sub(r"\s+", "", read)):
            raise Outside("对外部文件的引用")


def _without_seeming_comments(text: str) -> str:
    """Return a style as a reader sees it who does not know strings."""
    first, *parts = text.split("/*")
    return first + "".join(part.partition("*/")[2] for part in parts)


def _unescaped(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    number = int(match[1], 16)
    return chr(number) if number < 0x110000 else ""
