"""pillow-heif with libheif inside, which reads the HEIC photos of phones; docgen goes on without it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from docgen.errors import EnvironmentLacks

ADVICE = "请运行 pip install pillow-heif；或在手机上把照片另存为 JPG（iPhone：设置 → 相机 → 格式 → 兼容性最佳）。"


def version() -> str:
    """The versions of pillow-heif and libheif, as "1.8.1（libheif 1.23.0）". Raises EnvironmentLacks when unusable."""
    heif = _library()
    return f"{heif.__version__}（libheif {heif.libheif_version()}）"


def first_picture(data: bytes) -> tuple[Image.Image, int]:
    """The main picture of a HEIC or AVIF file, decoded, and how many pictures the file holds.

    The file's own turning is already done to the pixels, and its EXIF orientation taken back to 1. Raises
    EnvironmentLacks where the library is missing, Image.DecompressionBombError for too many pixels, and for damaged
    bytes ValueError, OSError, SyntaxError, EOFError or RuntimeError.
    """
    file = _open(data)
    return file[file.primary_index].to_pillow(), len(file)


def first_size(data: bytes) -> tuple[int, int, int]:
    """Width and height, upright, of the main picture, and how many there are. Raises as above.

    Nothing is decoded, unless the file does not say how large it is: then only its pixels do.
    """
    file = _open(data)
    width, height = file[file.primary_index].size
    if not (width and height):
        width, height = file[file.primary_index].to_pillow().size
    return width, height, len(file)


def _open(data: bytes) -> Any:
    file = _library().open_heif(BytesIO(data), convert_hdr_to_8bit=True)
    width, height = file[file.primary_index].size
    most = 2 * (Image.MAX_IMAGE_PIXELS or 0)
    if most and width * height > most:
        raise Image.DecompressionBombError(f"{width} × {height}")
    return file


def _library() -> Any:
    try:
        import pillow_heif  # noqa: PLC0415 - its compiled part does not load on every machine
    except ImportError as error:
        raise EnvironmentLacks("没有安装 pillow-heif，读不了 HEIC 照片。", ADVICE) from error
    try:
        pillow_heif.libheif_version()
    except Exception as error:  # the library puts off the error of its compiled part, whatever that was
        raise EnvironmentLacks("pillow-heif 在这台机器上不能用，读不了 HEIC 照片。", ADVICE) from error
    return pillow_heif
