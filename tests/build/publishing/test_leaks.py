"""The leak gate over real builds: no find in what the program writes, and nothing public when something leaks."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from garden.__main__ import main
from garden.hosts.commands import publish
from garden.hosts.pelican.process import BuildResult
from tests.support.building import QUICK, ROOT, built, run_pelican
from tests.support.built_site import BuiltSite
from tests.support.vault import write_vault

PUBLIC = """\
---
title: "Node.js and (old) browsers"
tags: [web, web/servers]
aliases: [Servers]
date: 2024-03-01
lang: en
---
# Node.js and (old) browsers

A **b**old text that doesn't stop, with [[draft|a link]], ![[draft]], $\\alpha + \\operatorname{rank}(A)$ and `code`.

## What's new?

> [!tip]
> See [[other]]. ![[picture.png]]

| one | two |
|---|---|
| three | four |

```python
def function(argument): return "text"
```

up:: [[Hub]]

up:: [[draft]]

%%
an okapi in a comment
%%
"""

DRAFT = """\
---
title: A retreat in January
status: draft
tags: [zugzwang]
aliases: [Umbrella]
---
A bold nodejs text that doesnt stop, with breadcrumbs, a graph, a sitemap, a zebra. The whats new of Tuesday.
![[secret.png]] ![[picture.png]]

up:: [[Hub]]
"""


def picture(color: int, size: int) -> bytes:
    """A picture; a wide one gets smaller variants."""
    content = io.BytesIO()
    Image.new("RGB", (size, 30), (color, color, color)).save(content, "PNG")
    return content.getvalue()


FILES: dict[str, str | bytes] = {
    "public.md": PUBLIC,
    "other.md": "Text in \u4e2d\u6587 with names. up:: [[public]]",
    "folder/draft.md": DRAFT,
    "picture.png": picture(1, 1700),
    "secret.png": picture(2, 1700),
    "template/t.md": "Weekly retrospective of {{title}}",
}


@pytest.fixture
def conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file for this test alone."""
    monkeypatch.chdir(ROOT)
    file = tmp_path / "conf.py"
    file.write_text(
        f"from runpy import run_path\nglobals().update(run_path({str(QUICK)!r}))\n"
        f"CACHE_PATH = {str(tmp_path / 'cache')!r}\nTHEME = {str(ROOT / 'theme')!r}\n"
        'GARDEN = GARDEN | {"ignore": ["template"], "large_image": 100, "ask_before_publishing": False}\n',
        encoding="utf-8",
    )
    return file


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """One build for all tests that only look at it; its vault lies beside it."""
    settings = {"SITEURL": "https://example.org", "GARDEN": {"ignore": ["template"], "large_image": 100}}
    return built(FILES, tmp_path_factory.mktemp("site"), settings)


def leaks(vault: Path, conf: Path, output: Path) -> int:
    """Run the command."""
    return main(["leaks", str(vault), "--conf", str(conf), "--output", str(output)])


def test_a_real_site_leaks_nothing(site: BuiltSite, conf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids, formulas, dates, cards and indexes are not leaks, although the draft has their words."""
    assert leaks(site.out.parent / "vault", conf, site.out) == 0
    assert "no problems" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["a zebra", "Umbrella", "/tags/zugzwang/", "an okapi", "secret.png", "retrospective"]
)
def test_a_leak_in_a_real_site_is_found(
    site: BuiltSite, tmp_path: Path, conf: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """The source and the output are named; the command fails."""
    output = Path(shutil.copytree(site.out, tmp_path / "copy"))
    page = output / "public" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
    assert leaks(site.out.parent / "vault", conf, output) == 1
    out = capsys.readouterr().out
    assert "error [text-leaked]" in out
    assert "public/index.md:" in out


def test_without_an_output_there_is_nothing_to_search(
    tmp_path: Path, conf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong folder must not look like a good result."""
    vault = write_vault(FILES, tmp_path / "vault")
    assert leaks(vault, conf, tmp_path / "nowhere") == 2
    assert "build the site first" in capsys.readouterr().err


@pytest.mark.parametrize("leak", [True, False])
def test_a_leak_stops_a_publish(
    tmp_path: Path,
    conf: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    leak: bool,
) -> None:
    """Nothing is replaced, and nothing is written down as published."""

    def build(arguments: list[str], _: object) -> BuildResult:
        done = run_pelican(arguments)
        if leak:
            folder = next(tmp_path.glob("cache/candidate-*"))
            (folder / "public" / "index.html").write_text("<p>a zebra</p>", encoding="utf-8")
        return BuildResult(done.exit_code, done.log)

    monkeypatch.setattr(publish, "run_pelican", build)
    vault = write_vault(FILES, tmp_path / "vault")
    command = ["publish", str(vault), "--conf", str(conf), "--output", str(tmp_path / "out")]
    code = main([*command, "--site-url", "https://example.org"])
    err = capsys.readouterr().err
    assert code == int(leak), err
    assert ("1 leak of unpublished text or files: nothing was replaced" in err) == leak
    assert (tmp_path / "out" / "index.html").exists() != leak
    assert (vault / "published.json").exists() != leak
