"""s3: a bucket at a provider that speaks S3 (AWS, OSS, COS, OBS, MinIO).

Secret: boto3 as the Chinese providers need it, and the headers that a static site needs.
Exclusive and atomic: an object is replaced as a whole; the lock is written on the condition that
none is there (IfNoneMatch). A bucket has no links.
Not here: trying again (retrying; boto3's own retries are off), how long an answer may be and take
(s3_session), where passwords come from (password).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)
from botocore.exceptions import ConnectionError as UnreachableError

from casegen.problem import CasegenError
from casegen.publish.access import Access
from casegen.publish.s3_session import Exchange
from casegen.publish.store import LOCK, RECORD, Content, DroppedError, RefusedError, open_content

TIMEOUT = 30  # seconds without an answer after which a connection counts as lost
LONG = "public, max-age=31536000, immutable"  # names that carry their content's hash
SHORT = "public, max-age=60"
HASHED = re.compile(r"assets/[^/]*-[0-9a-f]{8}(?:-\d+)?\.[a-z0-9]+")  # a picture's width may follow
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "config": "application/xml; charset=utf-8",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "webp": "image/webp", "ico": "image/x-icon", "bmp": "image/bmp", "woff2": "font/woff2",
    "pdf": "application/pdf", "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "ogg": "audio/ogg",
    "mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime",
}  # fmt: skip
GONE = frozenset({"404", "NoSuchKey", "NotFound"})
TAKEN = frozenset({"412", "PreconditionFailed", "ConditionalRequestConflict", "409"})
UNHEARD_OF = frozenset({"400", "501", "NotImplemented", "InvalidArgument", "InvalidRequest"})
LOGIN = frozenset({"InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken"})


class S3:
    """A Store under a prefix of a bucket; all stores of a run share `client`.

    Raises CasegenError "login-refused", "no-password".
    """

    def __init__(self, client: Any, exchange: Exchange, bucket: str, prefix: str) -> None:
        self._client = client
        self._exchange = exchange
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/".lstrip("/")

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """See `Store.read`; the other methods are those of Store too."""
        with self._translate_errors(path):
            self._exchange.expect(most)
            try:
                answer = self._client.get_object(**self._locate(path))
            except ClientError as error:
                if _list_codes(error) & GONE:
                    return None
                raise
            with closing(answer["Body"]) as body:
                return bytes(body.read(most + 1))

    def size(self, path: str) -> int | None:
        """See `Store.size`."""
        with self._translate_errors(path):
            try:
                return int(self._client.head_object(**self._locate(path))["ContentLength"])
            except ClientError as error:
                if _list_codes(error) & GONE:
                    return None
                raise

    def holds(self, folder: str) -> bool:
        """See `Store.holds`. A folder is there when a file is in it."""
        with self._translate_errors(folder):
            prefix = f"{self._prefix}{folder}/" if folder else self._prefix
            answer = self._client.list_objects_v2(Bucket=self._bucket, Prefix=prefix, MaxKeys=1)
            return bool(answer.get("KeyCount", len(answer.get("Contents", ()))))

    def write(self, path: str, content: Content) -> None:
        """See `Store.write`. An object is replaced as a whole."""
        with self._translate_errors(path), open_content(content) as body:
            self._client.put_object(**self._locate(path), Body=body, **make_headers(path))

    def copy(self, path: str, to: str) -> bool:
        """See `Store.copy`."""
        with self._translate_errors(path):
            try:
                self._client.copy_object(**self._locate(to), CopySource=self._locate(path))
            except ClientError as error:
                if _list_codes(error) & GONE:
                    return False
                raise
            return True

    def move(self, path: str, to: str) -> bool:
        """See `Store.move`. Objects cannot be moved, so it is copied and then removed."""
        if not self.copy(path, to):
            return self.size(to) is not None
        self.delete(path)
        return True

    def delete(self, path: str) -> None:
        """See `Store.delete`. One at a time, since providers disagree on how to remove many."""
        with self._translate_errors(path):
            self._client.delete_object(**self._locate(path))

    def drop(self, folder: str) -> None:
        """See `Store.drop`. Folders are only in names."""

    def claim(self, mark: bytes) -> bytes | None:
        """See `Store.claim`.

        Where a provider ignores the condition, two publishers might both succeed at the same
        moment; so each reads again whose mark is there.
        """
        other = self.read(LOCK)
        if other is not None:
            return other
        with self._translate_errors(LOCK):
            given = {**self._locate(LOCK), "Body": mark, **make_headers(LOCK)}
            try:
                self._client.put_object(**given, IfNoneMatch="*")
            except ClientError as error:
                if _list_codes(error) & TAKEN:
                    return self.read(LOCK) or b""
                if not _list_codes(error) & UNHEARD_OF:
                    raise
                self._client.put_object(**given)
        stayed = self.read(LOCK)
        return None if stayed == mark else stayed or b""

    def unclaim(self) -> None:
        """See `Store.unclaim`."""
        self.delete(LOCK)

    def finish(self) -> None:
        """See `Store.finish`. Nothing has a temporary name."""

    def close(self) -> None:
        """See `Store.close`. The client serves other connections too."""

    def _locate(self, path: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{path}"}

    @contextmanager
    def _translate_errors(self, path: str) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            codes = _list_codes(error)
            if codes & LOGIN:
                raise _make_login_error(self._bucket) from None
            if any(code.startswith("5") for code in codes) or "SlowDown" in codes:
                raise DroppedError(f"云存储暂时不可用（{min(codes)}）") from None
            if "NoSuchBucket" in codes:
                raise RefusedError(
                    "",
                    f"没有桶 {self._bucket}",
                    "核对地址里的桶名；还没有桶，先在云存储的控制台新建",
                ) from None
            raise RefusedError(path, _write_reason(codes)) from None
        except (NoCredentialsError, PartialCredentialsError):
            raise CasegenError(
                "no-password",
                "没有云存储的密钥",
                "地址写成 s3://密钥ID@桶/…，密钥放进环境变量 CASEGEN_PASSWORD；"
                "或照云存储的说明设好 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY",
            ) from None
        except (KeyError, ValueError):
            raise RefusedError(path, "云存储的回答看不懂") from None
        except (UnreachableError, HTTPClientError, OSError):
            host = urlsplit(self._client.meta.endpoint_url).netloc
            raise DroppedError(f"云存储 {host} 没有回应") from None
        except BotoCoreError as error:
            raise RefusedError(path, f"请求发不出去（{type(error).__name__}）") from None


def make_client(access: Access) -> Callable[[int], S3]:
    """Return a function that opens stores for an address, with one client for all of them."""
    address = access.address
    endpoint = address.options.get("endpoint", "")
    if endpoint and "://" not in endpoint:
        endpoint = f"https://{endpoint}"
    login: dict[str, str] = {}
    if address.user:
        login = {
            "aws_access_key_id": address.user,
            "aws_secret_access_key": access.password.require("密钥（Secret）"),
        }
    try:
        made = boto3.client(
            "s3",
            endpoint_url=endpoint or None,
            region_name=address.options.get("region") or _find_region(endpoint),
            config=Config(
                # Since 1.36 boto3 sends checksums by default, which OSS, COS and OBS refuse.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                signature_version=_find_signature(endpoint),
                s3={"addressing_style": address.options.get("style") or _find_style(endpoint)},
                retries={"total_max_attempts": 1},
                connect_timeout=TIMEOUT,
                read_timeout=TIMEOUT,
                max_pool_connections=16,
            ),
            **login,
        )
    except (ValueError, BotoCoreError):
        raise CasegenError(
            "target-address",
            "s3 地址的 endpoint 或 region 写法不对",
            "如 s3://密钥ID@桶/前缀?endpoint=s3.oss-cn-beijing.aliyuncs.com",
        ) from None
    exchange = Exchange(made, access.patience)
    return lambda _number: S3(made, exchange, address.host, address.path)


def make_headers(path: str) -> dict[str, str]:
    """Return the headers of a file: its type, its encoding, and how long browsers cache it."""
    kind = TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
    return {"ContentType": kind, "CacheControl": LONG if HASHED.fullmatch(path) else SHORT}


def _find_style(endpoint: str) -> str:
    """Return the style of addresses: providers want the bucket in the host's name, an IP cannot."""
    host = urlsplit(endpoint).hostname or "s3"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "path" if "." not in host and endpoint else "virtual"
    return "path"


def _find_signature(endpoint: str) -> str:
    """Return the signature version: OSS wants the old one ("Accessing OSS with the AWS SDK")."""
    host = urlsplit(endpoint).hostname or ""
    return "s3" if host.endswith(".aliyuncs.com") else "s3v4"


def _find_region(endpoint: str) -> str | None:
    """Return the region in the host name: oss-cn-beijing.aliyuncs.com, cos.ap-beijing.my….com."""
    host = urlsplit(endpoint).hostname or ""
    found = re.search(r"(?:^|\.)(?:s3\.oss-|oss-|s3\.|cos\.|obs\.)([a-z]+-[a-z0-9-]+)\.", host)
    return found[1] if found else "us-east-1" if endpoint else None


def _list_codes(error: ClientError) -> set[str]:
    answer = error.response
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", "")
    return {str(answer.get("Error", {}).get("Code", "")), str(status)} - {""}


def _write_reason(codes: set[str]) -> str:
    if "AccessDenied" in codes or "403" in codes:
        return "没有权限；密钥要能列出、读、写、删这个桶里的文件"
    return f"云存储说“{'、'.join(sorted(codes))}”"


def _make_login_error(bucket: str) -> CasegenError:
    return CasegenError(
        "login-refused",
        f"云存储不认桶 {bucket} 的密钥",
        "核对密钥 ID、密钥和 endpoint 是否同属一家",
    )
