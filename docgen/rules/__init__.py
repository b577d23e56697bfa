"""Transforms a Case into findings: one rule a file, each a pure function."""
