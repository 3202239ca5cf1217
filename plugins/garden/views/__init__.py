"""Layer 3: evaluation of live views, from a query and the published notes to a result, which rendering shows (VW).

Evaluation sees only `notes.PublishedNotes`, which contain nothing of an unpublished note: privacy does not depend on any
filter here. The clock is never read, nothing is random, and every evaluation has a budget.
"""
