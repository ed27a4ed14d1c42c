"""Predicates of the application, broken in the running process.

What changed of a module is found by comparing its syntax before and after: of a function or method
the code is exchanged, so that whoever holds the function runs the broken one, and a constant is
exchanged in every module that has it.
"""

import ast
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]

Put = Callable[[], Callable[[], None]]
"""Puts what is broken in place, and returns what mends it."""


@contextmanager
def broken_source(path: str, old: str, new: str) -> Iterator[None]:
    """Replace a fragment of a module while a block runs. Raises LookupError for one that can't be.

    path: from the root of the tree. old: stands there once.
    """
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    text = (ROOT / path).read_text(encoding="utf-8")
    mends = [put() for put in _changes(module, text, text.replace(old, new))]
    if not mends:
        raise LookupError(f"{path}: {old!r} changes nothing that runs")
    try:
        yield
    finally:
        for mend in mends:
            mend()


def _changes(module: ModuleType, text: str, changed: str) -> Iterator[Put]:
    compiled = compile(changed, str(module.__file__), "exec")
    before, after = ast.parse(text).body, ast.parse(changed).body
    for was, becomes in _differing(before, after):
        if isinstance(becomes, ast.FunctionDef):
            function = inspect.unwrap(getattr(module, becomes.name))
            yield _exchanged_code(function, _code(compiled, becomes.name))
        elif isinstance(becomes, ast.ClassDef) and isinstance(was, ast.ClassDef):
            owner = getattr(module, becomes.name)
            for _, method in _differing(was.body, becomes.body):
                if not isinstance(method, ast.FunctionDef):
                    raise LookupError(f"{becomes.name} is changed outside of its methods")
                code = _code(_code(compiled, becomes.name), method.name)
                yield _exchanged_code(_function(vars(owner)[method.name]), code)
        elif isinstance(becomes, ast.Assign) and isinstance(becomes.targets[0], ast.Name):
            yield _exchanged_constant(module, becomes.targets[0].id, becomes)
        else:
            raise LookupError(f"{module.__name__} is changed in line {becomes.lineno}")


def _differing(
    before: list[ast.stmt], after: list[ast.stmt]
) -> Iterator[tuple[ast.stmt, ast.stmt]]:
    for was, becomes in zip(before, after, strict=True):
        if ast.dump(was) != ast.dump(becomes):
            yield was, becomes


def _code(within: CodeType, name: str) -> CodeType:
    return next(
        each for each in within.co_consts if isinstance(each, CodeType) and each.co_name == name
    )


def _function(member: Any) -> FunctionType:
    """The function of a method, whatever it is wrapped in."""
    if isinstance(member, property):
        member = member.fget
    found = inspect.unwrap(getattr(member, "__func__", member))
    assert isinstance(found, FunctionType)
    return found


def _exchanged_code(function: FunctionType, code: CodeType) -> Put:
    def put() -> Callable[[], None]:
        original = function.__code__
        function.__code__ = code

        def mend() -> None:
            function.__code__ = original

        return mend

    return put


def _exchanged_constant(module: ModuleType, name: str, statement: ast.stmt) -> Put:
    def put() -> Callable[[], None]:
        original = getattr(module, name)
        namespace = dict(vars(module))
        exec(compile(ast.Module([statement], []), str(module.__file__), "exec"), namespace)
        holders = [each for each in list(sys.modules.values()) if vars(each).get(name) is original]
        for holder in holders:
            setattr(holder, name, namespace[name])

        def mend() -> None:
            for holder in holders:
                setattr(holder, name, original)

        return mend

    return put
