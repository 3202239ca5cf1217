"""Layer 3: evaluation of live views: from a query and the published notes to a result, which rendering shows (VW).

Evaluation only gets `notes.PublishedNotes`, which contain nothing of an unpublished note, so no query can reveal one. It
asks no clock and nothing in it is random. Every evaluation has a budget of steps.
"""
