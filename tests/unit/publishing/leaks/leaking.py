"""A vault with everything that must not leak, and an output into which tests put it."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

from garden.model.diagnostic import Diagnostic
from garden.model.settings import Settings
from garden.publishing.leaks.gate import LeakGate, find_leaks
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import write_vault

DRAFT = """\
---
title: Quarterly retreat
status: draft
slug: hidden-plan
aliases: [Second wind, Umbrella]
tags: [zugzwang, work/planning]
client: Brockhaus
---
# The third heading

We sell the house and move on to the coast.

A zebra was seen. ![[portrait of anna.png]] ![[budget.csv]]

note:: quite another matter
"""

PUBLIC = """\
---
title: On houses
tags: [work]
---
The third house, a heading for the plan, hidden from the wind, the second. We move. Quarterly, another coast on a retreat
of the planning matter: sell quite a note and view! ![[public.png]]
"""

OTHERS = {
    "template/Weekly.md": "## What went astonishingly well",
    ".trash/Old thing.md": "A quokka.",
    "budget.csv": "aardvark,12\n",
}


def png(text: str = "", color: int = 0) -> bytes:
    """A small picture, with a text in its metadata."""
    info = PngImagePlugin.PngInfo()
    if text:
        info.add_itxt("Title", text, zip=True)
    content = io.BytesIO()
    Image.new("L", (4, 4), color).save(content, "PNG", pnginfo=info)
    return content.getvalue()


def vault(folder: Path, **notes: str) -> Path:
    """The vault: a public note, a draft, a template, a thrown-away note, and files; `notes` are public too."""
    return write_vault(
        {
            "On houses.md": PUBLIC,
            "plans/Hush hush.md": DRAFT,
            "portrait of anna.png": png(color=9),
            "public.png": png(color=1),
            **OTHERS,
            **{f"{name}.md": text for name, text in notes.items()},
        },
        folder / "vault",
    )


def searched(root: Path, output: Path, public: tuple[Path, ...] = (), **settings: Any) -> list[Diagnostic]:
    """What is found in an output of a vault."""
    known = Settings(ignore=("template",), **settings)
    return find_leaks(read_site(scan(root, known, output), known), output, LeakGate(public))


def lines(found: list[Diagnostic], code: str = "text-leaked") -> list[str]:
    """The source lines of the leaks of a kind."""
    return [f"{problem.place.path}:{problem.place.line}" for problem in found if problem.code == code]
