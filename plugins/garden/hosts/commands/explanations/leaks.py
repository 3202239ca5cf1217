"""Explanations of what the search for leaks reports, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

LEAKS: Mapping[str, Explanation] = MappingProxyType(
    {
        "file-leaked": Explanation(
            "A file that no public note mentions is in the output.",
            "`garden publish` stops, and the site stays as it was.",
            "find out which template or plugin copies it; if it may be public, mention it in a public note, or name"
            " its folder in the setting `static`.",
        ),
        "image-position": Explanation(
            "A published picture says in its metadata where it was taken.",
            "It is published as it is, byte for byte; its smaller variants have no metadata.",
            "if nobody should know, export the picture again without metadata, or run"
            " `exiftool -gps:all= -xmp-exif:all= FILE`.",
        ),
        "secret-visible": Explanation(
            "Public text contains something that looks like a key, a token or a password.",
            "It is published as it is written.",
            "if it is real, remove it, and revoke it where it was issued, because others may have copied it; if it is an"
            " example, leave it.",
        ),
        "text-leaked": Explanation(
            "Words that are only in unpublished text are in the output: those of a draft, a template, a comment on a"
            " line of its own, or a property that the setting `private_keys` names.",
            "`garden publish` stops, and the site stays as it was. The message names the line of the source and the line"
            " of the output.",
            "look at that line of the output, and find out what wrote it. If it was a plugin, or a template outside your"
            " theme's folders, and the words may be public, put them into a file of your theme. Otherwise this is a bug"
            " in Garden: report it, and remove the text from the note until the bug is fixed.",
        ),
    }
)
