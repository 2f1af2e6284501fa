"""How an FTP session is opened: TLS, encodings, firewalls."""

from __future__ import annotations

import dataclasses

from publish.refusals import refusal
from publish.servers import free_port


def test_a_host_that_lets_in_under_tls_only_is_said_with_what_to_write(
    desk, make_host, secure_ftp, sites
):
    host = dataclasses.replace(make_host("ftp"), port=secure_ftp.port)
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert error.slug == "login-refused"
    assert "ftps://" in error.hint


def test_a_host_without_tls_is_said_with_what_to_do(desk, make_host, plain_ftp, sites):
    host = dataclasses.replace(make_host("ftps"), port=plain_ftp.port)
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert "没有开加密" in error.message
    assert "FTPS" in error.hint


def test_a_firewall_that_lets_no_data_through_is_said(
    desk, make_host, plain_ftp, sites, monkeypatch
):
    def nowhere(handler, _line):
        high, low = divmod(free_port(), 256)
        handler.respond(f"227 Entering passive mode (127,0,0,1,{high},{low}).")

    monkeypatch.setattr(plain_ftp.handler, "ftp_PASV", nowhere)
    error = refusal(lambda: desk.publish(make_host("ftp"), sites["first"]))
    assert error.slug == "target-refused"
    assert "防火墙" in error.message
    assert "被动端口" in error.hint


def test_names_are_sent_in_gb18030_to_a_host_that_uses_it(
    desk, make_host, plain_ftp, sites, monkeypatch
):
    """As FTP servers on Chinese Windows: words, and names of folders."""
    monkeypatch.setattr(plain_ftp.handler, "encoding", "gb18030")
    monkeypatch.setattr(plain_ftp.handler, "banner", "欢迎光临")
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_OPTS", lambda handler, _line: handler.respond("501 没有这个选项")
    )
    host = make_host("ftp")
    host = dataclasses.replace(host, root=host.root / "网站", template=host.template + "/网站")
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()
    wrong = dataclasses.replace(host, environ={"CASEGEN_PASSWORD": "not-it-4711"})
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_PASS", lambda handler, _line: handler.respond("530 密码不正确。")
    )
    error = refusal(lambda: desk.publish(wrong, sites["edited"]))
    assert "主机说“530 密码不正确。”" in error.message
