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

from casegen.problem import CasegenError

MOST_ENTRIES = 4000
LARGEST = 400 * 1024 * 1024  # of all parts together, inflated
LARGEST_PART = 120 * 1024 * 1024  # of one part of XML
WORST_RATIO = 400  # inflated to packed, from 4 MB on
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REMOTE = re.compile(
    rb"<Relationship\b(?=[^<>]*TargetMode\s*=\s*[\"']External)"
    rb"(?=[^<>]*Type\s*=\s*[\"'][^\"']*/(?:attachedTemplate|oleObject|frame|subDocument|package|externalLinkPath)[\"'])"
    rb"(?=[^<>]*Target\s*=\s*[\"'](?:https?:|ftp:|file://[^/\"']|\\\\))",
    re.IGNORECASE,
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
        raise refused(name, "里面没有正文", "用 Word 或 WPS 打开，另存一份再导入")
    if any(n.lower().endswith(("vbaproject.bin", "vbadata.xml")) for n in names):
        raise refused(name, "带着宏（会自动运行的程序）", "另存为不带宏的格式再导入")
    _inflate(name, archive)
    if chief_part(archive, main) not in names:
        raise refused(name, "里面没有正文", "用 Word 或 WPS 打开，另存一份再导入")
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
    for row in re.findall(rb"<Relationship\b[^<>]*>", archive.read("_rels/.rels")):
        target = re.search(rb"\bTarget\s*=\s*[\"']/?([^\"']+)", row)
        if target and re.search(rb"\bType\s*=\s*[\"'][^\"']*/officeDocument[\"']", row):
            return target[1].decode("utf-8", "replace")
    return ""


def refused(name: str, why: str, hint: str = "用 Word 或 WPS 打开，另存一份再导入") -> CasegenError:
    """Why a file is not imported."""
    return CasegenError("import", f"{name} {why}，没有导入", hint)


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
        head = b""
        try:
            for chunk in _chunks(archive, entry):
                if not size:
                    head = chunk[:4096]
                size += len(chunk)
                xml = entry.filename.lower().endswith((".xml", ".rels"))
                bomb = size > 4 * _CHUNK and size > WORST_RATIO * max(entry.compress_size, 1)
                if bomb or total + size > LARGEST or (xml and size > LARGEST_PART):
                    raise refused(name, "解开后大得不合常理（压缩炸弹）", "请供稿的部门另存一份")
                if entry.filename.endswith(".rels") and _REMOTE.search(chunk):
                    raise refused(
                        name, "引用了别的机器上的文件", "打开它，断开链接，另存一份再导入"
                    )
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError,
                NotImplementedError, RuntimeError) as error:  # fmt: skip
            raise refused(name, "已损坏") from error
        total += size
        if entry.filename.lower().endswith((".xml", ".rels")) and _declares(head):
            raise refused(name, "里面有不该有的实体声明", "请供稿的部门另存一份")


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _declares(head: bytes) -> bool:
    """Whether a part of XML declares a document type, in any encoding."""
    return b"<!DOCTYPE" in head.replace(b"\0", b"").upper()
