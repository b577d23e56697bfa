"""Transforms evidence files into verified volumes."""
