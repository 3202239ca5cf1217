"""What is asked of a vault beside building it: rules that need no page, what the author wants of them, reports, mends.

Owned here: the problems that only `garden check` and editors tell of, which of all problems an author wants to see and
how grave each is to them, the forms of a report, and the mending of what is safe to mend.
"""
