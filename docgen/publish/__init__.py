"""Writes what was made: whole files only, with a manifest; and verifies them later."""
