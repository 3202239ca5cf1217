"""The list of licences is that of what is installed, and none is new to us."""

import re

from tests.support.licences import LIST, licence_list

# Looked at: an installation may have packages under them. Another one has to be looked at first.
KNOWN = {
    "AGPLv3",
    "Apache-2.0",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "GPL",
    "MIT",
    "MIT License",
    "OFL-1.1",  # fonts: free to use and to share
    "MIT-CMU",
    "PSF-2.0",
    "Public Domain or BSD License or GNU General Public License (GPL)",
}


def test_the_list_is_what_is_installed() -> None:
    """Renew it with `python tests/support/licences.py`."""
    listed = LIST.read_text(encoding="utf-8")
    assert licence_list(listed) == listed


def test_no_licence_is_new() -> None:
    """A package that asks for something else is noticed before it is shipped."""
    _, _, table = LIST.read_text(encoding="utf-8").partition("|---|\n")
    rows = re.findall(r"^\| [\w.-]+ \| (.*?) \|", table, re.MULTILINE)
    assert len(rows) > 20
    assert set(rows) <= KNOWN
