"""Writing redirects: last, when all other files are known, so that they never replace a page."""

from garden.linking.addresses.url_registry import output_key
from garden.model import names, routes
from garden.model.names import SaveAs, VaultPath
from garden.publishing.folder.output import Output
from garden.rendering.files.redirects import is_page, netlify, page_file, redirect_page
from garden.vault.site import Site


def write_redirects(site: Site, output: Output) -> None:
    """Write a page for each redirect where nothing else is, and all of them in one file for hosts that read it.

    The author's own lines come first in that file, and the first one that fits counts. Redirects to hidden notes
    are not in it, since some hosts show it to everybody (PB-2).
    """
    settings = site.settings
    in_use = {output_key(name) for name in output.files}
    folders = {key[:at] for key in in_use for at, char in enumerate(key) if char == "/"}
    written: set[str] = set()
    listed = []
    for redirect in site.snapshot.redirects:
        file = page_file(redirect)
        key = output_key(file or names.save_as(redirect.old))
        # On some systems /Foo/ and /foo/ are one place: there the page itself answers, or the first redirect.
        is_respelled = key in written or output_key(redirect.old) == output_key(redirect.to or "")
        if not is_respelled and key in in_use:
            continue
        if file and (output.tells_case_apart() if is_respelled else _is_free(key, in_use, folders)):
            written.add(key)
            output.write(file, redirect_page(redirect, settings))
        to_file = redirect.to in output.files and not is_page(redirect.old)
        if redirect.to and to_file and _is_free(output_key(redirect.old), in_use, folders):
            # A feed: no page can lead its readers on, so it is there, too, with its new address in it.
            output.write(names.save_as(redirect.old), output.content(SaveAs(redirect.to)))
        if redirect.listed:
            listed.append(redirect)
    own = _own_redirects(site)
    text = own + netlify(listed, settings).encode("utf-8", "replace")
    if text and output_key(routes.REDIRECTS) not in folders:
        output.write(SaveAs(routes.REDIRECTS), text)


def _is_free(file: str, in_use: set[str], folders: set[str]) -> bool:
    above = (file[:at] for at, char in enumerate(file) if char == "/")
    return file not in in_use and file not in folders and not any(folder in in_use for folder in above)


def _own_redirects(site: Site) -> bytes:
    """Return the redirects that the author has written by hand, where they are published."""
    paths = [path for path, url in site.snapshot.files.items() if url == routes.REDIRECTS]
    if not paths:
        return b""
    try:
        text = (site.files.root / VaultPath(paths[0])).read_bytes()
    except OSError:
        return b""
    return text if not text or text.endswith(b"\n") else text + b"\n"
