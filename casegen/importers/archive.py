"""Office files as archives: opened only when they are what they say, and small when inflated.

Secret: how a zip bomb, a macro, a password, a remote template and a wrong ending show.
Not here: what the parts of such a file mean (word, ledger).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from casegen.problem import CasegenError

MOST_ENTRIES = 4000
LARGEST = 400 * 1024 * 1024  # of all parts together, inflated
LARGEST_PART = 120 * 1024 * 1024  # of one part of XML
LARGEST_RELATIONS = 4 * 1024 * 1024  # of one list of relations: twenty thousand of them
WORST_RATIO = 400  # inflated to packed, from 4 MB on
_CHUNK = 1 << 20
_DOCTYPE = 64  # bytes of which <!DOCTYPE takes up to 36, in four bytes a character
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Kinds of parts that a program fetches when it opens the file; a link is fetched by a click alone.
_FETCHED = (
    "/attachedTemplate", "/oleObject", "/frame", "/subDocument", "/package", "/externalLinkPath",
)  # fmt: skip
# A target with a host: another scheme than file:, a share of Windows, file://host/. A letter of a
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


def opened(name: str, data: bytes, main: str) -> zipfile.ZipFile:
    """The archive of an office file whose chief part is `main`.

    Raises CasegenError "import" for one that is broken, too large when inflated, encrypted, bears
    macros or names parts on other machines.
    """
    archive = _archive(name, data)
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise refused(name, f"里面有 {len(entries)} 个文件，太多了")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused(name, "加了密码", "取消密码，另存一份再导入")
    names = {entry.filename for entry in entries}
    if main not in names and not _named_otherwise(main, names):
        kind, ending = next((k for n, k in _KINDS.items() if n in names), ("", ""))
        if kind:
            raise refused(name, f"其实是 {kind}", f"把文件名的后缀改成 {ending}")
        raise refused(name, "里面没有正文")
    if any(n.lower().endswith(("vbaproject.bin", "vbadata.xml")) for n in names):
        raise refused(name, "带着宏（会自动运行的程序）", "另存为不带宏的格式再导入")
    _inflate(name, archive)
    if chief_part(archive, main) not in names:
        raise refused(name, "里面没有正文")
    return archive


def _named_otherwise(main: str, names: set[str]) -> bool:
    """Whether the chief part may have another name: Word's online editor writes document2.xml."""
    folder = main.partition("/")[0] + "/"
    others = {n for n in _KINDS if n != main}
    return "_rels/.rels" in names and not others & names and any(
        n.startswith(folder) and n.endswith(".xml") for n in names
    )  # fmt: skip


def chief_part(archive: zipfile.ZipFile, usual: str) -> str:
    """The name of the part that holds the text, as the archive itself says."""
    if usual in archive.namelist():
        return usual
    for row in _relations(archive.read("_rels/.rels")):
        if row.get("Type", "").endswith("/officeDocument"):
            return row.get("Target", "").removeprefix("/")
    return ""


def _relations(data: bytes) -> list[dict[str, str]]:
    """The relations that a part names, each by its attributes; none where it is no XML.

    Read as office programs do, whatever the prefix, the quotes and the encoding are. Without a
    document type there is no entity that could grow.
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


def _is_remote(row: dict[str, str]) -> bool:
    """Whether a program that opens the file fetches this part from another machine."""
    external = row.get("TargetMode", "").strip().lower() == "external"
    fetched = row.get("Type", "").strip().endswith(_FETCHED)
    return external and fetched and bool(_AWAY.match(row.get("Target", "").strip()))


def refused(name: str, why: str, hint: str = "") -> CasegenError:
    """Why a file is not imported; without a hint it is to be saved again by its own program."""
    program = "Excel" if name.lower().endswith((".xlsx", ".xlsm", ".et")) else "Word"
    return CasegenError(
        "import", f"{name} {why}", hint or f"用 {program} 或 WPS 打开，另存一份再导入"
    )


def _archive(name: str, data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE):
        raise refused(name, "加了密码，或是旧格式改了后缀", "打开它，取消密码，另存为新格式再导入")
    if re.match(rb"\s*(?:<!doctype html|<html|MIME-Version:|From:)", data[:200], re.IGNORECASE):
        raise refused(name, "其实是网页", "把文件名的后缀改成 .html 或 .mhtml")
    if data.startswith(b"{\\rtf"):
        raise refused(name, "其实是 RTF 文件", "用 Word 或 WPS 打开，另存为 .docx")
    if not data.startswith(b"PK"):
        raise refused(name, "不是它的后缀所说的文件，或已损坏")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refused(name, "已损坏") from error


def _inflate(name: str, archive: zipfile.ZipFile) -> None:
    """Inflate every part once without keeping it: sizes as declared are not to be trusted."""
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
                    raise refused(name, "解开后大得不合常理（压缩炸弹）", "请供稿的部门另存一份")
                declared = declared or (xml and _declares(tail + chunk))
                tail = chunk[-_DOCTYPE:]
                relations += chunk if related else b""
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError,
                NotImplementedError, RuntimeError) as error:  # fmt: skip
            raise refused(name, "已损坏") from error
        total += size
        if declared:
            raise refused(name, "里面有不该有的实体声明", "请供稿的部门另存一份")
        if any(map(_is_remote, _relations(relations) if relations else ())):
            raise refused(name, "引用了别的机器上的文件", "打开它，断开链接，另存一份再导入")


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _declares(piece: bytes) -> bool:
    """Whether a piece of XML declares a document type, in any encoding."""
    return b"<!DOCTYPE" in piece or b"<!DOCTYPE" in piece.replace(b"\0", b"")
