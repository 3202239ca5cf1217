"""What tests share: a vault made of texts, a real build of it, and the built site read back."""

from tests.support.building import BuildResult, build, built
from tests.support.built_site import BuiltSite
from tests.support.vault import write_vault

__all__ = ["BuildResult", "BuiltSite", "build", "built", "write_vault"]
