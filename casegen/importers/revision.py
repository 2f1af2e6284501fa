"""revision: a Word document with changes settled, numbers written out, hidden text removed.

Secret: where Word keeps changes, comments, numbers, hidden text, headers and formulas.
Not here: turning the rest into blocks (word, with mammoth).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casegen.importers.numbering import Numbers
from casegen.importers.wordxml import (
    M,
    W,
    find_part,
    is_on,
    make_run,
    parse_part,
    read_value,
    read_words,
)

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_STEMS = "甲乙丙丁戊己庚辛"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
LONGEST_OUTLINED = 60  # characters; a longer paragraph with a level is text
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
    # Notes by the name of their part, settled as the main part is.
    notes: dict[str, bytes] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    # Text, and why it is not in the body.
    aside: list[tuple[str, str]] = field(default_factory=list)


def settle_changes(archive: zipfile.ZipFile, main: str, *, accept: bool) -> Plain:
    """Return the main part of a document with its changes accepted or rejected."""
    root = parse_part(archive, main)
    plain = Plain(b"")
    people = _People(archive)
    styles = _Styles(archive)
    _changes(root, people, plain, accept=accept)
    _comments(archive, people, plain)
    _hidden(root, styles, plain)
    _struck(root, styles, plain)
    _formulas(root, plain)
    _rubies(root, plain)
    _contents(root, plain)
    _objects(root, plain)
    _boxes(root)
    _bare_tables(root)
    _widen_cells(root)
    _around(archive, plain)
    Numbers(archive).write_out(root)
    _outline(root, styles)
    _lighten(root)
    for name in _NOTES:
        if (notes := find_part(archive, name)) is not None:
            _changes(notes, people, plain, accept=accept)
            _hidden(notes, styles, plain)
            _struck(notes, styles, plain)
            plain.notes[name] = _bytes(notes)
    plain.xml = _bytes(root)
    return plain


def _bytes(root: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415 - comes with the extra `import`

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


# --- who changed what ------------------------------------------------------------------------


class _People:
    """Roles in place of the names of those who changed or commented."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        core = find_part(archive, "docProps/core.xml")
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
        rows: list[Any] = []  # told whole; Word also marks the words of each cell
        for change in list(root.iter(f"{W}{kind}")):
            holder = change.getparent()
            if holder is None:
                continue
            told = any(row in rows for row in change.iterancestors(f"{W}tr"))
            if holder.tag == f"{W}trPr":
                rows.append(holder.getparent())
            if (words := _settle(change, stays=new is accept)) and not told:
                plain.losses.append(f"修订（{people.role(change)}）{word}{words}，已{kept}处理")
    for text in root.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _settle(change: Any, *, stays: bool) -> str:
    """Keep or remove what was changed, and return its words for the report; "" without any."""
    holder = change.getparent()
    if holder.tag == f"{W}rPr":  # the end of a paragraph
        if not stays:
            _join_paragraphs(holder)
        return ""
    if holder.tag == f"{W}trPr":
        row = holder.getparent()
        text = f"表格的一行“{read_words(row)}”"
        if not stays:
            _remove(row)
        return text
    text = read_words(change)
    if stays:
        _unwrap(change)
    else:
        _remove(change)
    return f"“{text}”" if text else ""


def _join_paragraphs(look: Any) -> None:
    """Join a paragraph whose end is deleted with the next one; `look` is that of the end."""
    paragraph = look.getparent().getparent() if look.getparent().tag == f"{W}pPr" else None
    below = paragraph.getnext() if paragraph is not None else None
    if paragraph is None or below is None or below.tag != f"{W}p":
        return
    at = 0 if below.find(f"{W}pPr") is None else 1
    for child in reversed([c for c in paragraph if c.tag != f"{W}pPr"]):
        below.insert(at, child)
    _remove(paragraph)


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
    root = find_part(archive, "word/comments.xml")
    for comment in root.iter(f"{W}comment") if root is not None else ():
        plain.losses.append(f"批注（{people.role(comment)}）：{read_words(comment)}")


# --- what is not to be read -----------------------------------------------------------------


class _Styles:
    """What the styles of a document say of looks that hide words, and of outline levels."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        found = find_part(archive, "word/styles.xml")
        every = list(found.iter(f"{W}style")) if found is not None else []
        self._styles = {style.get(f"{W}styleId") or "": style for style in every}
        self._usual = {
            style.get(f"{W}type"): style.get(f"{W}styleId") or ""
            for style in every
            if style.get(f"{W}default") in {"1", "true", "on"}
        }
        self._looks: dict[tuple[str, str], bool] = {}
        styles = self._styles
        self.levels = {n: read_value(s.find(f"{W}pPr"), "outlineLvl") for n, s in styles.items()}
        self.names = {n: read_value(s, "name") for n, s in styles.items()}

    def shows(self, run: Any, *names: str) -> bool:
        """Return whether a run has one of these looks, by itself or by its styles.

        Word counts a look of the paragraph's style and the same look of the run's style as none.
        """
        own = run.find(f"{W}rPr")
        above = next(run.iterancestors(f"{W}p"), None)
        of_paragraph = read_value(above.find(f"{W}pPr") if above is not None else None, "pStyle")
        of_run = read_value(own, "rStyle")
        for name in names:
            direct = is_on(own, name)
            if direct is None:
                direct = self._has(of_run, "character", name) != self._has(
                    of_paragraph, "paragraph", name
                )
            if direct:
                return True
        return False

    def _has(self, style: str, kind: str, name: str) -> bool:
        """Return whether a style, or the first that it is based on to say so, has a look."""
        style = style if style in self._styles else self._usual.get(kind, "")
        said, seen, at = None, set[str](), style
        while said is None and at in self._styles and at not in seen:
            said = self._looks.get((at, name))
            if said is None:
                seen.add(at)
                said = is_on(self._styles[at].find(f"{W}rPr"), name)
                at = read_value(self._styles[at], "basedOn")
        # All on the way said nothing themselves: a long line of styles is walked once, not by each.
        self._looks.update(((each, name), bool(said)) for each in seen)
        return bool(said)


def _hidden(root: Any, styles: _Styles, plain: Plain) -> None:
    for run in list(root.iter(f"{W}r")):
        if styles.shows(run, "vanish"):
            if text := read_words(run):
                plain.aside.append((text, "隐藏的文字"))
            _remove(run)


def _struck(root: Any, styles: _Styles, plain: Plain) -> None:
    """Remove words that are struck out, as `struck` does for pages, and report them.

    A figure among them would be proposed as a metric. Runs that follow each other are one report.
    """
    told: list[str] = []
    last: Any = None
    for run in root.iter(f"{W}r"):
        words = run.findall(f"{W}t")  # a picture in the run stays
        text = "".join(word.text or "" for word in words)
        if not text.strip() or not styles.shows(run, "strike", "dstrike"):
            continue
        if last is not None and run.getprevious() is last:
            told[-1] += text
        else:
            told.append(text)
        last = run
        for word in words:
            word.text = ""
    plain.losses += [f"划掉的字没有写进正文：“{text.strip()}”，仍有效的请补上" for text in told]


def _outline(root: Any, styles: _Styles) -> None:
    """Mark paragraphs that have a level in the outline but no style of headings."""
    for paragraph in root.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        style = read_value(properties, "pStyle")
        level = read_value(properties, "outlineLvl") or styles.levels.get(style, "")
        if not re.fullmatch("[0-8]", level) or re.search(
            "heading|title|标题", styles.names.get(style, ""), re.IGNORECASE
        ):
            continue
        if properties is None or not 0 < len(read_words(paragraph)) <= LONGEST_OUTLINED:
            continue
        mark = properties.find(f"{W}pStyle")
        if mark is None:
            mark = properties.makeelement(f"{W}pStyle")
            properties.insert(0, mark)
        mark.set(f"{W}val", f"casegen-outline-{int(level) + 1}")


def _formulas(root: Any, plain: Plain) -> None:
    """Replace a formula by its characters, and report it."""
    for paragraph in list(root.iter(f"{M}oMathPara")):
        _unwrap(paragraph)
    for formula in list(root.iter(f"{M}oMath")):
        text = read_words(formula)
        parent = formula.getparent()
        if text and parent is not None:
            plain.losses.append(f"公式只带来了文字：{text}")
            parent.replace(formula, make_run(text, formula))


def _rubies(root: Any, plain: Plain) -> None:
    """Keep the characters under a pronunciation, and report the pronunciation."""
    for ruby in list(root.iter(f"{W}ruby")):
        run, above, base = ruby.getparent(), ruby.find(f"{W}rt"), ruby.find(f"{W}rubyBase")
        if above is not None and (text := read_words(above)):
            plain.losses.append(f"注音没有带来：{text}")
        if run is not None and run.tag == f"{W}r" and run.getparent() is not None:
            words = read_words(base) if base is not None else ""
            run.replace(ruby, make_run(words, ruby)[0])


def _contents(root: Any, plain: Plain) -> None:
    """Remove a table of contents: all headings will be on one page."""
    for paragraph in list(root.iter(f"{W}p")):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") or "" if style is not None else ""
        if re.fullmatch(r"(?:TOC|toc|目录)\s*\d", name):
            plain.aside.append((read_words(paragraph), "目录"))
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


def _bare_tables(root: Any) -> None:
    """Leave rows in tables and cells in rows, nothing else.

    mammoth gives up merged cells where bookmarks or content controls stand between them.
    """
    for outer, inner in (("tbl", "tr"), ("tr", "tc")):
        for holder in root.iter(f"{W}{outer}"):
            for element in list(holder):
                name = element.tag.rpartition("}")[2]
                if name in {"sdt", "customXml", "smartTag"}:
                    for kept in element.iter(f"{W}{inner}"):
                        if next(kept.iterancestors(f"{W}{outer}")) is holder:
                            element.addprevious(kept)
                if name not in {inner, f"{outer}Pr", "tblGrid", "tblPrEx"}:
                    _remove(element)


def _widen_cells(root: Any) -> None:
    """Write what moves cells to the side as mammoth reads it: as spans over columns."""
    for row in root.iter(f"{W}tr"):
        first: Any | None = None
        for cell in row.findall(f"{W}tc"):
            look = cell.find(f"{W}tcPr")
            mark = look.find(f"{W}hMerge") if look is not None else None
            if mark is None or mark.get(f"{W}val") == "restart":
                first = cell if mark is not None else None
            elif first is not None:
                _span(first, _spanned(first) + _spanned(cell))
                _remove(cell)
        before = read_value(row.find(f"{W}trPr"), "gridBefore")
        if before.isdecimal() and 0 < int(before) < 64:  # Word has 63 columns
            empty = row.makeelement(f"{W}tc")
            _span(empty, int(before))
            empty.append(row.makeelement(f"{W}p"))
            cell = row.find(f"{W}tc")
            if cell is not None:
                cell.addprevious(empty)


def _spanned(cell: Any) -> int:
    value = read_value(cell.find(f"{W}tcPr"), "gridSpan")
    return int(value) if value.isdecimal() else 1


def _span(cell: Any, columns: int) -> None:
    look = cell.find(f"{W}tcPr")
    if look is None:
        look = cell.makeelement(f"{W}tcPr")
        cell.insert(0, look)
    mark = look.find(f"{W}gridSpan")
    if mark is None:
        mark = look.makeelement(f"{W}gridSpan")
        look.append(mark)
    mark.set(f"{W}val", str(columns))


def _around(archive: zipfile.ZipFile, plain: Plain) -> None:
    """Report headers and footers, except those with nothing but a page number."""
    for name in sorted(archive.namelist()):
        part = re.fullmatch(r"word/(header|footer)\d*\.xml", name)
        if not part:
            continue
        text = read_words(parse_part(archive, name))
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
