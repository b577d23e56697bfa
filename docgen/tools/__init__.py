"""One wrapper for each program outside Python."""
