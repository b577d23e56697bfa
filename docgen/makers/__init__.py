"""Transforms artefacts of a plan into published files: what each order holds, how it is made, what need not be made."""
