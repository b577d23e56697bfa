"""Transforms a workspace into a Case and findings. Reads the user's files, never writes them."""
