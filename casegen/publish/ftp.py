"""ftp: a folder on a host reached over FTP, without encryption or under TLS.

Secret: how real servers differ from the FTP standard: answers by number, renames that do not
replace (IIS), disks that fill up in the middle of a transfer. Exclusive and atomic, as far as FTP
allows: a file is sent under a name of casegen's, which is removed before the first writing (with a
link that may be there), and is renamed over the old one; the lock is a folder, the only thing that
FTP refuses to create twice. FTP can neither create a file only where there is none nor distinguish
a link from a file: somebody who may create links in the web folder while casegen writes there can
misuse that.
Not here: connecting (ftp_session), trying again (retrying), where passwords come from (password).
"""

from __future__ import annotations

import ftplib
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from casegen import disk_errors
from casegen.chinese.characters import holds_chinese
from casegen.problem import CasegenError
from casegen.publish.access import Access
from casegen.publish.address import Address
from casegen.publish.ftp_session import open_session
from casegen.publish.patience import Watch, bound_time
from casegen.publish.store import (
    LOCK,
    RECORD,
    TEMPORARY,
    Content,
    DroppedError,
    RefusedError,
    clean_answer,
    list_parents,
    open_content,
    read_length,
    refuse_endless,
    send_back,
)

MARK = f"{LOCK}/owner.json"
UNHEARD_OF = ("500", "502", "504")  # RFC 959: not a command, or not implemented
FULL = ("452", "552")  # RFC 959: insufficient storage; exceeded storage allocation
CLOSING = "421"  # RFC 959: service not available, closing control connection
NO_DATA = "425"  # RFC 959: can't open data connection
NO_WAY_THROUGH = "传文件的连接建不起来，多半是防火墙没有放行"
OPEN_PORTS = "请管理员在防火墙上放行 FTP 的被动端口，或改用 sftp://"
ENCRYPTION = re.compile("SSL|TLS|encrypt", re.IGNORECASE)


class _EnoughError(Exception):
    """The host sent more bytes than were asked for."""


class Ftp:
    """A Store over one FTP connection, with one data connection for each transfer.

    Raises DroppedError where it cannot connect, CasegenError "unknown-host", "host-changed",
    "login-refused", "no-password", "target-address".
    """

    def __init__(self, access: Access, number: int) -> None:
        address = access.address
        self._password = access.password
        self._patience = access.patience
        self._made: set[str] = set()
        self._cleared = False
        self._temporary = f"{TEMPORARY}{number}"
        self._ftp = open_session(access)
        try:
            secret = self._find_secret(address)
            with self._translate_errors(""):
                self._log_in(address, secret)
                if isinstance(self._ftp, ftplib.FTP_TLS):
                    self._ftp.prot_p()
                self._ftp.voidcmd("TYPE I")
                self._ftp.ask_for_utf8()
                home = "" if address.path.startswith("/") else self._ftp.pwd().rstrip("/")
                self._root = f"{home}/{address.path.strip('/')}".rstrip("/")
        except BaseException:
            self.close()
            raise

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """See `Store.read`; the other methods are those of Store too."""
        data = io.BytesIO()

        def take(piece: bytes) -> None:
            data.write(piece)
            watch.allow(len(piece))
            if data.tell() > most:
                raise _EnoughError

        with self._translate_errors(path) as watch:
            try:
                self._ftp.retrbinary(f"RETR {self._locate(path)}", take)
            except _EnoughError:
                with suppress(ftplib.Error):  # its complaint that we closed the transfer
                    self._ftp.read_pending()
            except ftplib.error_perm as error:
                if _read_number(error) == "550" and self.size(path) is None:
                    return None
                raise
        return data.getvalue()

    def size(self, path: str) -> int | None:
        """See `Store.size`."""
        with self._translate_errors(path) as watch:
            try:
                return self._ftp.size(self._locate(path))
            except ftplib.error_perm as error:
                if _read_number(error) in UNHEARD_OF:
                    return self._count_bytes(path, watch)
                if _read_number(error) == "550":
                    return None
                raise

    def holds(self, folder: str) -> bool:
        """See `Store.holds`."""
        with self._translate_errors(folder):
            try:
                self._ftp.voidcmd(f"CWD {self._locate(folder) or '/'}")
            except ftplib.error_perm:
                return False
            return True

    def write(self, path: str, content: Content) -> None:
        """See `Store.write`."""
        with self._translate_errors(path, read_length(content)):
            self._make_folders(path)
            self._clear_name()
            try:
                with open_content(content) as source:
                    self._send_file(path, source)
                self._rename(self._temporary, path)
            except ftplib.Error:
                # Free the space of the incomplete file.
                with suppress(ftplib.Error, EOFError, OSError):
                    self._ftp.delete(self._locate(self._temporary))
                raise

    def copy(self, path: str, to: str) -> bool:
        """See `Store.copy`. FTP cannot copy, so the file is read and sent back."""
        return send_back(self, path, to)

    def move(self, path: str, to: str) -> bool:
        """See `Store.move`."""
        if self.size(path) is None:
            return self.size(to) is not None
        with self._translate_errors(to):
            self._make_folders(to)
            self._rename(path, to)
        return True

    def delete(self, path: str) -> None:
        """See `Store.delete`."""
        with self._translate_errors(path):
            try:
                self._ftp.delete(self._locate(path))
            except ftplib.error_perm:
                if self.size(path) is not None:
                    raise

    def drop(self, folder: str) -> None:
        """See `Store.drop`. A current folder cannot be removed, so the connection leaves it."""
        with self._translate_errors(folder), suppress(ftplib.error_perm):
            self._ftp.voidcmd(f"CWD {self._root or '/'}")
            self._ftp.rmd(self._locate(folder))
        self._made.discard(folder)

    def claim(self, mark: bytes) -> bytes | None:
        """See `Store.claim`. The lock is a folder: FTP cannot make a folder twice."""
        with self._translate_errors(LOCK):
            self._make_folders(LOCK)
            try:
                self._ftp.mkd(self._locate(LOCK))
            except ftplib.error_perm:
                if not self.holds(LOCK):
                    raise
                return self.read(MARK) or b""
        self.write(MARK, mark)
        return None

    def unclaim(self) -> None:
        """See `Store.unclaim`."""
        self.delete(MARK)
        self.drop(LOCK)

    def finish(self) -> None:
        """See `Store.finish`."""
        self.delete(self._temporary)

    def close(self) -> None:
        """See `Store.close`."""
        with suppress(Exception):
            self._ftp.close()

    def _clear_name(self) -> None:
        """Remove what has the temporary name, once: STOR would write through a link."""
        if not self._cleared:
            with suppress(ftplib.error_perm):
                self._ftp.delete(self._locate(self._temporary))
            self._cleared = True

    def _find_secret(self, address: Address) -> str:
        """Return the password, for which an editor may take any time.

        Raises CasegenError "target-address", "no-password".
        """
        if not address.user:
            raise CasegenError(
                "target-address",
                "FTP 地址里没有用户名",
                f"写成 {address.scheme}://用户名@主机/文件夹",
            )
        return self._password.require()

    def _log_in(self, address: Address, secret: str) -> None:
        """Send name and password.

        Raises CasegenError "login-refused".
        """
        try:
            self._ftp.login(address.user, secret)
        except ftplib.error_perm as error:
            if address.scheme == "ftp" and ENCRYPTION.search(str(error)):
                why, hint = "只许加密登录", "把地址里的 ftp:// 改成 ftps://"
            else:
                why = f"用户名或密码不对{self._quote_answer(error)}"
                hint = "核对用户名和密码；有的主机只许 ftps:// 登录"
            raise CasegenError("login-refused", f"{address.shown} 不让登录：{why}", hint) from None

    def _quote_answer(self, error: Exception) -> str:
        """Return the host's answer if an editor can read it, else its number."""
        words = clean_answer(self._password.hide_in(str(error)))
        return f"，主机说“{words}”" if holds_chinese(words) else f"（{_read_number(error)}）"

    def _send_file(self, path: str, source: BinaryIO) -> None:
        try:
            self._ftp.storbinary(f"STOR {self._locate(self._temporary)}", source)
        except OSError:
            if self._ftp.opening:
                raise
            try:
                self._ftp.read_pending()  # a full host says why on the other line
            except TimeoutError:  # or gives no reason
                refusal = RefusedError(path, "每次都在半路断开，多半是磁盘满了")
                raise DroppedError("FTP 连接断开", refusal) from None
            raise

    def _count_bytes(self, path: str, watch: Watch) -> int | None:
        """Return the size of a file by reading it, for a host without SIZE."""
        pieces: list[int] = []

        def count(data: bytes) -> None:
            pieces[:] = [sum(pieces) + len(data)]
            watch.allow(len(data))
            refuse_endless(path, pieces[0])

        try:
            self._ftp.retrbinary(f"RETR {self._locate(path)}", count)
        except ftplib.error_perm as error:
            if _read_number(error) == "550":
                return None
            raise
        return sum(pieces)

    def _locate(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _make_folders(self, path: str) -> None:
        for folder in ("", *list_parents(path)):
            if folder not in self._made:
                self._make_folder(self._locate(folder))
                self._made.add(folder)

    def _make_folder(self, place: str) -> None:
        """Make a folder and those above it, where they are missing."""
        try:
            self._ftp.voidcmd(f"CWD {place or '/'}")
        except ftplib.error_perm:
            if not place:
                raise
            self._make_folder(place.rpartition("/")[0])
            with suppress(ftplib.error_perm):
                self._ftp.mkd(place)
            self._ftp.voidcmd(f"CWD {place}")

    def _rename(self, path: str, to: str) -> None:
        """Rename over an existing file; on some hosts with a short gap in which there is none."""
        try:
            self._ftp.rename(self._locate(path), self._locate(to))
        except ftplib.error_perm:
            if self.size(to) is None:
                raise
            self._ftp.delete(self._locate(to))
            self._ftp.rename(self._locate(path), self._locate(to))

    @contextmanager
    def _translate_errors(self, path: str, size: int = 0) -> Iterator[Watch]:
        try:
            with bound_time(self._ftp.cut, self._patience, size) as watch:
                yield watch
        except (ftplib.error_perm, ftplib.error_temp) as error:
            number = _read_number(error)
            if number in FULL:
                raise RefusedError(path, disk_errors.FULL) from None
            if number == CLOSING:
                raise DroppedError("主机说连接太多，或等得太久（421）") from None
            if number == NO_DATA:
                refused = RefusedError(path, NO_WAY_THROUGH, OPEN_PORTS)
                raise DroppedError("FTP 连接断开", refused) from None
            if number.startswith("4"):
                why = f"主机没有收下{self._quote_answer(error)}，多半是磁盘满了，或文件正被占用"
                raise DroppedError("FTP 连接断开", RefusedError(path, why)) from None
            said = self._quote_answer(error)
            why = f"主机不肯{said}，多半是没有权限，或那里有同名的文件夹、文件挡着"
            raise RefusedError(path, why) from None
        except ValueError:
            raise RefusedError(path, "主机的回答看不懂") from None
        except (ftplib.Error, EOFError, OSError) as error:
            refusal = None
            if self._ftp.opening and isinstance(error, ConnectionRefusedError | TimeoutError):
                refusal = RefusedError(path, NO_WAY_THROUGH, OPEN_PORTS)
            raise DroppedError("FTP 连接断开", refusal) from error


def _read_number(error: Exception) -> str:
    return str(error)[:3]
