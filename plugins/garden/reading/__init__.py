"""Layer 1: one file alone becomes a Document. Knows nothing of other notes."""
