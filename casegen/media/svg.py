"""svg: a drawing rebuilt from what a drawing needs.

Secret: the elements and attributes that an SVG may have; all else is left out. A script, an
entity or a reference to anything outside the file is a fault, because without it the drawing may
not look as its maker meant.
Not here: styles (styles), where faults are reported (attachment), the drawing's size (pictures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from casegen.media.styles import (
    PROPERTIES,
    Outside,
    draw_declarations,
    draw_sheet,
    is_plain_value,
    read_names,
)

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
LIMIT = 16 * 1024 * 1024  # bytes; the largest map of China in counties has about 8 MB
DEPTH = 200  # elements within one another
RECIPE = "1"  # another one whenever the same drawing shall become other bytes

_TEXTS = read_names("text tspan textPath title desc")
_FILTERS = read_names(
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence"
)
ELEMENTS = (
    _TEXTS
    | _FILTERS
    | read_names(
        "svg g defs symbol use switch a path rect circle ellipse line polyline polygon image "
        "marker pattern clipPath mask linearGradient radialGradient stop filter style"
    )
)
ATTRIBUTES = PROPERTIES | read_names(
    "id class transform d x y z x1 x2 y1 y2 cx cy r rx ry fx fy fr width height viewBox "
    "preserveAspectRatio points pathLength dx dy rotate textLength lengthAdjust startOffset "
    "method spacing side offset gradientUnits gradientTransform spreadMethod patternUnits "
    "patternContentUnits patternTransform markerUnits markerWidth markerHeight refX refY "
    "orient clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits in in2 result "
    "stdDeviation mode type values tableValues slope intercept amplitude exponent operator k1 "
    "k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha scale "
    "xChannelSelector yChannelSelector surfaceScale diffuseConstant specularConstant "
    "specularExponent kernelUnitLength limitingConeAngle pointsAtX pointsAtY pointsAtZ "
    "azimuth elevation baseFrequency numOctaves seed stitchTiles radius version "
    "systemLanguage role aria-label aria-hidden aria-labelledby"
)
_ANIMATIONS = read_names("animate animatecolor animatemotion animatetransform set")
_SCRIPTS = frozenset({"script", "handler", "listener"})
_QUIET = frozenset({"metadata"})  # and what drawing programs say to themselves
_INNER = re.compile(r"#[^\s\"'<>()\\]{1,200}")
_PICTURE = re.compile(
    r"data:image/(?:png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE
)
_SCHEME = re.compile(r"\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]+")


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing that may be published; `left_out` names what was removed, each kind once.

    `fault` says in Chinese why it may not be published ("SVG 里有…"), or is ""; `broken` that it is
    no SVG.
    """

    content: bytes = b""
    left_out: tuple[str, ...] = ()
    fault: str = ""
    broken: str = ""


class _UnsafeError(Exception):
    """The SVG holds something that no harmless drawing needs."""


def redraw(data: bytes) -> Drawing:
    """Rebuild the drawing; the result depends on its bytes only."""
    if len(data) > LIMIT:
        return Drawing(broken=f"SVG 太大，超过 {LIMIT // 1024 // 1024} MB")
    fault = _unsafe_markup(data)
    if fault:
        return Drawing(fault=fault)
    try:
        # Entities were refused above, so this parser is safe.
        root = ET.fromstring(data)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError):
        return Drawing(broken="SVG 不合 XML 的写法，打不开")
    if _name(root.tag) != "svg":
        return Drawing(broken="文件里不是 SVG")
    left_out: dict[str, None] = {}
    try:
        text = "".join(_draw(root, left_out))
    except (_UnsafeError, Outside) as found:
        return Drawing(fault=str(found))
    return Drawing(text.encode() + b"\n", tuple(left_out))


def _unsafe_markup(data: bytes) -> str:
    """Return what makes an SVG unsafe before it is parsed.

    Entities, other encodings, instructions.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return "不是 UTF-8 的文字编码"
    head = data.lower()
    declared = re.search(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"']+)", head)
    if declared and declared[1] not in {b"utf-8", b"us-ascii", b"ascii"}:
        return "不是 UTF-8 的文字编码"
    doctype = head.find(b"<!doctype")
    if b"<!entity" in head or (doctype >= 0 and b"[" in head[doctype : head.find(b">", doctype)]):
        return "实体声明（ENTITY）"
    if b"<?xml-stylesheet" in head:
        return "外部样式表"
    return ""


def _draw(root: ET.Element, left_out: dict[str, None]) -> Iterator[str]:
    """Return the text of an element and all in it.

    Without recursion, which deep nesting would break.
    """
    waiting: list[ET.Element | str] = [root]
    depth = 0
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            depth -= found.startswith("</")
            yield found
            continue
        name = _name(found.tag)
        if name not in ELEMENTS:
            _leave(found, left_out)
            continue
        depth += 1
        if depth > DEPTH:
            raise _UnsafeError(f"超过 {DEPTH} 层的嵌套")
        spaces = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if found is root else ""
        yield f"<{name}{spaces}{''.join(_attributes(found, name, left_out))}>"
        waiting.append(f"</{name}>")
        if name == "style":
            waiting.append(escape(draw_sheet("".join(found.itertext()), left_out)))
            for inside in found:
                _refuse_scripts(inside)
            continue
        telling = name in _TEXTS
        for child in reversed(found):
            if telling and child.tail:
                waiting.append(escape(child.tail))
            waiting.append(child)
        if telling and found.text:
            waiting.append(escape(found.text))


def _leave(element: ET.Element, left_out: dict[str, None]) -> None:
    """Leave out an element with all in it, and name it if its absence may be visible."""
    _refuse_scripts(element)
    local = _local(element.tag)
    space = str(element.tag).rpartition("}")[0].removeprefix("{")
    if local.lower() in _ANIMATIONS:
        target = element.get("attributeName", "").lower()
        if "href" in target or target.startswith("on"):
            raise _UnsafeError("会改写链接或事件的动画")
    if space in {"", SVG} and local not in _QUIET:
        left_out[f"<{local}>"] = None


def _refuse_scripts(element: ET.Element) -> None:
    for inside in element.iter():
        local = _local(inside.tag).lower()
        if local in _SCRIPTS:
            raise _UnsafeError(f" <{local}>")
        for key in inside.keys():  # noqa: SIM118 an Element is no mapping
            if _local(key).lower().startswith("on"):
                raise _UnsafeError(f"事件属性 {_local(key)}")


def _attributes(element: ET.Element, name: str, left_out: dict[str, None]) -> Iterator[str]:
    for key, value in element.items():
        space, _, local = key.rpartition("}")
        space = space.removeprefix("{")
        if local.lower().startswith("on"):
            raise _UnsafeError(f"事件属性 {local}")
        if local.lower() == "base":
            raise _UnsafeError("对外部文件的引用（base）")
        if local in {"href", "src"} and space in {"", XLINK}:
            yield from _reference(name, local, space, value, left_out)
        elif space == XML and local in {"space", "lang"}:
            yield f" xml:{local}={quoteattr(value)}"
        elif space:
            continue
        elif local == "style":
            drawn = draw_declarations(value, left_out)
            yield f" style={quoteattr(drawn)}" if drawn else ""
        elif local in PROPERTIES and not is_plain_value(value):
            left_out[f"{local}: {value[:40]}"] = None
        elif local in ATTRIBUTES:
            yield f" {local}={quoteattr(value)}"
        # Other attributes are private to programs, or have no effect in browsers.


def _reference(
    name: str, local: str, space: str, value: str, left_out: dict[str, None]
) -> Iterator[str]:
    bare = _BLANK.sub("", value)
    if name == "a":
        if _SCHEME.match(bare):
            raise _UnsafeError(f"链接“{bare[:20]}”")
        left_out["链接"] = None
        return
    pictures = name in {"image", "feImage"}
    if not (_INNER.fullmatch(bare) or not bare or (pictures and _PICTURE.fullmatch(bare))):
        raise _UnsafeError("对外部文件的引用")
    if bare and local == "href":
        yield f"{' xlink:' if space else ' '}href={quoteattr(bare)}"


def _name(tag: object) -> str:
    """Return the name of an SVG element, also without its namespace; "" for others."""
    space, _, local = str(tag).rpartition("}")
    return local if space.removeprefix("{") in {"", SVG} else ""


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
