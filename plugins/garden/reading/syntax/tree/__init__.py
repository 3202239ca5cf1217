"""What is done when a whole note is parsed: the finished tree, and its lists as an outline."""
