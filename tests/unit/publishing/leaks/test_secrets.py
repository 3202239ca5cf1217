"""What looks like a key in a public note; the keys here are made up, and put together so that no scanner finds them."""

from pathlib import Path

import pytest

from garden.model.diagnostic import Severity
from garden.publishing.leaks.secrets import find_secrets
from garden.publishing.leaks.sources import Passage
from tests.support.vault import write_vault
from tests.unit.publishing.leaks.leaking import searched, vault

RANDOM = "q7Zt2Lm9Xv4Rk8Wb3Nc6Jd5Hf1Gs0Py7Tu2Ea9"

SECRETS = (
    "AKI" + "A" + "Q7ZT2LM9XV4RK8WB",
    "gh" + "p_" + RANDOM[:36],
    "github_" + "pat_" + RANDOM + RANDOM,
    "gl" + "pat-" + RANDOM[:20],
    "xo" + "xb-" + "827364519283-" + RANDOM[:24],
    "AI" + "za" + RANDOM[:35],
    "sk_" + "live_" + RANDOM[:24],
    "sk" + "-ant-" + RANDOM,
    "npm" + "_" + RANDOM[:36],
    "827364519:" + "AA" + RANDOM[:33],
    "ey" + "J" + RANDOM[:12] + ".ey" + "J" + RANDOM[:12] + "." + RANDOM[:20],
    "postgres://anna:" + RANDOM[:12] + "@db.internal/x",
    "-----BEGIN OPENSSH PRIVATE" + " KEY-----\n" + RANDOM,
    "api_key = " + RANDOM[:24],
    '"client-secret": "' + RANDOM[:30] + '"',
    "export SERVICE_TOKEN=" + RANDOM[:28],
)

HARMLESS = (
    "AKI" + "AIOSFODNN7EXAMPLE",
    "gh" + "p_" + "x" * 36,
    "api_key = YOUR_API_KEY_GOES_HERE_1",
    "token: the_name_of_a_token_in_a_text",
    "secret = os.environ_get_secret_value_2",
    "the key: value-of-a-very-long-slug-2024-in-a-note",
    "https://example.org:8080/a@b",
    "https://user:password@host.org/x",
    "sk-learn-is-a-library-with-a-long-long-name-1",
    "sha256: " + "a" * 64,
)


def found(text: str) -> list[str]:
    """The places of what is found in a text."""
    return [str(problem.place) for problem in find_secrets([Passage("a.md", 1, text)])]


@pytest.mark.parametrize("secret", SECRETS)
def test_well_known_keys_are_found(secret: str) -> None:
    """Once, at their place."""
    assert len(found(f"text\n\nsee {secret} there")) == 1
    assert found(f"text\n\nsee {secret} there")[0].startswith("a.md:3:")


@pytest.mark.parametrize("text", HARMLESS)
def test_examples_and_names_are_not_keys(text: str) -> None:
    """A note may explain what a key looks like."""
    assert found(text) == []


def test_a_key_is_reported_and_not_repeated(tmp_path: Path) -> None:
    """The message does not print the key; it is a warning, because the text is the author's own."""
    root = vault(tmp_path, keys=f"use {SECRETS[0]}\n", draft=f"---\nstatus: draft\n---\n{SECRETS[1]}\n")
    problems = searched(root, write_vault({"index.html": "x"}, tmp_path / "out"))
    assert [(problem.code, str(problem.place)) for problem in problems] == [("secret-visible", "keys.md:1:5")]
    assert SECRETS[0] not in str(problems[0])
    assert problems[0].severity is Severity.WARNING
