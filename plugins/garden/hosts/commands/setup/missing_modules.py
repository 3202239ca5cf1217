"""Stand-ins for modules that a settings file imports but that are not installed, such as plugins of the old site.

A site is often moved on a machine on which its plugins are not installed. A stand-in has every attribute; these can be
called, indexed and inherited from. Settings that are made from them are treated as settings of a plugin.
"""

import sys
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _StandIn(ModuleType):
    """A missing module, or anything in one; its name is the whole path to it, such as `plugin.settings.x`."""

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
    """Finds stand-ins for the modules `missing` and everything below them, if no other finder finds them."""

    def __init__(self) -> None:
        self.missing: list[str] = []
        sys.meta_path.append(self)

    def add(self, module: str) -> bool:
        """Add the top package of a module to the missing ones; return False if it is there already."""
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
        return ModuleSpec(
            fullname, self, is_package=True
        )  # so that modules below it are looked for here as well

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the stand-in."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: a stand-in has no code."""
