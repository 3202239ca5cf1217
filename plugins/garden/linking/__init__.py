"""Layer 2: all Documents become one Snapshot: who links to whom, and where."""
