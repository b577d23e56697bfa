"""Front matter that does not need WeasyPrint, and a desk to assemble files on."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from evidence_files import jpeg, outlined, pdf, picture, png
from pikepdf import Array, Dictionary, Name

from docgen.assemble.volume import FontFace, FrontMatter, Volume, VolumeItem, VolumeOrder, assemble
from docgen.evidence.store import Store
from docgen.model.records import EvidenceFile


def plain_front(pages: int = 2, linked: bool = True) -> Callable[[FrontMatter], bytes]:
    """A front maker of that many pages, with a link an entry on its second page."""

    def front(matter: FrontMatter) -> bytes:
        out = pikepdf.new()
        for _ in range(pages):
            out.add_blank_page(page_size=(595.276, 841.89))
        links = [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([50, 700 - 20 * n, 500, 715 - 20 * n]),
                Border=Array([0, 0, 0]),
                A=Dictionary(S=Name.URI, URI=pikepdf.String(f"docgen:item/{n}")),
            )
            for n in range(1, len(matter.entries) + 1)
        ]
        if linked and links:
            out.pages[min(1, pages - 1)].obj.Annots = Array([out.make_indirect(link) for link in links])
        data = BytesIO()
        out.save(data, static_id=True)
        return data.getvalue()

    return front


@dataclass(frozen=True)
class Assembled:
    """A volume with the bytes of its file, b"" where none was made."""

    volume: Volume
    data: bytes

    def __getattr__(self, name: str) -> Any:
        return getattr(self.volume, name)


class Desk:
    """Writes files and assembles them."""

    def __init__(self, folder: Path, face: FontFace) -> None:
        self.folder = folder
        self.face = face
        self.items: list[VolumeItem] = []
        self.store = Store(folder / "store")
        self.target = folder / "volume.pdf"

    def put(self, name: str, data: bytes, title: str = "", caption: str = "", sha256: str | None = None) -> VolumeItem:
        path = self.folder / name
        path.write_bytes(data)
        file = EvidenceFile(name, len(data), hashlib.sha256(data).hexdigest() if sha256 is None else sha256)
        item = VolumeItem(path, file, title or path.stem, caption)
        self.items.append(item)
        return item

    def order(self, **changes: object) -> VolumeOrder:
        particulars: dict[str, object] = {
            "heading": "教师佐证材料",
            "subject": "A01 建筑信息模型（BIM） 中级",
            "school": "桂岭职业技术学院",
            "items": tuple(self.items),
            "document_id": "test",
        }
        return VolumeOrder(**(particulars | changes))  # type: ignore[arg-type]

    def assemble(self, front: Callable[[FrontMatter], bytes] | None = None, **changes: object) -> Assembled:
        """The volume, with a plain front unless another is given."""
        return self._assembled(front or plain_front(), **changes)

    def bare(self, **changes: object) -> Assembled:
        """The volume without cover and index."""
        return self._assembled(None, **changes)

    def _assembled(self, front: Callable[[FrontMatter], bytes] | None, **changes: object) -> Assembled:
        volume = assemble(self.order(**changes), front, self.face, self.store, self.target)
        assert volume.made == self.target.exists()
        data = self.target.read_bytes() if volume.made else b""
        if volume.made and not any(finding.rule == "ASM901" for finding in volume.findings):
            assert (hashlib.sha256(data).hexdigest(), len(data)) == (volume.sha256, volume.size)
        return Assembled(volume, data)


__all__ = ["Desk", "jpeg", "outlined", "pdf", "picture", "plain_front", "png"]
