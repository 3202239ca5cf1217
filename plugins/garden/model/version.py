"""The version of the product: this is the one place where it stands, for packaging, too."""

VERSION = "0.1.0"
