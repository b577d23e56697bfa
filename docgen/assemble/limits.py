"""How a volume is brought below its size limit: the steps by which pictures are reduced, and what is said if none helps.

The first step is what every volume gets. The last keeps print readable: a scan of 9 pt Chinese print at 150 dpi and
quality 70 shows every stroke that the paper shows, at 120 dpi characters of many strokes (龜, 體) begin to clot, and at
quality 60 grey fringes stand around them. So quality stops at 70, and resolution at what docgen.toml sets (150 dpi
unless the user wants it lower).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docgen.findings import Finding

from .faults import finding
from .records import VolumeOrder

BEST_QUALITY, LEAST_QUALITY = 88, 70
_FEWEST, _MOST = 3, 6
_RATIO = 1.2  # between the resolutions of two steps: with the lower quality, a step takes off about a third
_LUCK = 0.8  # some pictures shrink by more than the weights tell
_MEGABYTE = 1_000_000
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """How far pictures are reduced: no finer than `dpi` as they are drawn, coded as JPEG of that quality."""

    dpi: int
    quality: int

    @property
    def weight(self) -> float:
        """How many bytes a picture takes at this step, in no unit: only the ratio of two weights means something.

        Measured on scans and photos, bytes a pixel fall to two thirds from quality 88 to quality 70.
        """
        return self.dpi**2 * (1 - (BEST_QUALITY - self.quality) / (BEST_QUALITY - LEAST_QUALITY) / 3)


def steps(order: VolumeOrder) -> tuple[Step, ...]:
    """The steps for a volume, the gentlest first: from `max_dpi` down to `min_dpi`, three to six of them.

    Where both are the same, only quality falls. Without a size limit there is but the first step.
    """
    first = Step(order.max_dpi, BEST_QUALITY)
    if not order.max_mb:
        return (first,)
    least = min(order.min_dpi, order.max_dpi)
    count = max(_FEWEST, min(_MOST, 1 + round(math.log(order.max_dpi / least) / math.log(_RATIO))))
    ladder = [first]
    for number in range(1, count):
        part = number / (count - 1)
        dpi = round(order.max_dpi * (least / order.max_dpi) ** part)
        ladder.append(Step(dpi, round(BEST_QUALITY - (BEST_QUALITY - LEAST_QUALITY) * part)))
    return tuple(ladder)


def limit_of(order: VolumeOrder) -> int:
    """The size limit in bytes, 0 for none."""
    return round(order.max_mb * _MEGABYTE)


def needed(ladder: Sequence[Step], tried: int, size: int, limit: int, fixed: int = 0) -> int:
    """Which step to try after step `tried` came to `size` bytes: the gentlest that can keep the limit, else the last.

    `fixed` bytes of them do not become smaller (text, fonts). All else is taken to shrink as well as it ever does, so
    that no step is left out that might have done.
    """
    last = len(ladder) - 1
    movable = max(size - fixed, 0)
    for number in range(tried + 1, last):
        if fixed + movable * _LUCK * ladder[number].weight / ladder[tried].weight <= limit:
            return number
    return last


def megabytes(size: float) -> str:
    """A size in bytes as users read it: 12.3 MB, 0.4 MB, 20 KB."""
    return f"{size / _MEGABYTE:.1f} MB" if size >= _MEGABYTE / 10 else f"{max(round(size / 1000), 1)} KB"


def too_large(order: VolumeOrder, size: int, step: Step, shares: Iterable[tuple[str, int]]) -> Finding:
    """ASM009: what a volume came to at its last step, which files take most of it, and what to do.

    `shares` are the files' names and the bytes that each takes of the volume; a name may stand several times.
    """
    taken: dict[str, int] = {}
    for name, share in shares:
        taken[name] = taken.get(name, 0) + share
    largest = sorted(taken.items(), key=lambda entry: (-entry[1], entry[0]))[:_MOST_NAMED]
    named = "、".join(f"“{name}”（{megabytes(share)}）" for name, share in largest)
    message = (
        f"{order.heading}.pdf 有 {_reached(size, limit_of(order))}，超过{_limit_text(order)}："
        f"能缩小的图片都已缩小到 {step.dpi} dpi，仍然不够。" + (f"占得最多的是{named}。" if named else "")
    )
    setting = "max_total_mb" if order.of_total_mb else "max_volume_mb"
    advice = (
        f"请把这{'几个文件' if len(largest) > 1 else '个文件'}换成小一些的（扫描时选 200 dpi、灰度；文档导出时选“最小文件大小”），"
        f"或者拿掉不必要的材料；平台允许更大的文件时，把 docgen.toml 中的 {setting} 调大。"
    )
    return finding("ASM009", message, advice)


def _reached(size: int, limit: int) -> str:
    """A size above a limit, so exactly that it does not look the same."""
    exact = f"{size / _MEGABYTE:.2f} MB"
    return exact if size - limit < _MEGABYTE / 10 else megabytes(size)


def _limit_text(order: VolumeOrder) -> str:
    if not order.of_total_mb:
        return f"设定的 {order.max_mb:g} MB"
    return f" {order.max_mb:.2f} MB（本项申报各册合计不超过 {order.of_total_mb} MB，按材料多少分给这一册的份额）"
