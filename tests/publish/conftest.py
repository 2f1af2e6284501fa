"""Sites to publish, built by the real program, and hosts to publish them to."""

from __future__ import annotations

import base64
import hashlib
import io
import itertools
import ssl
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.server import ThreadedMotoServer
from PIL import Image
from projects import Project, case_text

from casegen import publish
from casegen.publish import Outcome, resolve_target
from publish.hosts import PASSWORD, USER, BucketHost, DiskHost, Host, around
from publish.servers import Ftpd, Sshd, ftpd, self_signed, sshd

HOSTS = ("folder", "sftp", "ftp", "s3", pytest.param("ftps", marks=pytest.mark.full))


@dataclass(frozen=True)
class Site:
    """A built site in a folder of its own."""

    folder: Path
    paths: tuple[str, ...]

    def files(self) -> dict[str, bytes]:
        return {path: (self.folder / path).read_bytes() for path in self.paths}


def picture(color: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """first; edited: one case reads differently; changed: one edited, one new, one gone."""
    root = tmp_path_factory.mktemp("sites")
    project = Project(root).write(
        {
            # Few files, for each is asked about and sent again and again.
            "casegen.yml": "title: 试验案例集\nbase_url: https://example.edu.cn/xczx/\n"
            "search: false\n"
            "categories: {industry: 产业, talent: 人才, ecology: 生态}\n",
            "cases/aa.md": case_text("山里的果园", metrics="[种植面积: 100亩]", tags="[果园]"),
            "cases/bb.md": case_text("村里的夜校", categories="人才", tags="[夜校]"),
            "cases/cc/index.md": case_text("河边的步道", "![步道](way.png)", categories="生态"),
            "cases/cc/way.png": picture("green"),
        }
    )
    built = {}

    def keep(name: str) -> None:
        folder = tmp_path_factory.mktemp("site")
        outcome = project.build(output=folder).outcome
        assert outcome.report is not None
        built[name] = Site(folder, tuple(sorted(outcome.report.remembered)))

    keep("first")
    project.write(
        {"cases/bb.md": case_text("村里的夜校", "改过的正文。", categories="人才", tags="[夜校]")}
    )
    keep("edited")
    project.write(
        {
            "cases/cc/index.md": None,
            "cases/dd/index.md": case_text("河上的小桥", "![小桥](bridge.png)", tags="[桥]"),
            "cases/dd/bridge.png": picture("blue"),
        }
    )
    keep("changed")
    return built


@pytest.fixture(scope="session")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with sshd(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(scope="session")
def plain_ftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ftpd]:
    with ftpd(tmp_path_factory.mktemp("ftp")) as server:
        yield server


@pytest.fixture
def like_iis(plain_ftp: Ftpd, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A rename onto a name that is taken is refused; the names that were."""
    plain, refused = plain_ftp.handler.ftp_RNTO, list[str]()

    def rename(handler: Any, path: str) -> None:
        if Path(path).exists():
            refused.append(path)
            handler.respond("550 Cannot create a file when that file already exists.")
            return
        plain(handler, path)

    monkeypatch.setattr(plain_ftp.handler, "ftp_RNTO", rename)
    return refused


@pytest.fixture(scope="session")
def secure_ftp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ftpd]:
    folder = tmp_path_factory.mktemp("ftps")
    (folder / "home").mkdir()
    with ftpd(folder / "home", self_signed(folder)) as server:
        yield server


@pytest.fixture(scope="session")
def moto_port() -> Iterator[int]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def make_host(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Host]:
    """A host of a kind, empty."""

    def make(kind: str) -> Host:
        name = f"www-{uuid.uuid4().hex[:8]}"
        if kind == "folder":
            return DiskHost(kind=kind, root=tmp_path / name, template="{root}")
        if kind == "sftp":
            ssh: Sshd = request.getfixturevalue("ssh")
            where = f"sftp://{ssh.user}@127.0.0.1:{{port}}{{root}}?key={ssh.key}"
            return DiskHost(
                kind=kind,
                root=tmp_path / name,
                template=where,
                port=ssh.port,
                accept=ssh.fingerprint,
            )
        if kind == "s3":
            return bucket_host(request.getfixturevalue("moto_port"), name)
        server: Ftpd = request.getfixturevalue("plain_ftp" if kind == "ftp" else "secure_ftp")
        where = f"{kind}://{USER}@127.0.0.1:{{port}}/{name}"
        host = DiskHost(
            kind=kind,
            root=server.home / name,
            template=where,
            port=server.port,
            environ={"CASEGEN_PASSWORD": PASSWORD},
        )
        if kind == "ftps":
            host.accept = certificate_of(server)
        return host

    return make


def certificate_of(server: Ftpd) -> str:
    pem = Path(server.handler.certfile).read_text("utf-8").partition("-----BEGIN PRIVATE")[0]
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def bucket_host(port: int, name: str) -> BucketHost:
    client = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="KEYID",
        aws_secret_access_key=PASSWORD,
        config=Config(s3={"addressing_style": "path"}),
    )
    client.create_bucket(Bucket=name)
    return BucketHost(client=client, bucket=name, prefix="xczx", port=port)


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, make_host: Callable[[str], Host]) -> Host:
    return make_host(request.param)


@dataclass
class Desk:
    """An editor's project folder, as far as publishing knows it."""

    memory: Path

    def publish(
        self, host: Host, site: Site, port: int = 0, *, adopt: bool = False, **changes: object
    ) -> Outcome:
        address = resolve_target(host.address(port), (), self.memory, self.memory)
        world = around(host, self.memory, **changes)
        return publish.publish_site(
            address, site.folder, site.paths, world, lambda *_: None, adopt=adopt
        )

    def roll_back(self, host: Host, port: int = 0, **changes: object) -> int:
        address = resolve_target(host.address(port), (), self.memory, self.memory)
        return publish.roll_back(address, around(host, self.memory, **changes), lambda *_: None)

    def plan(self, host: Host, site: Site, **changes: object) -> publish.Plan:
        address = resolve_target(host.address(), (), self.memory, self.memory)
        world = around(host, self.memory, **changes)
        return publish.plan_publishing(address, site.folder, site.paths, world)[0]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desk]:
    return (Desk(tmp_path / f".casegen-{n}") for n in itertools.count())


@pytest.fixture
def desk(desks: Iterator[Desk]) -> Desk:
    return next(desks)


CONFIG = """\
title: 试验案例集
targets:
  school: ./www
  beside: ../beside/www
"""


FILES = {
    "cases/aa.md": case_text("山里的果园"),
    "cases/bb.md": case_text("村里的夜校", status="draft"),
}


@pytest.fixture
def folder(project):
    return project(FILES, CONFIG)
