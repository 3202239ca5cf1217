"""The frame that the constructs plug into: source-mapped text, block parser, inline scan, serializer.

Python-Markdown's own block parser is not CommonMark's (FT-5) and its inline pass tries every
pattern on every text in turn, so that the earliest opener does not win (MK-1), positions are
lost (DG-3) and hostile input costs quadratic time (HC-10). Both are replaced here behind the
same seams: rules are registered by name and priority in the `Markdown` object's registries.
"""
