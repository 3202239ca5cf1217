"""Data on disk that speeds up the next build. Nothing in it is trusted, and all of it may be lost."""
