"""Unpickling the cache, which anybody may have written: only values of our own are made.

Pickling is the quickest way back to values, and able to run any code; therefore nothing but classes of a few
modules, which only hold values, is ever made.
"""

import pickle
from enum import Enum
from importlib import import_module
from io import BytesIO
from typing import Any, Final

_MODEL: Final = "garden.model."


def unpickled(content: bytes, modules: frozenset[str] = frozenset()) -> Any:
    """Return the unpickled value: instances of classes of the model, and of those that some `modules` define.

    Raises UnpicklingError for anything else.
    """
    return _ValueUnpickler(content, modules).load()


class _ValueUnpickler(pickle.Unpickler):
    """Makes nothing but instances of classes that hold values."""

    def __init__(self, content: bytes, modules: frozenset[str]) -> None:
        super().__init__(BytesIO(content))
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        """Return the class that a record names. Raises UnpicklingError for one that is not among those allowed."""
        if (module, name) == ("builtins", "getattr"):
            return _member  # how Python 3.11.0 to 3.11.3 write a member of an enumeration
        if not (module.startswith(_MODEL) or module in self._modules):
            raise pickle.UnpicklingError(f"{module}.{name} is not a class of the model")
        found = _classes.get((module, name))
        if found is None:
            found = vars(import_module(module)).get(name)
            if not isinstance(found, type) or found.__module__ != module:
                raise pickle.UnpicklingError(f"{module}.{name} is not a class of the model")
            _classes[module, name] = found
        return found


def _member(kind: object, name: str) -> Enum:
    """Return a member of an enumeration. Raises UnpicklingError for an attribute of anything else."""
    if not (isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__):
        raise pickle.UnpicklingError(f"{name} is not a member of an enumeration of the model")
    return kind[name]


_classes: Final[dict[tuple[str, str], type]] = {}
