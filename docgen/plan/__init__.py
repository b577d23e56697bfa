"""Transforms a Case and findings into a Plan: every artefact, what it is made of, its fingerprint."""
