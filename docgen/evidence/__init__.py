"""Reads one evidence file: what it is, what is wrong with it, and its pages ready to be laid out in a volume."""
