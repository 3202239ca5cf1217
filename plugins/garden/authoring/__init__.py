"""The author's desk: what is asked of a vault beside building it, and what changes notes.

Owned here: the problems that only `garden check` and editors report, which of all problems an author wants to see and
how grave each is to them, the forms of a report, the correction of what is certain, new notes and notes that are wanted,
and notes that get another name. Nothing here builds a site.
"""
