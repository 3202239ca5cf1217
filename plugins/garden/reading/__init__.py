"""Layer 1: one file becomes a Document. This layer knows nothing about other notes."""
