"""Layouts of docgen's own Excel templates that are too long for make_excel_templates.py."""
