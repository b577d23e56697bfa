"""Random pages of the kind that documents have, for comparing one engine with another."""

from __future__ import annotations

import random

_WORDS = "中等职业学校举办的实训基地面积平方米含准备间工位培训考核证书等级试点专业教师设备软件申报院系负责人电话教务处统筹管理"
_MARKS = "，。、；：“”（）《》—…"
_LATIN = (
    "BIM",
    "1+X",
    "2021",
    "i7-10700/32GB",
    "A01",
    "SHA-256",
    "3.5%",
    "13800000000",
    "Web",
    "docgen verify",
    "12:30",
    "(2)",
    "～",
)


def phrase(pick: random.Random, least: int, most: int) -> str:
    """A text of about so many characters, with Latin words, numbers and marks among them."""
    out: list[str] = []
    length = pick.randint(least, most)
    while len("".join(out)) < length:
        dice = pick.random()
        if dice < 0.08:
            out.append(pick.choice(_LATIN))
        elif dice < 0.16:
            out.append(pick.choice(_MARKS))
        elif dice < 0.2:
            out.append(" ")
        else:
            out.append("".join(pick.choices(_WORDS, k=pick.randint(1, 6))))
    return "".join(out).strip() or "空"


def _inline(pick: random.Random, least: int, most: int, *, marks: bool = True) -> str:
    text = phrase(pick, least, most)
    dice = pick.random() if marks else 1
    if dice < 0.1:
        return f'{text}<span class="mark">{phrase(pick, 1, 12)}</span>{phrase(pick, 1, 20)}'
    if dice < 0.15:
        return f"{text}<br>{phrase(pick, 1, 20)}"
    if dice < 0.2:
        return f'<a href="docgen:item/1">{text}</a>'
    return text


def _table(pick: random.Random) -> str:
    columns = pick.randint(2, 6)
    shares = [pick.randint(10, 30) for _ in range(columns)]
    shown = "".join(f'<col style="width:{share * 100 / sum(shares):.2f}%">' for share in shares)
    rows = []
    for _ in range(pick.randint(1, 14)):
        cells, column = [], 0
        while column < columns:
            span = pick.choice((1, 1, 1, 1, 2)) if column + 1 < columns else 1
            kind = pick.choice(("", "", ' class="c"', ' class="n"', ' class="digest"'))
            tag = pick.choice(("td", "td", "td", "th"))
            content = "16cd e73d b6ad 1855" if "digest" in kind else _inline(pick, 0, 30, marks=False)
            cells.append(f"<{tag}{kind}{f' colspan={chr(34)}2{chr(34)}' if span > 1 else ''}>{content}</{tag}>")
            column += span
        rows.append(f"<tr{pick.choice(('', '', ' class=sum'))}>{''.join(cells)}</tr>")
    head = (
        f"<thead><tr>{''.join(f'<th>{phrase(pick, 2, 6)}</th>' for _ in shares)}</tr></thead>"
        if pick.random() < 0.7
        else ""
    )
    caption = f"<caption>{phrase(pick, 4, 20)}</caption>" if pick.random() < 0.3 else ""
    kind = pick.choice(("", "", ' class="form"', ' class="points"'))
    return f"<table{kind}>{caption}<colgroup>{shown}</colgroup>{head}<tbody>{''.join(rows)}</tbody></table>"


def _block(pick: random.Random) -> str:
    dice = pick.random()
    if dice < 0.4:
        return f"<p{pick.choice(('', '', ' class=flush', ' class=note', ' class=lead'))}>{_inline(pick, 5, 220)}</p>"
    if dice < 0.55:
        level = pick.choice(("h1", "h2", "h2", "h3"))
        return f"<{level}>{phrase(pick, 3, 18)}</{level}>"
    if dice < 0.85:
        return _table(pick)
    if dice < 0.9:
        return f"<ul>{''.join(f'<li>{_inline(pick, 4, 90)}</li>' for _ in range(pick.randint(1, 5)))}</ul>"
    if dice < 0.95:
        return f'<div class="framed"><p>{_inline(pick, 5, 90)}</p><p>{_inline(pick, 5, 40)}</p></div>'
    boxes = "".join(f"<div><b>{phrase(pick, 2, 6)}</b>{phrase(pick, 2, 30)}</div>" for _ in range(pick.randint(2, 3)))
    return f'<div class="three">{boxes}</div>'


def _style(pick: random.Random) -> str:
    size = pick.choice((9, 10.5, 11.5, 12, 14))
    leading = pick.choice((1.3, 1.45, 1.5, 1.75))
    return (
        f"@page {{ margin: {pick.randint(15, 30)}mm {pick.randint(16, 26)}mm {pick.randint(16, 26)}mm }} "
        # Spaces are widened by other roundings where lines are justified.
        f"body {{ text-align: left }} html {{ font-size: {size}pt; line-height: {leading} }} table {{ font-size: {pick.choice((8, 9.5, 10.5))}pt }} "
        f"th, td {{ padding: {pick.choice(('.8mm 1.6mm', '1.3mm 1.8mm', '2mm'))} }} "
        f"table {{ margin: {pick.choice(('1mm 0 3mm', '2mm 0 4mm', '0'))} }} ul {{ margin: 0; padding-left: 1.6em; text-align: left }} "
        f".mark {{ font: 9pt/{pick.choice(('1.4', '2'))} var(--hei); color: #b01818 }} "
        f".framed {{ border: .8pt solid #000; padding: 2mm 4mm; margin-top: {pick.choice((0, 2, 5))}mm; break-inside: avoid }} "
        "a { color: #1a4480; text-decoration: none } .three { display: flex; gap: 4mm } .three div { flex: 1; border: .6pt solid #888; padding: 2mm 3mm } "
        ".three b { font: 12pt var(--hei); display: block } .three div { text-align: left } "
        ".points { border-collapse: separate; border-spacing: 0 } .points td { border: none; border-bottom: .3pt solid #ccc } "
        f"p, td, li, div {{ {pick.choice(('', '', 'text-align: right'))} }}"
    )


def page(seed: int) -> str:
    """The HTML of a random page or several; the same seed gives the same text."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    blocks = "\n".join(_block(pick) for _ in range(pick.randint(3, 16)))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{seed}</title>'
        f"<style>{_style(pick)}</style></head><body>\n{blocks}\n</body></html>"
    )
