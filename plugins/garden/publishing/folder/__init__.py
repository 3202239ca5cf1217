"""The output folder: what builds have written there, and how the next site replaces it."""
