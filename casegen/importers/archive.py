"""archive: office files as archives: opened only when they are what they claim, and not too large.

Secret: how a zip bomb, a macro, a password, a remote template and a wrong ending are recognized.
Not here: what the parts of such a file mean (word, spreadsheet).
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from casegen.problem import CasegenError

MOST_ENTRIES = 4000
LARGEST = 400 * 1024 * 1024  # bytes of all parts together, inflated
LARGEST_PART = 120 * 1024 * 1024  # bytes of one part of XML
LARGEST_RELATIONS = 4 * 1024 * 1024  # bytes of one list of relations: about twenty thousand of them
WORST_RATIO = 400  # inflated to packed size, checked from 4 MB on
MOST_MERGED = 2_000_000  # cells that merged areas of a workbook cover: each takes memory
_CHUNK = 1 << 20
_DOCTYPE = 64  # bytes in which <!DOCTYPE must begin: up to 36, with four bytes a character
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Parts that a program fetches as soon as it opens the file; a link is fetched only by a click.
_FETCHED = (
    "/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/package", "/externalLinkPath",
)  # fmt: skip
# A target with a host: a scheme other than file:, a share of Windows, file://host/. The letter of a
# drive is no scheme.
_AWAY = re.compile(
    r"(?!file:)[a-z][a-z0-9+.-]+:|[\\/]{2}|file:/*\\\\|file://(?![a-z]:)[^/\\]", re.IGNORECASE
)
_KINDS = {
    "word/document.xml": ("Word 文件", ".docx"),
    "xl/workbook.xml": ("Excel 文件", ".xlsx"),
    "ppt/presentation.xml": ("PPT 文件", ".pptx"),
    "content.xml": ("OpenDocument 文件", ".odt"),
}


def open_archive(name: str, data: bytes, main: str) -> zipfile.ZipFile:
    """Open an office file whose main part is `main`.

    Raises CasegenError "import" for a file that is damaged, too large when inflated, encrypted, has
    macros, or names parts on other machines.
    """
    archive = _archive(name, data)
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise make_refusal(name, f"里面有 {len(entries)} 个文件，太多了")
    if any(entry.flag_bits & 1 for entry in entries):
        raise make_refusal(name, "加了密码", "取消密码，另存一份再导入")
    names = {entry.filename for entry in entries}
    if main not in names and not _named_otherwise(main, names):
        kind, ending = next((k for n, k in _KINDS.items() if n in names), ("", ""))
        if kind:
            raise make_refusal(name, f"其实是 {kind}", f"把文件名的后缀改成 {ending}")
        raise make_refusal(name, "里面没有正文")
    if any(n.lower().endswith(("vbaproject.bin", "vbadata.xml")) for n in names):
        raise make_refusal(name, "带着宏（会自动运行的程序）", "另存为不带宏的格式再导入")
    _inflate(name, archive)
    if find_chief_part(archive, main) not in names:
        raise make_refusal(name, "里面没有正文")
    return archive


def _named_otherwise(main: str, names: set[str]) -> bool:
    """Return whether the main part has another name: Word's online editor writes document2.xml."""
    folder = main.partition("/")[0] + "/"
    others = {n for n in _KINDS if n != main}
    return (
        "_rels/.rels" in names
        and not others & names
        and any(n.startswith(folder) and n.endswith(".xml") for n in names)
    )


def find_chief_part(archive: zipfile.ZipFile, usual: str) -> str:
    """Return the name of the part that holds the text, as the archive itself declares it."""
    if usual in archive.namelist():
        return usual
    for row in _relations(archive.read("_rels/.rels")):
        if row.get("Type", "").endswith("/officeDocument"):
            return row.get("Target", "").removeprefix("/")
    return ""


def _relations(data: bytes) -> list[dict[str, str]]:
    """Return the relations that a part lists, each as its attributes; () where it is no XML.

    They are read as office programs do, whatever the prefix, the quotes and the encoding are. A
    document type is refused, so that no entity can expand.
    """
    found: list[dict[str, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def begin(name: str, given: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "Relationship":
            found.append({key.rpartition(" ")[2]: value for key, value in given.items()})

    def refuse(*_: object) -> None:
        raise ValueError

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - takes no names
    except expat.ExpatError:
        return []
    return found


def refuse_merged_sheets(name: str, archive: zipfile.ZipFile) -> None:
    """Raise CasegenError "import" where merged areas of a workbook cover whole sheets.

    One such area has 17 thousand million cells, which openpyxl makes one by one.
    """
    total = 0

    def begin(tag: str, given: dict[str, str]) -> None:
        nonlocal total
        if tag.rpartition(" ")[2] == "mergeCell":
            total += _count_cells(given.get("ref", ""))

    for part in archive.namelist():
        data = archive.read(part) if part.lower().endswith(".xml") else b""
        if b"mergeCell" not in data.replace(b"\0", b""):
            continue
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = begin
        with contextlib.suppress(expat.ExpatError):  # openpyxl will report it
            parser.Parse(data, True)  # noqa: FBT003 - takes no names
        if total > MOST_MERGED:
            raise make_refusal(
                name, "把整列或整张表合并成了一格，读不了", "取消这些合并，另存一份再导入"
            )


def _count_cells(area: str) -> int:
    """Return how many cells an area such as A1:C3 has; 0 for anything else."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", area.upper())
    if not found:
        return 0
    left, right = (_number_column(found[n]) for n in (1, 3))
    return (abs(right - left) + 1) * (abs(int(found[4]) - int(found[2])) + 1)


def _number_column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _is_remote(row: dict[str, str]) -> bool:
    """Return whether a program that opens the file fetches this part from another machine."""
    external = row.get("TargetMode", "").strip().lower() == "external"
    fetched = row.get("Type", "").strip().endswith(_FETCHED)
    return external and fetched and bool(_AWAY.match(row.get("Target", "").strip()))


def make_refusal(name: str, why: str, hint: str = "") -> CasegenError:
    """Return the error for a file that is not imported; the default hint is to save it again."""
    program = "Excel" if name.lower().endswith((".xlsx", ".xlsm", ".et")) else "Word"
    return CasegenError(
        "import", f"{name} {why}", hint or f"用 {program} 或 WPS 打开，另存一份再导入"
    )


def _archive(name: str, data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        raise make_refusal(
            name, "加了密码，或是旧格式改了后缀", "打开它，取消密码，另存为新格式再导入"
        )
    if re.match(rb"\s*(?:<!doctype html|<html|MIME-Version:|From:)", data[:200], re.IGNORECASE):
        raise make_refusal(name, "其实是网页", "把文件名的后缀改成 .html 或 .mhtml")
    if data.startswith(b"{\\rtf"):
        raise make_refusal(name, "其实是 RTF 文件", "用 Word 或 WPS 打开，另存为 .docx")
    if not data.startswith(b"PK"):
        raise make_refusal(name, "不是它的后缀所说的文件，或已损坏")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise make_refusal(name, "已损坏") from error


def _inflate(name: str, archive: zipfile.ZipFile) -> None:
    """Inflate every part once without keeping it: declared sizes cannot be trusted."""
    total = 0
    for entry in archive.infolist():
        size = 0
        declared, tail, relations = False, b"", b""
        xml = entry.filename.lower().endswith((".xml", ".rels"))
        related = entry.filename.lower().endswith(".rels")
        most = LARGEST_RELATIONS if related else LARGEST_PART if xml else LARGEST
        try:
            for chunk in _chunks(archive, entry):
                size += len(chunk)
                bomb = size > 4 * _CHUNK and size > WORST_RATIO * max(entry.compress_size, 1)
                if bomb or total + size > LARGEST or size > most:
                    raise make_refusal(
                        name, "解开后大得不合常理（压缩炸弹）", "请供稿的部门另存一份"
                    )
                declared = declared or (xml and _declares(tail + chunk))
                tail = chunk[-_DOCTYPE:]
                relations += chunk if related else b""
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise make_refusal(name, "已损坏") from error
        total += size
        if declared:
            raise make_refusal(name, "里面有不该有的实体声明", "请供稿的部门另存一份")
        if any(map(_is_remote, _relations(relations) if relations else ())):
            raise make_refusal(name, "引用了别的机器上的文件", "打开它，断开链接，另存一份再导入")


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _declares(piece: bytes) -> bool:
    """Return whether a piece of XML declares a document type, in any encoding."""
    return b"<!DOCTYPE" in piece or b"<!DOCTYPE" in piece.replace(b"\0", b"")
