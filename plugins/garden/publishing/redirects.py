"""Writes redirects: last, when all other files are known, so that they never replace a page."""

from garden.linking.addresses.url_registry import output_key
from garden.model import names, routes
from garden.model.names import SaveAs, VaultPath
from garden.publishing.folder.output import Output
from garden.rendering.files.redirects import is_page, netlify, page_file, redirect_page
from garden.vault.site import Site


def write_redirects(site: Site, output: Output) -> None:
    """Write a page for each redirect unless its address is in use, and all redirects into one file for hosts that read it.

    The author's own lines come first in that file, since the first matching line counts. Redirects to hidden notes
    are not in it, since some hosts let everybody read it (PB-2).
    """
    settings = site.settings
    own = _own_redirects(site)
    if not own and not site.snapshot.redirects:
        return  # most sites: to look at all names takes a while
    in_use = {output_key(name) for name in output.files}
    folders = {key[:at] for key in in_use for at, char in enumerate(key) if char == "/"}
    written: set[str] = set()
    listed = []
    for redirect in site.snapshot.redirects:
        file = page_file(redirect)
        key = output_key(file or names.save_as(redirect.old))
        # On some file systems /Foo/ and /foo/ are the same path, at which the page itself is, or an earlier redirect.
        is_respelled = key in written or output_key(redirect.old) == output_key(redirect.to or "")
        if not is_respelled and key in in_use:
            continue
        if file and (output.tells_case_apart() if is_respelled else _is_free(key, in_use, folders)):
            written.add(key)
            output.write(file, redirect_page(redirect, settings))
        to_file = redirect.to in output.files and not is_page(redirect.old)
        if redirect.to and to_file and _is_free(output_key(redirect.old), in_use, folders):
            # A feed: feed readers do not follow a page, so the feed is at its old address, too, and contains the new one.
            output.write(names.save_as(redirect.old), output.content(SaveAs(redirect.to)))
        if redirect.listed:
            listed.append(redirect)
    text = own + netlify(listed, settings).encode("utf-8", "replace")
    if text and output_key(routes.REDIRECTS) not in folders:
        output.write(SaveAs(routes.REDIRECTS), text)


def _is_free(file: str, in_use: set[str], folders: set[str]) -> bool:
    """Say whether a file can be written: there is no file or folder of that name, and no file where its folders have to be."""
    above = (file[:at] for at, char in enumerate(file) if char == "/")
    return file not in in_use and file not in folders and not any(folder in in_use for folder in above)


def _own_redirects(site: Site) -> bytes:
    """Return the redirects that the author has written, if their file is published."""
    paths = [path for path, url in site.snapshot.files.items() if url == routes.REDIRECTS]
    if not paths:
        return b""
    try:
        text = (site.files.root / VaultPath(paths[0])).read_bytes()
    except OSError:
        return b""
    return text if not text or text.endswith(b"\n") else text + b"\n"
