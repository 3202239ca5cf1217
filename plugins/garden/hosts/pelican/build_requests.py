"""How the commands of garden ask for a build: by settings that only they have, and then by requests to a build that stays."""

RESIDENT = "GARDEN_RESIDENT"
"""The setting that lets a build stay in its process and answer requests (`resident`)."""

OWN_CLOSE = "GARDEN_OWN_CLOSE"
"""The setting of a program whose last line counts notes and pages, where Pelican itself has nothing to count."""

END, SHOW, COMPLETE = "end", "show", "complete"
"""What a resident build is asked: a word, with the changed paths after SHOW as a JSON list."""

SHOWN, LATER, INTERRUPTED, WHOLE = "shown", "later", "interrupted", "whole"
"""What it answers, if not an exit code: the pages are in place; they will be after COMPLETE; COMPLETE was given up;
only a whole build can do it."""

ERRORS_EXIT_CODE = "ERRORS_EXIT_CODE"
"""The setting with the exit code of a build that is complete and has found errors in notes (HC-9): 1 unless it is set.

A caller that needs to know whether there is a whole site gives a code that no failure has.
"""
