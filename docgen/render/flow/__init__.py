"""Sets HTML pages of the kind that docgen's templates are, many times as fast as a general engine, with the same result.

Whatever a page asks for beyond the supported part of HTML and CSS raises `Unfit`, and WeasyPrint sets it instead.
"""
