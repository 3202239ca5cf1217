"""What a template gets: finished pages, every address ready to be an attribute value.

Templates never query and never compose an address. Text fields are plain text (Jinja escapes
them); fields named `*_html` are markup made by the core.
"""
