"""The files beside the pages of notes and branches: previews, Markdown, whole branches, e-books."""
