"""What is made beside the pages of notes and branches: previews, Markdown, whole branches, e-books."""
