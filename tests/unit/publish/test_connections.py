"""Several connections to one target."""

import threading

import pytest

from casegen.problem import CasegenError
from casegen.publish.connections import MANY, Connections
from casegen.publish.folder import Folder
from casegen.publish.retrying import RetryingStore
from casegen.publish.store import DroppedError, RefusedError


def opened(folder, most, refused_from=99):
    """Connections to a folder; those from a number on are not allowed by the target."""

    def connect(number):
        def open_store():
            if number >= refused_from:
                raise DroppedError("too many")
            return Folder(folder)

        return RetryingStore(open_store, lambda _: None, ())

    return Connections(connect, most)


def test_a_few_files_go_in_order_over_the_first_connection(tmp_path):
    connections = opened(tmp_path, 4)
    used = []
    paths = [f"{n}.html" for n in range(MANY - 1)]
    done = list(connections.run_each(paths, lambda store, path: used.append((store, path))))
    assert done == paths
    assert used == [(connections.first, path) for path in paths]


def test_many_files_go_over_the_others_and_each_once(tmp_path):
    connections = opened(tmp_path, 3)
    used, lock = [], threading.Lock()

    def act(store, path):
        store.write(path, b"12")
        with lock:
            used.append(store)

    paths = [f"{n}.html" for n in range(2 * MANY)]
    assert sorted(connections.run_each(paths, act)) == sorted(paths)
    assert connections.first not in used
    assert 1 <= len({id(store) for store in used}) <= 3
    assert (connections.operations, connections.sent) == (2 * MANY, 4 * MANY)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(paths)
    connections.close()


@pytest.mark.parametrize(("refused_from", "most"), [(1, 0), (3, 2)])
def test_a_host_that_allows_fewer_is_served_over_fewer(tmp_path, refused_from, most):
    connections = opened(tmp_path, 4, refused_from)
    paths = [str(n) for n in range(MANY)]
    assert sorted(connections.run_each(paths, lambda *_: None)) == sorted(paths)
    assert connections.most == most


def test_the_first_error_stops_the_rest(tmp_path):
    connections = opened(tmp_path, 2)
    tried = []

    def act(_, path):
        tried.append(path)
        raise RefusedError(path, "no")

    with pytest.raises(RefusedError):
        list(connections.run_each([str(n) for n in range(10 * MANY)], act))
    assert len(tried) < 10 * MANY


class Counted(Folder):
    """A folder that says when it is closed."""

    def __init__(self, root, closed):
        super().__init__(root)
        self.closed = closed

    def close(self):
        self.closed.append(self)


def test_connections_are_opened_once_counted_together_and_all_closed(tmp_path):
    asked, closed = [], []

    def connect(number):
        asked.append(number)
        return RetryingStore(lambda: Counted(tmp_path, closed), lambda _: None, ())

    connections = Connections(connect, 3)
    connections.first.write("first.html", b"12")
    paths = [f"{n}.html" for n in range(MANY)]
    for _ in range(2):
        list(connections.run_each(paths, lambda store, path: store.write(path, b"12")))
    assert asked == [0, 1, 2, 3]
    assert (connections.operations, connections.sent) == (2 * MANY + 1, 4 * MANY + 2)
    used = []
    list(connections.run_each(["x.html"], lambda store, _: used.append(store)))
    assert used == [connections.first]
    connections.close()
    assert len(closed) == 4


@pytest.mark.parametrize(
    "error", [RefusedError("", "no"), CasegenError("refused", "no", ""), DroppedError("no")]
)
def test_whatever_refuses_a_further_connection_leaves_the_first(tmp_path, error):
    def connect(number):
        def open_store():
            if number:
                raise error
            return Folder(tmp_path)

        return RetryingStore(open_store, lambda _: None, ())

    connections = Connections(connect, 2)
    paths = [str(n) for n in range(MANY)]
    assert list(connections.run_each(paths, lambda *_: None)) == paths
    assert connections.most == 0
