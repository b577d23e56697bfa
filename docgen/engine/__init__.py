"""Runs a Plan."""
