"""How Garden's commands request a build: by settings that only they use, and then by requests to a resident build."""

RESIDENT = "GARDEN_RESIDENT"
"""The setting with which a build stays in its process afterwards and answers requests (`resident`)."""

OWN_CLOSE = "GARDEN_OWN_CLOSE"
"""The setting with which the last line of the log counts notes and pages, unless Pelican itself has something to count."""

END, SHOW, COMPLETE = "end", "show", "complete"
"""The requests to a resident build; SHOW is followed by a JSON list of the changed paths."""

SHOWN, LATER, INTERRUPTED, WHOLE = "shown", "later", "interrupted", "whole"
"""Its responses besides exit codes. SHOWN: the pages are in place. LATER: they will be after COMPLETE. INTERRUPTED: COMPLETE was
interrupted by another request. WHOLE: only a whole build can do it."""

ERRORS_EXIT_CODE = "ERRORS_EXIT_CODE"
"""The setting with the exit code of a build that is complete, but has found errors in notes (HC-9); the default is 1.

A caller that has to distinguish such a build from one that failed sets another code.
"""
