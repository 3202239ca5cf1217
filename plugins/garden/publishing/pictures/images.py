"""The images of the vault: their sizes, for the layout of pages, and smaller variants of large ones.

Both are kept in the cache with hashes, so that whatever is damaged there is noticed and made again. A variant is made once
for each content, even if several files have it. The original is never changed and always published; pages offer the
variants beside it. An image that cannot be read, or that would need too much memory, is published as it is and reported.
"""

import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from garden.model import names, routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.errors import StorageError
from garden.model.image import Variant, VaultImage
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.page import Artifact
from garden.publishing.folder.record import stamp_of
from garden.reading.isolation import LibraryError, LibraryMissingError, end_helpers, isolated
from garden.vault.stored.sealed_files import read_sealed_json, write_sealed_json, write_whole

if TYPE_CHECKING:
    from PIL import Image

_FACTS: Final = "facts.json"
"""The file with what is known about images, in the folder of variants in the cache."""

_WIDTHS: Final = (480, 960, 1600)
"""Widths of variants in pixels: a phone, a column of text on a sharp screen, a whole screen."""

_STEP: Final = 0.8
"""The maximum share that the width of a variant has of the largest one: a wider variant would save readers little."""

_QUALITY: Final = 80
"""WebP's quality, from 0 to 100; this is Pillow's default."""

_EFFORT: Final = 2
"""WebP's effort, from 0 to 6: its default of 4 takes twice the time for files that are 2.5 % smaller."""

_MOST_PIXELS: Final = 64_000_000
"""Images with more pixels are not decoded: each takes four bytes of memory."""

# Pillow decodes some formats by starting other programs, which files of unknown origin must not do.
_FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "WEBP")
_MODES: Final = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"))
_RASTER: Final = frozenset("avif bmp gif jpeg jpg png webp".split())
_TURNED: Final = frozenset((5, 6, 7, 8))
"""Exif orientations that exchange width and height."""

_ORIENTATION: Final = 0x0112
"""The Exif tag of the orientation."""

_SVG: Final = re.compile(
    rb"<(?:[A-Za-z][\w.-]{0,40}:)?svg\b[^>]{0,4000}>"
)  # with the prefix of its namespace, if any
_SVG_HEAD: Final = 1 << 16
"""The number of bytes of an SVG in which its first tag is looked for."""

_SVG_WIDTH: Final = 1200
"""The width in pixels for an SVG that has an aspect ratio but no size: more than the column of text, which it fills then."""

_SHA: Final = 16
"""The number of digits of the hash that identifies the content of an image."""

_VERSION: Final = 4
"""Change it when variants are made in another way, so that they are made again."""


class ImageFiles(NamedTuple):
    """The images of a vault: their sizes and variants for pages, the variants as files to write, and problems."""

    known: Mapping[VaultPath, VaultImage]
    files: tuple[Artifact, ...]
    problems: tuple[Diagnostic, ...]


class _VariantFile(NamedTuple):
    """A variant in the cache; size, time and hash of its file show whether it is still what was written."""

    width: int  # pixels
    size: int  # bytes
    time: int  # nanoseconds
    sha: str


class _Facts(NamedTuple):
    """What is known about one image."""

    width: int = 0  # pixels, 0 if not known
    height: int = 0
    sha: str = ""  # of its bytes, empty if it has no variants
    variants: tuple[_VariantFile, ...] = ()
    problem: str = ""  # why it cannot be read, or why it has no variants


def image_files(root: Path, paths: Iterable[VaultPath], cache: Path | None, large: int) -> ImageFiles:
    """Return the images among `paths` below `root`.

    Files of more than `large` bytes, and images wider than a screen, get variants, unless `large` is 0. Without a `cache`
    every file is read and no variant is made.
    """
    images = [path for path in sorted(paths) if names.extension(path) in _RASTER | {"svg"}]
    if not images:
        return ImageFiles({}, (), ())
    from concurrent.futures import ThreadPoolExecutor  # a vault without images need not wait for it

    memory = _Memory(cache / routes.IMAGE_FOLDER, large) if cache else _Memory(None, 0)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        facts = dict(zip(images, pool.map(lambda path: memory.facts(root / path), images), strict=True))
    end_helpers(left=1)
    memory.save()
    known = {
        path: VaultImage(found.width, found.height, _variants(found))
        for path, found in facts.items()
        if found.width and found.height
    }
    problems = tuple(
        Diagnostic(Place(path, 1, 1), "image-unreadable", found.problem)
        for path, found in facts.items()
        if found.problem
    )
    return ImageFiles(known, tuple(memory.files(facts.values())), (*problems, *memory.problems))


class _Memory:
    """Facts and variants of the images of earlier builds, in a folder of the cache."""

    def __init__(self, folder: Path | None, large: int) -> None:
        self._folder = folder
        self._large = large
        self._decoder = _Decoder(folder and folder.absolute(), large)
        self._damaged: set[Path] = set()
        self._before = self._loaded(folder / _FACTS) if folder else {}
        self._key_prefix = f"{_VERSION}:{large}:"  # facts are only valid for the same way of making variants
        # Only images with variants have a hash: the others are read quickly enough.
        self._by_content = {
            facts[2]: facts
            for key, facts in self._before.items()
            if facts[2] and key.startswith(self._key_prefix)
        }
        self._now: dict[str, _Facts] = {}
        self._files: set[str] = set()

    @property
    def problems(self) -> Iterator[Diagnostic]:
        """The problem of a damaged cache, if there is one."""
        if self._damaged:
            message = f"{len(self._damaged)} smaller variants of images were damaged and have been made again"
            yield Diagnostic(Place(str(min(self._damaged)), 1, 1), "cache-damaged", message)

    def facts(self, file: Path) -> _Facts:
        """Return the facts of an image, which is only read if it has changed; those of one that is gone are a problem."""
        try:
            return self._facts(file)
        except OSError as error:
            return _Facts(problem=f"this image cannot be read: {error.strerror}")

    def _facts(self, file: Path) -> _Facts:
        """Return what is remembered about an image, if all its variants are still there; otherwise read it."""
        self._files.add(str(file))
        key = f"{self._key_prefix}{stamp_of(file.stat())}:{file}"
        known = self._before.get(key) or self._same_content(file)
        if known is not None:
            width, height, sha, variants, problem = known
            found = _Facts(width, height, sha, tuple(_VariantFile(*variant) for variant in variants), problem)
            if all(self._is_whole(sha, variant) for variant in found.variants):
                self._now[key] = found
                return found
        try:
            found = isolated(self._decoder.look, file.absolute())
        except LibraryMissingError as error:
            return _Facts(problem=f"images cannot be read: {error}")  # until it is installed
        except LibraryError as error:
            found = _Facts(problem=f"this image cannot be read: {error}")
        self._now[key] = found
        return found

    def _same_content(self, file: Path) -> list[Any] | None:
        """Return the facts of an image with the same bytes, so that nothing is decoded after renaming or in a new checkout."""
        with file.open("rb") as content:
            return self._by_content.get(file_digest(content, "sha256").hexdigest()[:_SHA])

    def _loaded(self, file: Path) -> Mapping[str, list[Any]]:
        """Return the facts of earlier builds."""
        found: Mapping[str, list[Any]] | None = read_sealed_json(file)
        if found is None and file.exists():
            self._damaged.add(file)
        return found or {}

    def _is_whole(self, sha: str, variant: _VariantFile) -> bool:
        """Say whether a variant is what was written; its bytes are only read if its size or time has changed."""
        file = self._decoder.variant(sha, variant.width)
        try:
            stat = file.stat()
            if (stat.st_size, stat.st_mtime_ns) == (variant.size, variant.time):
                return True
            if sha256(file.read_bytes()).hexdigest() == variant.sha:
                return True
            self._damaged.add(file)
        except FileNotFoundError:
            pass
        except OSError:
            self._damaged.add(file)
        return False

    def files(self, facts: Iterable[_Facts]) -> Iterator[Artifact]:
        """Yield each variant as a file of the output."""
        every = {(found.sha, variant.width) for found in facts for variant in found.variants}
        for sha, width in sorted(every):
            yield Artifact(SaveAs(_url(sha, width)), source=str(self._decoder.variant(sha, width)))

    def save(self) -> None:
        """Write the facts of the images that still exist.

        Facts for another value of `large` are kept, since a preview makes variants of fewer images than a published site.
        """
        others = {key: facts for key, facts in self._before.items() if self._is_of_other_size(key)}
        if self._folder and (self._now | others).keys() != self._before.keys():
            with suppress(StorageError):  # the next build reads the images again
                write_sealed_json(self._folder / _FACTS, dict(sorted((others | self._now).items())))

    def _is_of_other_size(self, key: str) -> bool:
        """Say whether facts are of an image that still exists, but for another value of `large`."""
        file = key.split(":", 5)[-1]  # after the version, `large`, and the three numbers of the file's stamp
        return key.startswith(f"{_VERSION}:") and not key.startswith(self._key_prefix) and file in self._files


class _Decoder(Struct, frozen=True):
    """Reads images and makes variants of large ones; it runs in separate processes, see `isolation`."""

    folder: Path | None
    large: int

    def look(self, file: Path) -> _Facts:
        """Return the facts of an image and write its variants. Raises StorageError."""
        if names.extension(file.name) == "svg":
            return _svg_facts(file)
        from PIL import Image, UnidentifiedImageError

        content = file.read_bytes()
        try:
            with warnings.catch_warnings():
                # We limit the number of pixels ourselves, below.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(BytesIO(content), formats=_FORMATS) as image:
                    return self._raster_facts(content, image)
        except StorageError:
            raise
        except UnidentifiedImageError:
            return _Facts(problem="this image cannot be read, so its size is not known")
        except Exception as error:  # noqa: BLE001 (a broken file may raise anything: six decoders are behind this)
            return _Facts(problem=f"this image cannot be read: {error}")

    def _raster_facts(self, content: bytes, image: "Image.Image") -> _Facts:
        """Return the facts of an opened image, and make smaller variants if it is large and does not move."""
        width, height = image.size
        if image.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        is_large = self.large and (len(content) > self.large or width > _WIDTHS[-1])
        if not is_large or getattr(image, "is_animated", False) or image.mode not in _MODES:
            return _Facts(width, height)
        if width * height > _MOST_PIXELS:
            problem = f"{width} × {height} pixels are too many for making smaller variants of this image"
            return _Facts(width, height, problem=problem)
        sha = sha256(content).hexdigest()[:_SHA]
        try:
            return _Facts(width, height, sha, self._make(content, image, sha, width))
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 (the same: the first bytes were good, the rest is not)
            return _Facts(width, height, problem=f"no smaller variants can be made of this image: {error}")

    def _make(self, content: bytes, image: "Image.Image", sha: str, width: int) -> tuple[_VariantFile, ...]:
        """Write the variants of an image, each made from the next larger one, and return them."""
        from PIL import Image, ImageOps

        largest = min(width, _WIDTHS[-1])
        # A variant that is hardly smaller than the largest one is not worth making.
        widths = sorted({largest, *(limit for limit in _WIDTHS if limit <= _STEP * largest)})
        # A JPEG is decoded at half or a quarter of its size when that is enough: four times faster.
        image.draft(None, (2 * largest, 2 * largest))
        upright = ImageOps.exif_transpose(image)
        has_alpha = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
        smaller = upright.convert("RGBA" if has_alpha else "RGB")
        made = []
        for wanted in reversed(widths):
            height = max(1, round(upright.height * wanted / upright.width))
            # Each is made from the next larger one: that is quicker, and cannot be seen.
            smaller = smaller.resize((wanted, height), Image.Resampling.LANCZOS)
            out = BytesIO()
            smaller.save(
                out, "WEBP", quality=_QUALITY, method=_EFFORT, icc_profile=image.info.get("icc_profile")
            )
            # A diagram with few colors is often smaller as PNG: then there is no variant.
            if out.tell() < len(content):
                file = self.variant(sha, wanted)
                write_whole(file, out.getvalue())
                stat = file.stat()
                made.append(
                    _VariantFile(wanted, stat.st_size, stat.st_mtime_ns, sha256(out.getvalue()).hexdigest())
                )
        return tuple(reversed(made))

    def variant(self, sha: str, width: int) -> Path:
        """Return the file of a variant in the cache."""
        assert self.folder is not None, "variants are only made if there is a cache"
        return self.folder / f"{sha}-{width}.webp"


def _url(sha: str, width: int) -> Url:
    return Url(f"{routes.IMAGE_FOLDER}/{sha}-{width}.webp")


def _variants(found: _Facts) -> tuple[Variant, ...]:
    return tuple(Variant(_url(found.sha, variant.width), variant.width) for variant in found.variants)


def _svg_facts(file: Path) -> _Facts:
    """Return the size of an SVG, or, if it has none, one with the aspect ratio of its view box."""
    with file.open("rb") as content:
        tag = _SVG.search(content.read(_SVG_HEAD))
    if tag is None:
        return _Facts(problem="this SVG image cannot be read, so its size is not known")
    width, height = _svg_length(tag[0], b"width"), _svg_length(tag[0], b"height")
    if width and height:
        return _Facts(width, height)
    box = re.search(rb"""\bviewBox\s*=\s*["']\s*([^"']{1,100})["']""", tag[0])
    try:
        _, _, across, down = (float(part) for part in (box[1] if box else b"").replace(b",", b" ").split())
        if not (0 < across < 1e6 and 0 < down < 1e6):
            return _Facts()
    except ValueError:
        return _Facts()
    width = width or _SVG_WIDTH
    return _Facts(width, max(1, round(width * down / across)))


def _svg_length(tag: bytes, name: bytes) -> int:
    """Return a length in pixels, 0 if there is none or if it is in another unit."""
    found = re.search(rb"\s" + name + rb"""\s*=\s*["']\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*["']""", tag)
    return int(found[1]) if found else 0
