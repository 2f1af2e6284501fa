"""Where passwords come from, and that none is shown."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import subprocess
import sys
import time
import traceback

import pytest
from projects import case_text

from casegen.problem import CasegenError
from casegen.publish import Around, Asking
from casegen.publish.address import parse_address
from casegen.publish.password import Password
from publish.hosts import PASSWORD, USER
from publish.refusals import refusal
from publish.test_address import HERE, ROOT


def password(environ, ask=None, name="school-web"):
    return Password(parse_address("sftp://u@h/w", HERE, name), environ, ask)


def test_the_password_of_this_target_comes_before_the_general_one():
    both = {"CASEGEN_PASSWORD": "general", "CASEGEN_PASSWORD_SCHOOL_WEB": "own"}
    assert password(both).require() == "own"
    assert password({"CASEGEN_PASSWORD": "general"}).require() == "general"
    assert password(both, name="").require() == "general"


def test_names_in_chinese_have_passwords_of_their_own():
    environ = {"CASEGEN_PASSWORD_学校": "one", "CASEGEN_PASSWORD_市局": "other"}
    assert password(environ, name="学校").require() == "one"
    assert password(environ, name="市局").require() == "other"


def test_a_password_is_asked_for_once():
    asked = []

    def ask(what):
        asked.append(what)
        return "typed"

    secret = password({}, ask)
    assert [secret.require(), secret.require(), secret.find()] == ["typed"] * 3
    assert asked == ["sftp://u@h/w 的密码"]


def test_a_crash_report_with_all_its_values_holds_no_password():
    environ = {"CASEGEN_PASSWORD": "hunter2"}
    secret = password(environ)
    assert secret.require() == "hunter2"
    around = Around(ROOT, "editor", environ, dt.datetime.now, time.sleep)
    asking = Asking(secret.address, secret, around)
    del environ
    try:
        crash(around, asking)
    except ZeroDivisionError as error:
        report = traceback.TracebackException.from_exception(error, capture_locals=True)
    said = "".join(report.format())
    assert "Password(" in said
    assert "Around(" in said
    assert "hunter2" not in said


def crash(around, asking):
    assert around
    assert asking
    return 1 // 0


def test_without_a_terminal_a_missing_password_is_an_error():
    with pytest.raises(CasegenError) as caught:
        password({}).require()
    assert caught.value.slug == "no-password"


def test_a_password_shows_in_no_text():
    secret = password({"CASEGEN_PASSWORD": "hunter2"})
    secret.require()
    assert "hunter2" not in repr(secret)
    assert secret.hide_in("530 no: PASS hunter2") == "530 no: PASS ***"


@pytest.mark.parametrize("kind", ["ftp", "s3"])
def test_without_password_and_terminal_publishing_stops_at_once(desk, make_host, sites, kind):
    host = dataclasses.replace(make_host(kind), environ={})
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "no-password"


def test_a_password_typed_in_is_enough(desk, make_host, sites):
    host = dataclasses.replace(make_host("ftp"), environ={})
    asked = []
    desk.publish(host, sites["first"], ask=lambda what: asked.append(what) or PASSWORD)
    assert len(asked) == 1
    assert host.site() == sites["first"].files()


@pytest.mark.long
def test_a_password_in_the_keyring_is_found_by_the_address(make_host, project, tmp_path):
    env = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
        "XDG_DATA_HOME": str(tmp_path),
    }
    host, folder = make_host("ftp"), project({"cases/a.md": case_text("山里的果园")})
    without = folder.run("publish", host.address(), env=env)
    assert "没有 ftp://" in without.stdout + without.stderr
    subprocess.run(
        [sys.executable, "-m", "keyring", "set", "casegen", f"ftp://{USER}@127.0.0.1"],
        input=PASSWORD,
        text=True,
        env=env,
        check=True,
    )
    done = folder.run("publish", host.address(), env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "index.html" in host.site()
