"""Layer 2: all Documents become one Snapshot: which note links to which, and where."""
