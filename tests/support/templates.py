"""Compiled templates, remembered for the whole test run: compiling them is most of a small build's time."""

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class Memory(BytecodeCache):
    """Jinja's cache of compiled templates, kept in this process."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def __reduce__(self) -> tuple[type["Memory"], tuple[()]]:
        """Go to another process as an empty cache: compiled code cannot be sent."""
        return Memory, ()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with what was compiled before from the same source."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what was compiled."""
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


MEMORY = Memory()
