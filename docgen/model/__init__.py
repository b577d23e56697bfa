"""Frozen types of what a school says, each value with the place that it came from. No I/O."""
