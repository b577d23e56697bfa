"""Layouts of docgen's own Word templates."""
