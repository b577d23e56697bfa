"""The measures of GB/T 9704-2012 (clause in brackets) and of GB/T 33476.2-2016, in millimetres unless said otherwise."""

from __future__ import annotations

from typing import Final

PT: Final = 25.4 / 72
"""A point."""

PAGE_WIDTH: Final = 210.0
PAGE_HEIGHT: Final = 297.0
LEFT: Final = 28.0  # 订口 (5.2.1)
TOP: Final = 37.0  # 天头 (5.2.1)
TEXT_WIDTH: Final = 156.0  # 版心 (5.2.1)
TEXT_HEIGHT: Final = 225.0
RIGHT: Final = LEFT + TEXT_WIDTH
BOTTOM: Final = TOP + TEXT_HEIGHT

LINES: Final = 22  # a page (5.2.3)
CHARACTERS: Final = 28  # a line (5.2.3)
PITCH: Final = 10.39  # from line to line (GB/T 33476.2: 29.45 pt)
CELL: Final = TEXT_WIDTH / CHARACTERS  # from character to character

BODY_PT: Final = 16.0  # 3号 (5.2.2)
TITLE_PT: Final = 22.0  # 2号 (7.3.1)
SMALL_PT: Final = 14.0  # 4号: 版记, 页码 (7.4, 7.5)
TABLE_PT: Final = 12.0  # 小四: tables of annexes
EM: Final = BODY_PT * PT
GAP: Final = PITCH - EM  # between the characters of two lines
TITLE_PITCH: Final = 12.35  # 35 pt

MARK_TOP: Final = TOP + 35.0  # 发文机关标志 below 版心's upper edge (7.2.4)
MARK_LARGEST_PT: Final = 52.0
MARK_SMALLEST_PT: Final = 22.0
LETTER_MARK_TOP: Final = 30.0  # 信函格式: below the page's upper edge (10.1)
RULE_BELOW_NUMBER: Final = 4.0  # (7.2.7)
RED_RULE: Final = 0.7
LETTER_RULE_WIDTH: Final = 170.0  # (10.1)
LETTER_RULE_FOOT: Final = 20.0  # above the page's lower edge (10.1)
THICK: Final = 0.9
THIN: Final = 0.3

IMPRINT_THICK: Final = 0.35  # 版记's first and last rule (7.4.1)
IMPRINT_THIN: Final = 0.25
IMPRINT_PITCH: Final = 8.6

NUMBER_BELOW: Final = 7.0  # 页码's dashes below 版心's lower edge (7.5)
SEAL: Final = 42.0  # diameter of a public institution's seal
SEAL_DROP: Final = 5.0  # the seal's upper edge below the text: within one line (7.3.5.1)

INK: Final = 0.88
"""The part of an em that stands above the baseline in Chinese type."""

RED: Final = (0.86, 0.07, 0.07)
BLACK: Final = (0.0, 0.0, 0.0)
