"""The commands of `garden`."""
