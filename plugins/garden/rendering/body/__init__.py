"""A note's HTML, its slots filled."""
