"""The version of the product, defined only here, also for packaging."""

VERSION = "0.1.0"
