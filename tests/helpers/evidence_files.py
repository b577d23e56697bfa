"""Small evidence files: pictures whose corners differ, PDFs whose pages bear words, bookmarks and links."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem
from PIL import Image, ImageDraw


def picture(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ: red at the upper left, green at the upper right, blue at the lower left."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    w, h = width // 3, height // 3
    draw.rectangle((0, 0, w, h), fill=(255, 0, 0))
    draw.rectangle((width - w, 0, width, h), fill=(0, 255, 0))
    draw.rectangle((0, height - h, w, height), fill=(0, 0, 255))
    return image.convert(mode)


def jpeg(orientation: int = 1, width: int = 400, height: int = 300, mode: str = "RGB", **how: object) -> bytes:
    """A JPEG that shows `picture` once its EXIF orientation is minded."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    image = picture(width, height)
    if orientation in back:
        image = image.transpose(Image.Transpose(back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = BytesIO()
    image.convert(mode).save(out, "JPEG", quality=92, exif=exif, **how)
    return out.getvalue()


def png(mode: str = "RGB", width: int = 400, height: int = 300, **how: object) -> bytes:
    image = picture(width, height)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize((width, height)))
    else:
        image = image.convert(mode)
    out = BytesIO()
    image.save(out, "PNG", **how)
    return out.getvalue()


def pdf(
    *words: str,
    size: tuple[float, float] = (595, 842),
    rotate: int = 0,
    box: list[float] | None = None,
    change: Callable[[pikepdf.Pdf], None] | None = None,
) -> bytes:
    """A PDF with one page a word: the word in Helvetica near the upper left, a frame 10 units within the visible box."""
    out = pikepdf.new()
    font = out.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    x0, y0, x1, y1 = box or [0, 0, *size]
    for word in words:
        page = out.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        content = f"q BT /F 40 Tf {x0 + 30} {y1 - 70} Td ({word}) Tj ET 4 w {x0 + 10} {y0 + 10} {x1 - x0 - 20} {y1 - y0 - 20} re S"
        page.obj.Contents = out.make_stream(content.encode())  # its q is never taken back
        if box:
            page.obj.MediaBox = Array([x0 - 50, y0 - 50, x1 + 50, y1 + 50])
            page.obj.CropBox = Array(box)
        if rotate:
            page.obj.Rotate = rotate
    if change:
        change(out)
    data = BytesIO()
    out.save(data, static_id=True)
    return data.getvalue()


def outlined(out: pikepdf.Pdf) -> None:
    """Bookmarks and links by page and by name, as the peers mix them up when the same file is merged twice."""
    dests = pikepdf.NameTree.new(out)
    for index, page in enumerate(out.pages):
        dests[f"chapter.{index}"] = Array([page.obj, Name.XYZ, 0, 800, None])
    out.Root.Names = Dictionary(Dests=dests.obj)
    with out.open_outline() as outline:
        for index in range(len(out.pages)):
            item = OutlineItem(f"Chapter {index}", destination=pikepdf.String(f"chapter.{index}"))
            item.children.append(OutlineItem(f"Section {index}.1", destination=index))
            outline.root.append(item)
    last = len(out.pages) - 1
    for index, page in enumerate(out.pages):
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([30, 700, 130, 720]),
            A=Dictionary(S=Name.GoTo, D=pikepdf.String(f"chapter.{last - index}")),
        )
        page.obj.Annots = Array([out.make_indirect(link)])
