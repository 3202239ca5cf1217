"""What tests share: a vault made of texts, a real build of it, and the built site read back."""

from tests.support.building import BuildResult, build, built, vault
from tests.support.built_site import BuiltSite

__all__ = ["BuildResult", "BuiltSite", "build", "built", "vault"]
