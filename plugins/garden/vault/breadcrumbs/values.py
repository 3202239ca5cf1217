"""Checks the types of values in a JSON file that another program has written."""

import json
from collections.abc import Mapping
from typing import Any


def json_object(value: object) -> Mapping[str, Any]:
    """Return `value` if it is a JSON object. Raises ValueError for anything else."""
    if not isinstance(value, Mapping):
        raise ValueError(f"there is {json.dumps(value)[:40]} where an object should be")  # noqa: TRY004  # a fault of the file
    return value


def json_list(value: object) -> list[Any]:
    """Return `value` if it is a list. Raises ValueError for anything else."""
    if not isinstance(value, list):
        raise ValueError(f"there is {json.dumps(value)[:40]} where a list should be")  # noqa: TRY004  # the same
    return value


def json_text(value: object) -> str:
    """Return `value` if it is a string, an empty one for null. Raises ValueError for anything else."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"there is {json.dumps(value)[:40]} where a string should be")  # noqa: TRY004  # the same
    return value
