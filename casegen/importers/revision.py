"""revision: a Word document with changes settled, numbers written out, hidden text removed.

Secret: where Word keeps changes, comments, numbers, hidden text, headers and formulas.
Not here: turning the rest into blocks (word, with mammoth).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from casegen.importers.markdown import tidy_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_STEMS = "甲乙丙丁戊己庚辛"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCountingThousand",
        "taiwaneseCounting",
        "japaneseDigitalTenThousand",
    ]
)
_OBJECTS = (
    ("chart", "图表没有带来：请截成图片放进去"),
    ("relIds", "SmartArt 图没有带来：请截成图片放进去"),
    ("OLEObject", "嵌入的文件没有带来：请另存成附件"),
    ("altChunk", "嵌入的另一份文档没有带来"),
    ("AlternateContent", ""),
)


@dataclass(slots=True)
class Plain:
    """A simplified document: its XML, and what the report says about it."""

    xml: bytes
    losses: list[str] = field(default_factory=list)
    # Text, and why it is not in the body.
    aside: list[tuple[str, str]] = field(default_factory=list)


def settle_changes(archive: zipfile.ZipFile, main: str, *, accept: bool) -> Plain:
    """Return the main part of a document with its changes accepted or rejected."""
    root = _parsed(archive, main)
    plain = Plain(b"")
    people = _People(archive)
    _changes(root, people, plain, accept=accept)
    _comments(archive, people, plain)
    _hidden(root, plain)
    _formulas(root, plain)
    _rubies(root, plain)
    _contents(root, plain)
    _objects(root, plain)
    _boxes(root)
    _around(archive, plain)
    _Numbers(archive).write_out(root)
    _lighten(root)
    from lxml import etree  # noqa: PLC0415 - comes with the extra `import`

    plain.xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return plain


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
    )
    return etree.fromstring(archive.read(name), parser)


def _optional(archive: zipfile.ZipFile, name: str) -> Any | None:
    return _parsed(archive, name) if name in archive.namelist() else None


def _said(element: Any) -> str:
    """Return the words of an element, with a space between paragraphs."""
    nodes = element.iter(f"{W}t", f"{W}delText", f"{W}p", f"{W}tab", f"{_M}t")
    return tidy_text(
        "".join((n.text or "") if n.tag.endswith(("}t", "}delText")) else " " for n in nodes)
    )


# --- who changed what ------------------------------------------------------------------------


class _People:
    """Roles in place of the names of those who changed or commented."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        core = _optional(archive, "docProps/core.xml")
        self._creator = core.findtext(f"{_DC}creator") if core is not None else None
        self._last = core.findtext(f"{_CP}lastModifiedBy") if core is not None else None
        self._others: dict[str, str] = {}

    def role(self, element: Any) -> str:
        name = element.get(f"{W}author") or ""
        if name and name == self._creator:
            return "作者"
        if name and name == self._last:
            return "最后修改的人"
        number = len(self._others)
        letter = _STEMS[number] if number < len(_STEMS) else str(number + 1)
        return self._others.setdefault(name, f"修改的人{letter}")


def _changes(root: Any, people: _People, plain: Plain, *, accept: bool) -> None:
    """Settle insertions, deletions and moves; each is reported with its words."""
    kept = "照改过的" if accept else "照原来的"
    for kind, word, new in (
        ("ins", "插入", True),
        ("moveTo", "移来", True),
        ("del", "删去", False),
        ("moveFrom", "移走", False),
    ):
        for change in list(root.iter(f"{W}{kind}")):
            if change.getparent() is None or change.getparent().tag == f"{W}rPr":
                continue
            if text := _said(change):
                plain.losses.append(f"修订（{people.role(change)}）{word}“{text}”，已{kept}处理")
            if new is accept:
                _unwrap(change)
            else:
                _remove(change)
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    at = parent.index(element)
    for child in reversed(list(element)):
        parent.insert(at, child)
    parent.remove(element)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _comments(archive: zipfile.ZipFile, people: _People, plain: Plain) -> None:
    root = _optional(archive, "word/comments.xml")
    for comment in root.iter(f"{W}comment") if root is not None else ():
        plain.losses.append(f"批注（{people.role(comment)}）：{_said(comment)}")


# --- what is not to be read -----------------------------------------------------------------


def _hidden(root: Any, plain: Plain) -> None:
    for run in list(root.iter(f"{W}r")):
        mark = run.find(f"{W}rPr/{W}vanish")
        if mark is not None and mark.get(f"{W}val") not in {"0", "false", "off"}:
            if text := _said(run):
                plain.aside.append((text, "隐藏的文字"))
            _remove(run)


def _formulas(root: Any, plain: Plain) -> None:
    """Replace a formula by its characters, and report it."""
    for formula in list(root.iter(f"{_M}oMath")):
        text = _said(formula)
        parent = formula.getparent()
        if text and parent is not None:
            plain.losses.append(f"公式只带来了文字：{text}")
            parent.replace(formula, _run(text, formula))


def _rubies(root: Any, plain: Plain) -> None:
    """Keep the characters under a pronunciation, and report the pronunciation."""
    for ruby in list(root.iter(f"{W}ruby")):
        run, above, base = ruby.getparent(), ruby.find(f"{W}rt"), ruby.find(f"{W}rubyBase")
        if above is not None and (text := _said(above)):
            plain.losses.append(f"注音没有带来：{text}")
        if run is not None and run.tag == f"{W}r" and run.getparent() is not None:
            words = _said(base) if base is not None else ""
            run.replace(ruby, _run(words, ruby)[0])


def _run(text: str, like: Any) -> Any:
    run = like.makeelement(f"{W}r")
    inside = like.makeelement(f"{W}t")
    inside.text = text
    inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(inside)
    return run


def _contents(root: Any, plain: Plain) -> None:
    """Remove a table of contents: all headings will be on one page."""
    for paragraph in list(root.iter(f"{W}p")):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") or "" if style is not None else ""
        if re.fullmatch(r"(?:TOC|toc|目录)\s*\d", name):
            plain.aside.append((_said(paragraph), "目录"))
            for child in list(paragraph):
                paragraph.remove(child)


def _objects(root: Any, plain: Plain) -> None:
    local: dict[str, int] = {}
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        local[name] = local.get(name, 0) + 1
    for name, words in _OBJECTS:
        plain.losses += [words] * local.get(name, 0) if words else []


def _boxes(root: Any) -> None:
    """Put the text of a box after its paragraph where mammoth would not see it.

    mammoth reads old boxes (v:textbox) and the fallback of new ones; some programs write a new box
    without a fallback.
    """
    for box in list(root.iter(f"{W}txbxContent")):
        if not box.getparent().tag.endswith("}txbx"):
            continue
        either = next(box.iterancestors(f"{_MC}AlternateContent"), None)
        fallback = either.find(f"{_MC}Fallback") if either is not None else None
        if fallback is not None and next(fallback.iter(f"{W}txbxContent"), None) is not None:
            continue
        paragraph = next(box.iterancestors(f"{W}p"), None)
        if paragraph is not None:
            for block in reversed(list(box)):
                paragraph.addnext(block)


def _around(archive: zipfile.ZipFile, plain: Plain) -> None:
    """Report headers and footers, except those with nothing but a page number."""
    for name in sorted(archive.namelist()):
        part = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if not part:
            continue
        text = _said(_parsed(archive, name))
        if text and not re.fullmatch(r"[\W\d第页共]*", text):
            entry = (text, "页眉" if part[1] == "header" else "页脚")
            if entry not in plain.aside:
                plain.aside.append(entry)


_NEEDED = frozenset(
    [
        "pStyle",
        "numPr",
        "ilvl",
        "numId",
        "jc",
        "b",
        "i",
        "vertAlign",
        "sz",
        "rStyle",
        "tblHeader",
        "gridSpan",
        "vMerge",
        "tcPr",
        "trPr",
        "rPr",
        "pPr",
        "tblPr",
        "vanish",
        "fldChar",
        "tblStyle",
    ]
)


def _lighten(root: Any) -> None:
    """Remove properties that nobody reads, so that a thousand pages fit in memory."""
    for properties in list(root.iter(f"{W}rPr", f"{W}pPr", f"{W}tcPr", f"{W}tblPr", f"{W}trPr")):
        for child in list(properties):
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name not in _NEEDED:
                properties.remove(child)
    for mark in list(root.iter(f"{W}proofErr", f"{W}lastRenderedPageBreak", f"{W}sectPr")):
        if mark.getparent() is not None and not mark.tail:
            _remove(mark)


# --- automatic numbers ----------------------------------------------------------------------


class _Numbers:
    """Automatic numbers of paragraphs, counted as Word does."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        # Lists that start again at a given number, until they did.
        self._afresh: dict[tuple[str, int], int] = {}
        numbering = _optional(archive, "word/numbering.xml")
        if numbering is not None:
            self._read(numbering)
        styles = _optional(archive, "word/styles.xml")
        for style in styles.iter(f"{W}style") if styles is not None else ():
            if (pair := _numbered(style.find(f"{W}pPr"))) is not None:
                self._styled[style.get(f"{W}styleId") or ""] = pair

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            self._levels[key] = {
                int(level.get(f"{W}ilvl") or 0): level for level in abstract.iter(f"{W}lvl")
            }
        for num in numbering.iter(f"{W}num"):
            link = num.find(f"{W}abstractNumId")
            if link is not None:
                self._abstract[num.get(f"{W}numId") or ""] = link.get(f"{W}val") or ""
            for over in num.iter(f"{W}lvlOverride"):
                start, depth = _value(over, "startOverride"), over.get(f"{W}ilvl") or ""
                if start.isdecimal() and depth.isdecimal():
                    self._afresh[num.get(f"{W}numId") or "", int(depth)] = int(start)

    def write_out(self, root: Any) -> None:
        """Put the number before each numbered paragraph that Markdown would number differently."""
        pairs = [(paragraph, self._pair(paragraph)) for paragraph in root.iter(f"{W}p")]
        apart = _apart(pairs)
        for paragraph, pair in pairs:
            if pair is None:
                continue
            properties = paragraph.find(f"{W}pPr")
            text = self._next(*pair, apart=pair in apart)
            if text and _said(paragraph):
                number = _run(text, paragraph)
                look = next((r for r in paragraph.iter(f"{W}r") if _said(r)), paragraph)
                if (own_look := look.find(f"{W}rPr")) is not None:
                    number.insert(0, deepcopy(own_look))
                paragraph.insert(1 if properties is not None else 0, number)
                own = properties.find(f"{W}numPr") if properties is not None else None
                if own is not None:
                    properties.remove(own)

    def _pair(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list and depth of a paragraph, its own or those of its style; else None."""
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = style.get(f"{W}val") or "" if style is not None else ""
        pair = _numbered(properties)
        return pair if pair is not None else self._styled.get(name)

    def _next(self, number: str, depth: int, *, apart: bool) -> str:
        """Return the next number of a list as text; "" where none is to be written."""
        key = self._abstract.get(number, "")
        levels = self._levels.get(key, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, [])
        while len(counts) <= depth:
            counts.append(_start(levels.get(len(counts))) - 1)
        if (first := self._afresh.pop((number, depth), None)) is not None:
            counts[depth] = first - 1
        counts[depth] += 1
        del counts[depth + 1 :]
        kind = _value(level, "numFmt")
        text = _value(level, "lvlText")
        plain = kind == "decimal" and bool(re.fullmatch(r"%\d[.)、]?", text))
        if kind in {"bullet", "none"} or (plain and not apart):
            return ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            count = counts[place] if place < len(counts) else 1
            return _written(count, _value(levels.get(place), "numFmt"))

        return re.sub(r"%(\d)", shown, text)


def _apart(
    pairs: Sequence[tuple[Any, tuple[str, int] | None]],
) -> frozenset[tuple[str, int]]:
    """Return lists with text between their items: Markdown would restart them at each."""
    found: set[tuple[str, int]] = set()
    texts = 0
    begun: dict[tuple[str, int], int] = {}  # list -> number of texts above its last item
    for paragraph, pair in pairs:
        if pair is not None and pair[0]:
            if begun.get(pair, texts) < texts:
                found.add(pair)
            begun[pair] = texts
        elif _said(paragraph):
            texts += 1
    return frozenset(found)


def _numbered(properties: Any | None) -> tuple[str, int] | None:
    """Return the list and depth that paragraph properties name; None where they name none."""
    numbers = properties.find(f"{W}numPr") if properties is not None else None
    if numbers is None:
        return None
    link, depth = numbers.find(f"{W}numId"), numbers.find(f"{W}ilvl")
    if link is None or link.get(f"{W}val") in {None, "0"}:
        return ("", 0)
    at = depth.get(f"{W}val") if depth is not None else "0"
    return link.get(f"{W}val"), min(int(at), 8) if str(at).isdecimal() else 0


def _value(level: Any | None, name: str) -> str:
    found = level.find(f"{W}{name}") if level is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def _start(level: Any | None) -> int:
    value = _value(level, "start")
    return int(value) if value.isdecimal() else 1


def _written(count: int, kind: str) -> str:
    if kind in _CHINESE and 0 <= count < 100:
        tens, ones = divmod(count, 10)
        lead = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return lead + (_DIGITS[ones] if ones or not tens else "")
    if kind in {"upperLetter", "lowerLetter"} and 0 < count < 27:
        letter = chr(ord("A") + count - 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind.startswith("decimalEnclosedCircle") and 0 < count < 21:
        return chr(0x2460 + count - 1)
    return str(count)


def list_parts(
    archive: zipfile.ZipFile, changed: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of an archive that a reader of text needs, `changed` ones replaced."""
    for name in archive.namelist():
        lower = name.lower()
        if name in changed:
            yield name, changed[name]
        elif not lower.endswith("/") and not re.match("word/(?:embeddings|fonts|theme)/", lower):
            yield name, archive.read(name)
