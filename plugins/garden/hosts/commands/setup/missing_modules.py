"""Stands in for modules that a settings file imports and that are not installed: those of plugins of the old site.

A site is often moved on a machine that lacks its plugins. A stand-in gives objects that can be called, indexed, inherited from
and asked for any attribute; settings that are made from them count as settings of a plugin.
"""

import sys
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _StandIn(ModuleType):
    """Something of a missing module; its name is the whole path to it."""

    __all__ = ()

    def __getattr__(self, name: str) -> "_StandIn":
        if name.startswith("__"):
            raise AttributeError(name)
        return _StandIn(f"{self.__name__}.{name}")

    def __call__(self, *_: object, **__: object) -> "_StandIn":
        return self

    def __getitem__(self, _: object) -> "_StandIn":
        return self

    def __iter__(self) -> Iterator["_StandIn"]:
        return iter(())

    def __mro_entries__(self, _: tuple[object, ...]) -> tuple[type, ...]:
        return ()

    def __repr__(self) -> str:
        return self.__name__


class StandIns(MetaPathFinder, Loader):
    """Finds a stand-in for each of the modules `missing` and whatever is below them, after every other finder."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        sys.meta_path.append(self)

    def add(self, module: str) -> bool:
        """Stand in for a module's top package from now on; return False if it already has a stand-in."""
        top = module.partition(".")[0]
        if not top or top in self.missing:
            return False
        self.missing.append(top)
        return True

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return the stand-in's specification, None for modules that were not missing."""
        del path, target
        if fullname.partition(".")[0] not in self.missing:
            return None
        return ModuleSpec(fullname, self, is_package=True)  # modules below it are asked for here too

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the stand-in."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the stand-in as it is."""
