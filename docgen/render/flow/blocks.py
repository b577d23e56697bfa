"""Blocks → strips (CSS 2.1, 9.4.1 and 10.3.3; CSS Fragmentation 3)."""

from __future__ import annotations

from collections.abc import Sequence

from .borders import frame_items
from .boxes import Block, Piece
from .cascade import CLEAR, Style
from .declarations import AUTO, Length
from .drawings import Drawing
from .lines import set_lines, text_width
from .strips import ALLOWED, AVOIDED, Flow, Heading, Item, Picture, Strip, Text, line_items, stacked
from .tables import add_table
from .unfit import Unfit

_MARKER = "• "
_ENDLESS = 1e6


def add_block(block: Block, x: float, width: float, flow: Flow) -> None:
    """Lay out a block in a container that is `width` CSS pixels wide, from `x` on."""
    if block.anonymous:
        add_lines(block, x, width, flow)
        return
    style = block.style
    top, _, bottom, _ = style.margins
    left, inner, whole = widths_of(style, width)
    flow.wish(str(style.own.get("break-before", "auto")))
    flow.margin_above(top)
    start = len(flow.strips)
    if block.table:
        add_table(block.table, style, x, width, flow, add_block)
    elif block.drawing:
        _add_drawing(block.drawing, style, x, width, flow)
    elif style.display == "flex":
        items, height = _beside_each_other(block, x + left, inner)
        _add_whole(block, items, height, x, left, whole, flow, broken=False)
    elif style.bare:
        _add_content(block, x + left, inner, flow)
    else:
        own = Flow()
        _add_content(block, x + left, inner, own)
        _add_boxed(block, own, x, left, whole, flow)
    strips = flow.strips[start:]
    if style.own.get("break-inside") == "avoid":
        for strip in strips[1:]:
            strip.keep = max(strip.keep, AVOIDED)
        for strip in strips:
            strip.whole = False
    if block.heading and strips:
        strips[0].items = [*strips[0].items, Heading(x, 0.0, *block.heading)]
    if block.marker and strips:
        strips[0].items = [*strips[0].items, *_marker(style, x + left)]
    flow.margin_below(bottom)
    flow.wish(str(style.own.get("break-after", "auto")))


def widths_of(style: Style, width: float) -> tuple[float, float, float]:
    """Where the content begins in the container, how wide it is, and how wide the box is with its borders."""
    _, right, _, left = style.margins
    _, padding_right, _, padding_left = style.padding
    _, (border_right, _), _, (border_left, _) = style.edges
    around = padding_left + padding_right + border_left + border_right
    own = style.length("width", AUTO)
    if isinstance(own, Length):
        own = own.value / 100 * width
    if own == AUTO:
        left, right = (0.0 if side == AUTO else side for side in (left, right))
        own = width - around - left - right
    else:
        left = auto_margin(width - around - own, left, right)
    if own < 0:
        raise Unfit("没有宽度的框")
    return left + padding_left + border_left, own, own + around


def auto_margin(room: float, left: float | str, right: float | str) -> float:
    """The left margin of a box that leaves so much room in its container."""
    if isinstance(left, float):
        return left
    if isinstance(right, float):
        return max(room - right, 0.0)
    return max(room / 2, 0.0)


def _add_content(block: Block, x: float, width: float, flow: Flow) -> None:
    if block.pieces:
        add_lines(block, x, width, flow)
    for child in block.children:
        add_block(child, x, width, flow)


def add_lines(block: Block, x: float, width: float, flow: Flow) -> None:
    """Lay out a block's lines, each a strip of its own."""
    style = block.style
    lines = set_lines(block.pieces, style, width)
    count, orphans, widows = len(lines), style.orphans, style.widows
    for number, line in enumerate(lines):
        kept = number and (number < orphans or count - number < widows)
        flow.add(Strip(line.height, line_items(line, x, 0.0), keep=AVOIDED if kept else ALLOWED))


def _marker(style: Style, x: float) -> list[Item]:
    """The dot before an item of a list, which begins at `x`."""
    (line,) = set_lines([Piece(_MARKER, style)], style, _ENDLESS)
    return [Text(x - text_width(_MARKER, style), line.baseline, part) for part in line.parts]


def _add_boxed(block: Block, own: Flow, x: float, left: float, whole: float, flow: Flow) -> None:
    """A box with borders, a background or room around its content, as one strip."""
    style = block.style
    (top, _), _, (bottom, _), _ = style.edges
    padding_top, _, padding_bottom, _ = style.padding
    if not (top or padding_top) and own.strips:
        flow.margin_above(own.strips[0].gap)
        own.strips[0].gap = 0.0
    items, height = stacked(own)
    rest = own.left_margins()
    if bottom or padding_bottom or style.length("height", AUTO) != AUTO:
        height += max(rest, default=0.0)
        rest = []
    broken = len(own.strips) > 1
    _add_whole(block, items, height, x, left, whole, flow, broken=broken)
    for margin in rest:
        flow.margin_below(margin)


def _add_whole(
    block: Block,
    items: Sequence[Item],
    height: float,
    x: float,
    left: float,
    whole: float,
    flow: Flow,
    *,
    broken: bool,
) -> None:
    """A strip of a block's content with its box around."""
    style = block.style
    (top, _), _, (bottom, _), (border_left, _) = style.edges
    padding_top, _, padding_bottom, padding_left = style.padding
    own = style.length("height", AUTO)
    if own != AUTO:
        height = float(own)
    total = top + padding_top + height + padding_bottom + bottom
    offset = top + padding_top
    outer = x + left - padding_left - border_left
    shown = frame_items(style, outer, 0.0, whole, total)
    shown += items if not offset else [item.moved(0.0, offset) for item in items]
    flow.add(Strip(total, shown, whole=broken))


def _add_drawing(drawing: Drawing, style: Style, x: float, width: float, flow: Flow) -> None:
    if not style.bare or style.background != CLEAR or style.length("width", AUTO) != AUTO:
        raise Unfit("<svg> 的样式")
    if style.display == "block":
        offset = auto_margin(width - drawing.width, style.margins[3], style.margins[1])
        flow.add(Strip(drawing.height, [Picture(x + offset, 0.0, drawing)]))
        return
    height, baseline = style.strut
    top, bottom = min(-drawing.height, -baseline), max(0.0, height - baseline)
    room = width - drawing.width
    indent = style.indent
    offset = {"center": indent + (room - indent) / 2, "right": room}.get(style.align, indent)
    flow.add(Strip(bottom - top, [Picture(x + offset, -top - drawing.height, drawing)]))


def _beside_each_other(block: Block, x: float, width: float) -> tuple[list[Item], float]:
    """A row of boxes (CSS Flexible Box Layout 1), of equal heights: what is on it, and its height."""
    if block.pieces or any(child.anonymous for child in block.children):
        raise Unfit("弹性布局里的文字")
    styles = [child.style for child in block.children]
    gap = block.style.length("column-gap")
    if not isinstance(gap, float):
        raise Unfit("间隔的百分比")
    room = width - gap * (len(styles) - 1)
    growing = [float(style.own.get("flex", 0.0)) for style in styles]
    outer: list[float] = []
    for style, grows in zip(styles, growing, strict=True):
        own = style.length("width", AUTO)
        if any(not isinstance(side, float) or side for side in (style.margins[1], style.margins[3])):
            raise Unfit("弹性布局的外边距")
        if isinstance(own, Length) and not grows:
            outer.append(own.value / 100 * width + _around(style))
        elif own == AUTO and all(growing) and len(set(growing)) == 1:
            outer.append(room / len(styles))
        else:
            raise Unfit("弹性布局的宽度")
    spare = room - sum(outer)
    if spare < -1e-6:
        raise Unfit("弹性布局的宽度")
    between = (
        spare / (len(styles) - 1)
        if len(styles) > 1 and block.style.own.get("justify-content") == "space-between"
        else 0.0
    )
    flows = []
    for child, size in zip(block.children, outer, strict=True):
        own_flow = Flow()
        _add_content(child, 0.0, size - _around(child.style), own_flow)
        flows.append(own_flow)
    heights = [_height(child.style, flow) for child, flow in zip(block.children, flows, strict=True)]
    height = max((sum(parts) for parts in heights), default=0.0)
    items: list[Item] = []
    for child, size, flow in zip(block.children, outer, flows, strict=True):
        style = child.style
        margin_top, _, margin_bottom, _ = style.margins
        items += frame_items(style, x, margin_top, size, height - margin_top - margin_bottom)
        shown, _ = stacked(flow, margin_top + style.padding[0] + style.edges[0][0])
        items += [item.moved(x + style.padding[3] + style.edges[3][0], 0.0) for item in shown]
        x += size + gap + between
    return items, height


def _around(style: Style) -> float:
    """The padding and borders at both sides of a box."""
    return style.padding[1] + style.padding[3] + style.edges[1][0] + style.edges[3][0]


def _height(style: Style, flow: Flow) -> tuple[float, float]:
    """The height of a box's content with the margins in it, and of all that is around."""
    _, height = stacked(flow)
    height += max(flow.left_margins(), default=0.0)
    own = style.length("height", AUTO)
    if own != AUTO:
        height = float(own)
    around = style.padding[0] + style.padding[2] + style.edges[0][0] + style.edges[2][0]
    return height, around + style.margins[0] + style.margins[2]
