"""How precise the proofreader is, and what it finds: run `python benchmarks/bench_typos.py`.

Three measures, on texts that were not used for making the list of confusable words:

1. alarms on the Chinese texts of this repository and on texts/prose_clean.txt as they are;
2. slips planted into texts/prose_clean.txt by rules that know nothing of the list: a character for another of the same
   sound or shape, a doubled word, punctuation, brackets, digits, dates, placeholders; found, missed, false alarms by kind;
3. time, for a workbook of 20,000 rows.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from common import machine
from prose_texts import repository_texts

from docgen.prose import NameList, Slip, marked, proofread
from docgen.prose.alike import sounds

CLEAN = Path(__file__).parent / "texts" / "prose_clean.txt"
SHAPES = dict(
    zip(
        "己未模术拨候环货载辨辑竞练检纪励渐概锋贴籍段级析科准掌列测躁蓝谦治扬域遍培涯复幅徒第日人令住型代低场技板",
        "已末摸木拔侯坏贷栽辩缉竟炼捡记厉惭慨峰帖藉断极折料淮撑例侧燥篮歉冶杨城偏陪崖覆辐陡弟曰入今往形伐底扬枝扳",
        strict=True,
    )
)
OFTEN = frozenset("的一是在有和与了不这中大为上个学生要以时地年会可对我也能下过子说得出用部们到作多现成分方于")
HAN = re.compile("[\u4e00-\u9fff]")
Planter = Callable[[str, random.Random], tuple[str, int, int] | None]


def main() -> None:
    """Print the three measures."""
    print(machine())
    clean = CLEAN.read_text("utf-8").split("\n")[:-1]
    natural(clean)
    planted(clean)
    speed(clean)


def natural(clean: list[str]) -> None:
    """Alarms on texts as they are. Words that the documentation shows as examples of leftovers are counted apart."""
    texts = [*repository_texts(), *(("texts/prose_clean.txt", line) for line in clean)]
    names = NameList({text for where, text in texts if "catalogue" in where and len(text) < 20})
    print(f"\n1. {len(texts)} texts, {sum(len(text) for _, text in texts)} characters as they are\n")
    count: Counter[str] = Counter()
    for where, text in texts:
        for slip in proofread(text, names):
            count[slip.kind.value] += 1
            print(f"   {where}: {marked(text, slip)}")
    print(f"\n   alarms: {sum(count.values())} {dict(count)}")


def planted(clean: list[str]) -> None:
    """One slip into each line, each planter in turn; what is found of it, and what else is told."""
    rng = random.Random(20211231)
    print(
        "\n2. planted slips\n\n| kind | planted | found | recall | right suggestion | false alarms |\n|---|---:|---:|---:|---:|---:|"
    )
    total: Counter[str] = Counter()
    for kind, planter, most in PLANTERS:
        count: Counter[str] = Counter()
        for line in clean:
            made = planter(line, rng) if count["planted"] < most else None
            if made is None:
                continue
            text, start, end = made
            slips = proofread(text)
            hits = [slip for slip in slips if slip.start < end and start < slip.end]
            count["planted"] += 1
            count["found"] += bool(hits)
            count["right"] += any(_mended(text, slip) == line for slip in hits)
            count["false"] += len(slips) - len(hits)
        total.update(count)
        _row(kind, count)
    _row("all", total)
    told = total["found"] + total["false"]
    print(f"\n   precision {total['found'] / told:.3f} ({told} told)")


def _row(kind: str, count: Counter[str]) -> None:
    recall = count["found"] / max(count["planted"], 1)
    print(f"| {kind} | {count['planted']} | {count['found']} | {recall:.2f} | {count['right']} | {count['false']} |")


def _mended(text: str, slip: Slip) -> str:
    return text[: slip.start] + slip.suggestion + text[slip.end :]


def _put(line: str, start: int, end: int, wrong: str) -> tuple[str, int, int]:
    return line[:start] + wrong + line[end:], start, start + max(len(wrong), 1)


def same_sound(line: str, rng: random.Random) -> tuple[str, int, int] | None:
    """Any character by any other common one of the same syllable: harsher than what people and input methods do."""
    syllables = sounds()
    places = [place for place, one in enumerate(line) if one in syllables and one not in OFTEN]
    place = rng.choice(places)
    others = [one for one, sound in syllables.items() if sound == syllables[line[place]] and one != line[place]]
    return _put(line, place, place + 1, rng.choice(others)) if others else None


def same_shape(line: str, rng: random.Random) -> tuple[str, int, int] | None:
    """A character by one that looks like it."""
    places = [place for place, one in enumerate(line) if one in SHAPES]
    if not places:
        return None
    place = rng.choice(places)
    return _put(line, place, place + 1, SHAPES[line[place]])


def _at(pattern: str, wrong: str | Callable[[re.Match[str]], str]) -> Planter:
    def plant(line: str, rng: random.Random) -> tuple[str, int, int] | None:
        matches = list(re.finditer(pattern, line))
        if not matches:
            return None
        match = rng.choice(matches)
        return _put(line, match.start(), match.end(), wrong if isinstance(wrong, str) else wrong(match))

    return plant


def _appended(words: str) -> Planter:
    return lambda line, _: (line[:-1] + "，" + words + "。", len(line), len(line) + len(words))


PLANTERS: tuple[tuple[str, Planter, int], ...] = (
    ("same sound, any character", same_sound, 150),
    ("same shape", same_shape, 80),
    ("的的, 了了, 和和", _at("[的和在](?=[^的确和在])", lambda match: match.group() * 2), 40),
    ("doubled word", _at("已经|可以|能够|按照|由于|我们|进行|完成|开展|坚持", lambda match: match.group() * 2), 30),
    ("half-width comma", _at("，", ","), 30),
    ("doubled mark", _at("[，。]", lambda match: match.group() * 2), 30),
    ("comma before full stop", _at("。$", "，。"), 20),
    ("bracket without partner", _at("，", "（"), 20),
    ("quote without partner", _at("、", "”"), 20),
    ("day not in the calendar", _appended("时间为2021年2月30日"), 10),
    ("month not in the calendar", _appended("时间为2021年13月"), 10),
    ("year of two digits", _appended("于21年6月完成"), 10),
    ("letter in a number", _appended("共2O台"), 10),
    ("mixed digits", _appended("共２0台"), 10),
    ("unit twice", _appended("面积120㎡平方米"), 10),
    ("document number", _appended("见桂教职成[2021]15号文件"), 10),
    ("placeholder", _appended("联系人XXX"), 10),
    ("garbled", _appended("锟斤拷"), 10),
)


def speed(clean: list[str]) -> None:
    """20,000 rows: one short name, one text and one number each, as a rule asks them (each different text once)."""
    names = NameList({text for where, text in repository_texts() if "catalogue" in where and len(text) < 20})
    rng = random.Random(1)
    things = ("数控车床", "图形工作站", "绝缘手套", "交换机", "护理床", "实训台", "示波器", "机器人工作站")
    rows = [f"{rng.choice(things)}{number % 5000}" for number in range(20_000)]
    cells = [*rows, *clean, *(f"第{number}号实训室" for number in range(300))]
    proofread(clean[0], names)
    start = time.perf_counter()
    for text in dict.fromkeys(cells):
        proofread(text, names)
    spent = time.perf_counter() - start
    print(f"\n3. {len(cells)} cells, {len(set(cells))} different: {spent:.2f} s; {len(names.names)} names")


if __name__ == "__main__":
    main()
