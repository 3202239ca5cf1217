"""What a template gets: finished pages, every address ready to be an attribute value.

Templates never query and never build an address. Text fields are plain text, which Jinja escapes; fields named `*_html`
are HTML.
"""
