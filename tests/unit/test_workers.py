"""workers: a function over items, here or in other processes, always in order."""

import os

from casegen.workers import Workers, run_alone


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
