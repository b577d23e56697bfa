"""What a volume says of itself: title, language, how it opens, page labels, what it is fit for, what is attached to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from docgen.evidence.destinations import Target

from .records import VolumeOrder

ARCHIVAL, ARCHIVAL_WITH_FILES = "2B", "3B"
"""Parts and levels of PDF/A: ISO 19005-2 knows no attached files but PDF/A ones, ISO 19005-3 any."""

_DESCRIPTION = "带有电子签名的原文件：合并后的页面不能再验证签名，请用这个文件验证"
_DATE = slice(24, 36)  # of an ICC profile's header: when it was made
_SOME_DAY = b"".join(value.to_bytes(2, "big") for value in (2000, 1, 1, 0, 0, 0))


def describe(pdf: pikepdf.Pdf, order: VolumeOrder, archival: str) -> None:
    """Put in title, language, labels and how it opens; `archival` is the kind of PDF/A that it is, "" for none.

    There are no dates: the same input gives the same bytes.
    """
    root = pdf.Root
    root["/Lang"] = pikepdf.String("zh-CN")
    root["/PageMode"] = Name.UseOutlines
    root["/PageLayout"] = Name.SinglePage
    root["/OpenAction"] = Target(0).array(pdf.pages)
    root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    root["/PageLabels"] = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = order.title
        metadata["dc:language"] = ["zh-CN"]
        metadata["pdf:Producer"] = "docgen"
        if order.school:
            metadata["dc:creator"] = [order.school]
        if order.document_id:
            metadata["dc:identifier"] = order.document_id
        if archival:
            metadata["pdfaid:part"], metadata["pdfaid:conformance"] = archival[0], archival[1]
    pdf.docinfo["/Title"] = order.title
    pdf.docinfo["/Producer"] = "docgen"
    if order.school:
        pdf.docinfo["/Author"] = order.school
    if archival:
        root["/OutputIntents"] = Array([pdf.make_indirect(_intent(pdf))])


def _intent(pdf: pikepdf.Pdf) -> Dictionary:
    """What colours without a profile mean: sRGB, as screens and cameras have it."""
    profile = pdf.make_stream(_srgb(), N=3, Alternate=Name.DeviceRGB)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _SOME_DAY
    return bytes(profile)


def attach(pdf: pikepdf.Pdf, files: Iterable[tuple[str, pikepdf.Object]]) -> None:
    """Attach files, each a name and an embedded file's stream; the names differ from one another."""
    tree = pikepdf.NameTree.new(pdf)
    attached = Array()
    for name, stream in files:
        words = pikepdf.String(name)
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=words,
                UF=words,
                Desc=pikepdf.String(_DESCRIPTION),
                AFRelationship=Name.Source,
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        tree[name] = specification
        attached.append(specification)
    if len(attached):
        if "/Names" not in pdf.Root:
            pdf.Root["/Names"] = Dictionary()
        pdf.Root["/Names"]["/EmbeddedFiles"] = tree.obj
        pdf.Root["/AF"] = attached
