"""Layer 7: tools for authors: what they ask of a vault besides building it, and what changes notes.

Owned here: the problems that only `garden check` and editors report, which problems an author wants to see and
how serious each of them is, the formats of reports, certain corrections, new notes, missing notes, and renaming. Nothing here builds a site.
"""
