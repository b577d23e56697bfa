"""Transforms an artefact into bytes: Word, PDF, workbook, narrative."""
