"""What looks like a key or a token in public text: it is reported, but does not stop anything, since notes may be about keys."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from garden.model.diagnostic import Diagnostic, Place
from garden.publishing.leaks.sources import Passage


class _Kind(NamedTuple):
    """A kind of key: its name, text that every such key contains, and its form."""

    name: str
    marks: tuple[str, ...]
    form: re.Pattern[str]


_KINDS: Final = (
    _Kind("a private key", ("PRIVATE KEY-----",), re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{16}")),
    _Kind("an AWS key", ("AKIA", "ASIA"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    _Kind("a GitHub token", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"), re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})")),
    _Kind("a GitLab token", ("glpat-",), re.compile(r"\bglpat-[\w-]{20,}")),
    _Kind("a Slack token", ("xox", "hooks.slack.com/services/"), re.compile(r"\bxox[abeoprs]-[0-9A-Za-z-]{20,}|hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}")),
    _Kind("a Google key", ("AIza",), re.compile(r"\bAIza[\w-]{35}")),
    _Kind("a Stripe key", ("k_live_",), re.compile(r"\b[rs]k_live_[0-9A-Za-z]{16,}")),
    _Kind("a key for a language model", ("sk-",), re.compile(r"\bsk-(?:ant-|proj-|or-)?(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{32,}")),
    _Kind("an npm, PyPI or Hugging Face token", ("npm_", "pypi-", "hf_"), re.compile(r"\b(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{60,}|hf_[A-Za-z0-9]{34})\b")),
    _Kind("a Telegram bot token", (":AA",), re.compile(r"\b\d{8,10}:AA[\w-]{33}\b")),
    _Kind("a JSON web token", ("eyJ",), re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}")),
    _Kind("an address with a password", ("://",), re.compile(r"\b[a-z][a-z0-9+.-]+://[^\s:/@\[\](){}<>\"'`|]+:(?P<value>[^\s:/@\[\](){}<>\"'`|]{6,})@[\w.-]+")),
)  # fmt: skip
_NAMED: Final = re.compile(
    r"(?i)\b[\w-]*(?:api[_-]?key|secret|token|passwo?r?d|access[_-]?key|private[_-]?key)[\w-]*[\"']?\s*[:=]+\s*[\"'`]?"
    r"(?P<value>[A-Za-z0-9+/_=-]{20,})"
)
_MARKS_OF_NAMED: Final = ("key", "secret", "token", "passw", "pwd")
_EXAMPLE: Final = re.compile(
    r"(?i)example|sample|dummy|placeholder|your|xxxx|0000|1234567|abcdef|redacted|change.?me|\.\.\.|password|user"
)
_LEAST_ENTROPY: Final = 3.7
"""Bits per letter: text and identifiers have fewer, 20 random letters have more."""


def find_secrets(passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """Report everything in public text that looks like a password or a key; at most the first four letters are quoted."""
    for passage in passages:
        for start, kind, value in sorted(_found(passage.text)):
            line = passage.text.count("\n", 0, start)
            column = start - passage.text.rfind("\n", 0, start)
            message = f'this looks like {kind} ("{value[:4]}…"), and anybody can read it'
            yield Diagnostic(Place(passage.path, passage.line + line, column), "secret-visible", message)


def _found(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the place, kind and value of what looks like a secret."""
    taken: set[int] = set()
    for kind in _KINDS:
        if any(mark in text for mark in kind.marks):
            for found in kind.form.finditer(text):
                value = found.groupdict().get("value") or found[0]
                if not _EXAMPLE.search(value):
                    taken.add(text.count("\n", 0, found.start()))
                    yield found.start(), kind.name, value
    lowered = text.lower()
    if any(mark in lowered for mark in _MARKS_OF_NAMED):
        for found in _NAMED.finditer(text):
            value = found["value"]
            if (
                text.count("\n", 0, found.start()) not in taken
                and _is_random(value)
                and not _EXAMPLE.search(found[0])
            ):
                yield found.start("value"), "a key or a password", value


def _is_random(value: str) -> bool:
    """Say whether a text seems to consist of random letters and digits."""
    counts = Counter(value).values()
    entropy = -sum(count / len(value) * math.log2(count / len(value)) for count in counts)
    has_digit, has_letter = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    return has_digit and has_letter and entropy >= _LEAST_ENTROPY
