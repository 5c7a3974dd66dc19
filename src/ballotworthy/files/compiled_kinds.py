"""What compiled functions are called with, as JSON: by it a machine can compile them before anybody calls them.

A number's kind is its name; others are lists: ["record", its dtype's name], ["array", kind, dimensions, layout, may be
written, aligned], ["part", kind, shape] for an array within a record, ["tuple", the class's name or null, its parts],
["constant", value]. A name is "roll.packed:VOTER": the module and what it holds.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numba import from_dtype, types
from numba.core.dispatcher import Dispatcher

from ballotworthy.files.compiled import is_kernel

PACKAGE = "ballotworthy"
TYPES: Any = types


def kernels() -> Iterator[ModuleType]:
    """Give the modules that have compiled functions, imported."""
    root = Path(str(files(PACKAGE)))
    for path in sorted(root.glob("**/*.py")):
        if is_kernel(path.read_bytes()):
            yield module_of(".".join(path.relative_to(root).with_suffix("").parts))


def loaded() -> list[ModuleType]:
    """Give the modules of the program that are imported, by name."""
    return [module for name, module in sorted(sys.modules.items()) if name.startswith(PACKAGE + ".")]


def functions() -> Iterator[tuple[str, Any]]:
    """Give the compiled functions by their names."""
    for module in kernels():
        for name, held in vars(module).items():
            if isinstance(held, Dispatcher) and held.py_func.__module__ == module.__name__:
                yield named(module.__name__, name), held


def called_by(name: str) -> set[str]:
    """Give the names of the compiled functions that one calls, also by way of those whose text is put in its place."""
    found: set[str] = set()
    todo, seen = [held_as(name)], set()
    while todo:
        function = todo.pop().py_func
        for each in function.__code__.co_names:
            held = function.__globals__.get(each)
            if isinstance(held, Dispatcher) and held not in seen:
                seen.add(held)
                found.add(name_of(held))
                if held.targetoptions.get("inline") == "always":
                    todo.append(held)
    return found


def name_of(function: Any) -> str:
    """Give the name of a compiled function, "roll.keys:letters_of"."""
    made = function.py_func
    held = next(name for name, each in made.__globals__.items() if each is function)
    return named(made.__module__, held)


def named(module: str, held: str) -> str:
    """Give the name of what a module holds, as `held_as` takes it."""
    return f"{module.removeprefix(PACKAGE + '.')}:{held}"


def module_of(name: str) -> ModuleType:
    """Import a module of the program."""
    return importlib.import_module(f"{PACKAGE}.{name}")


def held_as(name: str) -> Any:
    """Give what a module holds under a name, "roll.packed:VOTER"."""
    module, held = name.split(":")
    return getattr(module_of(module), held)


def records() -> dict[Any, str]:
    """Give the names of the records that compiled functions are called with."""
    found: dict[Any, str] = {}
    for module in [*kernels(), *loaded()]:
        for name, held in vars(module).items():
            if issubclass(type(held), np.dtype) and held.names:  # what something lazy says of itself is not asked
                found.setdefault(from_dtype(held), named(module.__name__, name))
    return found


def told(kind: Any, known: Mapping[Any, str]) -> object:
    """Give the JSON of a kind.

    Args:
        kind: a type of Numba.
        known: the records by their types (`records`).

    Raises:
        KeyError: it is a record that no module names.
    """
    whole = kind  # what Numba says of its own types is not all that they have
    match kind:
        case types.Record():
            return ["record", known[kind]]
        case types.NestedArray():
            return ["part", told(kind.dtype, known), list(kind.shape)]
        case types.Array():
            return ["array", told(kind.dtype, known), kind.ndim, kind.layout, kind.mutable, kind.aligned]
        case types.NamedTuple() | types.NamedUniTuple():
            made = kind.instance_class
            return ["tuple", named(made.__module__, made.__qualname__), [told(each, known) for each in whole.types]]
        case types.BaseTuple():
            return ["tuple", None, [told(each, known) for each in whole.types]]
        case types.IntegerLiteral() | types.BooleanLiteral():
            return ["constant", kind.literal_value]
    return str(kind)


def meant(given: Any) -> Any:
    """Give the type of Numba of what `told` gave."""
    if isinstance(given, str):
        return types.boolean if given == "bool" else getattr(types, given)
    what, *rest = given
    if what == "record":
        return from_dtype(held_as(rest[0]))
    if what == "part":
        return types.NestedArray(meant(rest[0]), tuple(rest[1]))
    if what == "array":
        of, dimensions, layout, written, aligned = rest
        return types.Array(meant(of), dimensions, layout, readonly=not written, aligned=aligned)
    if what == "tuple":
        return TYPES.BaseTuple.from_types([meant(each) for each in rest[1]], rest[0] and held_as(rest[0]))
    return TYPES.literal(rest[0])


def signature(given: Sequence[Any]) -> tuple[Any, ...]:
    """Give the types of what a function is called with."""
    return tuple(meant(each) for each in given)
