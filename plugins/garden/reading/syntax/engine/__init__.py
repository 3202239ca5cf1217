"""The frame that the constructs plug into: source-mapped text, block parser, inline scan, serializer.

It knows what constructs leave behind (elements, references, headings, tags), but no construct: no marker
and no tag of one is written here. Rules come in two ordered tuples (`syntax/__init__`). It knows nothing
of Python-Markdown either, whose object runs it (`syntax/markdown_adapter`).
"""
