"""Writes embedded attachments: images, audio, video and PDF, and links to all other files (EM-2, EM-3, EM-6)."""

import re
from html import escape

from garden.model import names
from garden.model.image import VaultImage
from garden.model.note import Ref, Target

_AUDIO = frozenset("flac m4a mp3 ogg wav 3gp".split())
_VIDEO = frozenset("mkv mov mp4 ogv webm".split())

_COLUMN = "(min-width: 36rem) 34rem, 100vw"
"""The width of images in the theme, for `sizes`: that of the column of text, or the whole width of a narrow screen."""

_SIZE = re.compile(r"(\d{1,5})(?:x(\d{1,5}))?")
"""The size after the bar of an embed: a width, perhaps with a height."""

_OPTION = re.compile(r"(page|height|t)=([\d.,:]+)")


def options(target: Target) -> dict[str, str]:
    """Return the options after `#` in a link to a file: `page`, `height`, `t` (EM-6)."""
    return dict(_OPTION.findall("&".join(target.headings) or target.fragment))


def fragment(target: Target) -> str:
    """Return the fragment that a link to a file keeps, with its `#`: a page or a time."""
    found = options(target)
    kept = "&".join(f"{name}={found[name]}" for name in ("page", "t") if name in found)
    return f"#{kept}" if kept else ""


def file_html(  # noqa: PLR0913 - the file, its image, and where both are
    ref: Ref, path: str, href: str, picture: VaultImage | None = None, base: str = "", *, block: bool
) -> str:
    """Return the HTML of an embedded file; `path` determines its kind, `href` is its address.

    `picture` describes an image, whose variants are below `base`. With `block` the embed is not within a line.
    """
    kind = names.extension(path)
    if names.is_image(path):
        image = _image(ref, path, href, picture, base)
        return f"<p>{image}</p>" if block else image
    name = escape(ref.display or path.rsplit("/", 1)[-1])
    target = escape(href + fragment(ref.target))
    link = f'<a class="attachment" href="{target}">{name}</a>'
    tag = "div" if block else "span"
    if kind in _AUDIO:
        player = f'<audio controls preload="metadata" src="{target}"></audio>'
        return f'<{tag} class="embed" data-embed="audio">{player} {link}</{tag}>'
    if kind in _VIDEO:
        player = f'<video controls preload="metadata" src="{target}"{_size(ref.size)}></video>'
        return f'<{tag} class="embed" data-embed="video">{player} {link}</{tag}>'
    if kind == "pdf":
        frame = f'<iframe src="{target}" title="{name}" loading="lazy"{_frame_size(ref)}></iframe>'
        return f'<{tag} class="embed" data-embed="pdf">{frame} {link}</{tag}>'
    return f'<{tag} class="embed" data-embed="file">{link}</{tag}>'


def _image(ref: Ref, path: str, href: str, picture: VaultImage | None, base: str) -> str:
    """Return the HTML of an image, with its smaller variants if there are any."""
    from_wiki = ref.kind.value == "embed"
    alt = ref.display or (path.rsplit("/", 1)[-1] if from_wiki else "")
    title = f' title="{escape(ref.title)}"' if ref.title else ""
    # The author's size counts (EM-2); otherwise the size of the image prevents the text from moving when it has loaded.
    size = _size(ref.size) or (f' width="{picture.width}" height="{picture.height}"' if picture else "")
    image = f'<img data-embed="image" src="{escape(href)}" alt="{escape(alt)}"{title}{size} loading="lazy">'
    if picture is None or not picture.variants:
        return image
    shown = _SIZE.fullmatch(ref.size)
    sizes = f"{shown[1]}px" if shown else _COLUMN
    sources = ", ".join(f"{names.href(base, variant.url)} {variant.width}w" for variant in picture.variants)
    source = f'<source type="image/webp" srcset="{sources}" sizes="{sizes}">'
    return f"<picture>{source}{image}</picture>"


def embed_width(size: str) -> str:
    """Return the width that a size such as `300` or `300x200` asks for, empty for none."""
    found = _SIZE.fullmatch(size)
    return found[1] if found else ""


def _size(size: str) -> str:
    found = _SIZE.fullmatch(size)
    if found is None:
        return ""
    width, height = found.groups()
    return f' width="{width}"' + (f' height="{height}"' if height else "")


def _frame_size(ref: Ref) -> str:
    size = _size(ref.size)
    height = options(ref.target).get("height", "")
    return size if "height=" in size or not height.isdigit() else f'{size} height="{height}"'
