"""PDFs written by hand, object by object, for what no library would write."""

from collections.abc import Sequence

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Resources<<>>/Contents 4 0 R>>"
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object that holds `data` as it is."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


LINE = stream(b"5 w 10 10 m 200 300 l S")


def raw_pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1, with a table that is right."""
    data = b"%PDF-1.7\n"
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        table,
        count,
        trailer,
        len(data),
    )
