"""shortage: which errors mean too little memory, and which mean that a module is damaged."""

from __future__ import annotations

import errno

import pytest

from casegen.shortage import lacks_memory


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "x"),
        ImportError("a.so: failed to map segment from shared object"),
        SystemError("<method> returned NULL without setting an exception"),
        SyntaxError("invalid syntax", ("<string>", 1, 1, "def __init__(self):", 1, 3)),
    ],
    ids=repr,
)
def test_what_python_says_without_memory(error):
    assert lacks_memory(error)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOENT, "x"), ValueError("x"), SyntaxError("x")], ids=repr
)
def test_another_error_is_not_one_of_memory(error):
    assert not lacks_memory(error)


def test_a_fault_in_a_correct_module_comes_from_a_parser_without_memory(tmp_path):
    module = tmp_path / "a.py"
    module.write_text("def find(above: int) -> str:\n    return '甲'\n", "utf-8")
    at = (str(module), 1, 20, "def find(above: int) -> str:", 1, 22)
    assert lacks_memory(SyntaxError("expected ':'", at))


@pytest.mark.parametrize("text", ["def f(:\n", "if True:\nx\n", "return 1\n", "x = '\\N{没有}'\n"])
def test_a_fault_that_is_in_the_module_is_none_of_memory(tmp_path, text):
    module = tmp_path / "a.py"
    module.write_text(text, "utf-8")
    with pytest.raises(SyntaxError) as caught:
        compile(module.read_bytes(), str(module), "exec")
    assert not lacks_memory(caught.value)
