"""Figures of even width, so that numbers below one another stand digit below digit.

The OpenType feature for them is `tnum`. Fonts drawn with even figures need none. Noto Serif CJK has uneven ones, has even
ones beside them, and shows these in Latin text only (feature `locl` of the script `latn`, where its kerning counts on
them): a number that stands alone in a cell, or among Chinese, has uneven ones, whatever it is asked for.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import uharfbuzz
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

TABULAR = "tnum"
_DIGITS = "0123456789"


def even_figures(font: uharfbuzz.Font) -> Mapping[int, int]:
    """For each glyph of a digit the glyph of even width in its stead; empty where there is none, or none is needed."""
    plain = [font.get_nominal_glyph(ord(digit)) or 0 for digit in _DIGITS]
    if 0 in plain or len({font.get_glyph_h_advance(glyph) for glyph in plain}) == 1:
        return {}
    for features in ({TABULAR: True}, {}):
        found = [_shown(font, digit, features) for digit in _DIGITS]
        if 0 not in found and len(set(found)) == 10 and len({font.get_glyph_h_advance(glyph) for glyph in found}) == 1:
            return dict(zip(plain, found, strict=True))
    return {}


def _shown(font: uharfbuzz.Font, digit: str, features: Mapping[str, bool]) -> int:
    """The glyph of a digit in Latin text; 0 where it is not a glyph alone in its place."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(digit)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "en"
    uharfbuzz.shape(font, buffer, dict(features))
    (info, *more), (position, *_) = buffer.glyph_infos, buffer.glyph_positions
    return 0 if more or position.x_offset or position.y_offset else int(info.codepoint)


def with_tabular_feature(data: bytes) -> bytes:
    """A font file that answers to `tnum`: the same bytes where it does already, or has no even figures to show."""
    face = uharfbuzz.Face(uharfbuzz.Blob(data))
    swaps = even_figures(uharfbuzz.Font(face))
    if not swaps or "GSUB" not in face.table_tags:
        return data
    font = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    table = font["GSUB"].table
    if any(record.FeatureTag == TABULAR for record in table.FeatureList.FeatureRecord):
        return data
    names = font.getGlyphOrder()
    _add_feature(table, {names[plain]: names[even] for plain, even in swaps.items()})
    result = io.BytesIO()
    font.save(result, reorderTables=None)
    return result.getvalue()


def _add_feature(table: otTables.GSUB, mapping: Mapping[str, str]) -> None:
    """Give every script and language of a substitution table the feature, as its last lookup."""
    swap = otTables.SingleSubst()
    swap.mapping = dict(mapping)
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [swap], 1
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = TABULAR, otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex, record.Feature.LookupCount = [table.LookupList.LookupCount - 1], 1
    before = table.FeatureList.FeatureRecord
    # Features are sorted by tag: the ones behind the new one move up.
    place = sum(other.FeatureTag <= TABULAR for other in before)
    before.insert(place, record)
    table.FeatureList.FeatureCount = len(before)
    for script in table.ScriptList.ScriptRecord:
        languages = [found.LangSys for found in script.Script.LangSysRecord]
        if script.Script.DefaultLangSys:
            languages.append(script.Script.DefaultLangSys)
        for language in languages:
            moved = [index + (index >= place) for index in language.FeatureIndex]
            language.FeatureIndex = sorted([*moved, place])
            language.FeatureCount = len(language.FeatureIndex)
            if language.ReqFeatureIndex != 0xFFFF:
                language.ReqFeatureIndex += language.ReqFeatureIndex >= place
