"""workers: a function over items, here or in other processes, always in order."""

import os
import signal
import subprocess
import sys
import time

import pytest

from casegen.workers import EndedError, Workers, run_alone


def with_process(number):
    return number, os.getpid()


def test_few_items_are_done_in_this_process():
    with Workers(2) as workers:
        found = list(workers.map(with_process, range(5)))
    assert found == [(number, os.getpid()) for number in range(5)]


def test_one_job_is_done_in_this_process():
    with Workers(1) as workers:
        assert {pid for _, pid in workers.map(with_process, range(5), worth=1)} == {os.getpid()}


def test_many_items_are_done_in_other_processes_in_their_order():
    with Workers(2) as workers:
        found = list(workers.map(with_process, range(6), worth=6, chunk=1))
    assert [number for number, _ in found] == list(range(6))
    assert os.getpid() not in {pid for _, pid in found}


def test_a_function_that_runs_alone_has_a_process_of_its_own():
    assert run_alone(os.getpid) != os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_items_are_taken_only_shortly_before_they_are_needed(jobs):
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield number

    with Workers(jobs) as workers:
        found = workers.map(with_process, items(), worth=10, chunk=5)
        assert next(found)[0] == 0
        assert len(taken) < 60
        assert [number for number, _ in found] == list(range(1, 1000))


def fail_at_three(number):
    if number == 3:
        raise ValueError(number)
    return number


def test_after_a_failure_nothing_goes_on():
    with Workers(2) as workers:
        with pytest.raises(ValueError, match="3"):
            list(workers.map(fail_at_three, range(100), worth=10, chunk=2))
        assert list(workers.map(fail_at_three, range(4, 20), worth=10)) == list(range(4, 20))


def test_even_one_item_is_done_in_another_process_where_that_is_asked_for():
    with Workers(1) as workers:
        found = list(workers.map(with_process, range(2), apart=True))
    assert [number for number, _ in found] == [0, 1]
    assert os.getpid() not in {pid for _, pid in found}


def end_at_three(number):
    if number == 3:
        os.write(2, "到此为止".encode())
        os._exit(1)


def test_of_a_process_that_ends_is_told_what_it_wrote_and_nothing_of_it_stays(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Workers(2) as workers, pytest.raises(EndedError, match="到此为止"):
        list(workers.map(end_at_three, range(400), chunk=1, apart=True))
    assert not list(tmp_path.iterdir())


ENDLESS = """
import sys, time
from casegen.workers import Workers

def work(place):
    open(place, "w").close()
    while True:
        time.sleep(0.1)

if __name__ == "__main__":
    with Workers(2) as workers:
        list(workers.map(work, sys.argv[1:], chunk=1, apart=True))
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_the_command_although_their_work_has_no_end(tmp_path, end):
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, "utf-8")
    places = [tmp_path / "one", tmp_path / "two"]
    out, into = os.pipe()  # every process of the command holds `into` until it ends
    command = subprocess.Popen(
        [sys.executable, script, *places],
        pass_fds=[into],
        stdout=into,
        stderr=into,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    os.close(into)
    while not all(place.exists() for place in places):
        assert command.poll() is None
        time.sleep(0.01)
    command.send_signal(end)
    with os.fdopen(out) as said:
        said.read()  # returns when the last process has ended
    assert command.wait() != 0
    assert not list(tmp_path.glob("casegen-workers-*"))
