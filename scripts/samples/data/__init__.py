"""The rows of the invented school."""
