"""Unpickling the cache, which anybody may have written.

Unpickling is the fastest way to restore values, but a pickle can run any code. So only classes of a few modules, which do
nothing but hold values, may be instantiated.
"""

import pickle
from enum import Enum
from importlib import import_module
from io import BytesIO
from typing import Any, Final

_MODEL: Final = "garden.model."


def unpickled(content: bytes, modules: frozenset[str] = frozenset()) -> Any:
    """Return the unpickled value, which may have instances of classes of the model, and of those that `modules` define.

    Raises UnpicklingError for any other class.
    """
    return _ValueUnpickler(content, modules).load()


class _ValueUnpickler(pickle.Unpickler):
    """Finds no other classes than those that are allowed."""

    def __init__(self, content: bytes, modules: frozenset[str]) -> None:
        super().__init__(BytesIO(content))
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        """Return the class that a record names. Raises UnpicklingError for one that is not among those allowed."""
        if (module, name) == ("builtins", "getattr"):
            return _member  # Python 3.11.0 to 3.11.3 pickle a member of an enumeration as a call of `getattr`
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
"""The classes that have been found, by module and name."""
