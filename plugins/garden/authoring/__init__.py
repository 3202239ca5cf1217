"""Layer 7: tools for authors: what they ask of a vault besides building it, and what changes notes.

Owned here: the problems that only `garden check` and editors report, the author's choice of which problems are reported
and how serious they are, the formats of reports, automatic corrections, new notes, wanted notes, and renaming. Nothing
here builds a site.
"""
