"""Transform official documents (docgen.model.official) into PDF pages that follow GB/T 9704-2012 to the millimetre."""

from .pdf import OfficialPdf, set_documents

__all__ = ["OfficialPdf", "set_documents"]
