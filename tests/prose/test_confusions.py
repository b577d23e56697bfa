"""Every entry of the list is tried: its example is found, the mended example and the exceptions are silent."""

from collections import Counter
from importlib import resources

import pytest

from docgen.prose import SlipKind, marked, proofread
from docgen.prose.lexicon import by_beginning, entries

ENTRIES = entries()


def told(text: str) -> list[tuple[str, str]]:
    return [(slip.found, slip.suggestion) for slip in proofread(text)]


def test_list_has_at_least_450_entries_each_once():
    assert len(ENTRIES) >= 900
    assert [wrong for wrong, count in Counter(entry.wrong for entry in ENTRIES).items() if count > 1] == []
    assert all(entry.reason and entry.wrong != entry.right for entry in ENTRIES)
    assert {entry.kind for entry in ENTRIES} == {
        SlipKind.SOUND, SlipKind.SHAPE, SlipKind.EXTRA, SlipKind.MISSING, SlipKind.USAGE,
    }  # fmt: skip


def test_example_of_every_entry_is_found_and_mended():
    for entry in ENTRIES:
        assert entry.example.count(entry.wrong) == 1, entry.wrong
        slips = proofread(entry.example)
        assert len(slips) == 1, (entry.example, slips)
        slip = slips[0]
        mended = entry.example[: slip.start] + slip.suggestion + entry.example[slip.end :]
        assert mended == entry.example.replace(entry.wrong, entry.right)
        assert told(mended) == [], entry.right


def test_exceptions_of_every_entry_are_silent():
    for entry in ENTRIES:
        for context in entry.exceptions:
            if "[" in context:
                before, _, rest = context.partition("[")
                inside, _, after = rest.partition("]")
                texts = [(before + one + after).replace("~", entry.wrong) for one in inside]
            elif "~" in context:
                texts = [context.replace("~", entry.wrong)]
            else:
                texts = [f"{context}上{entry.wrong}"]
            for text in texts:
                assert (entry.wrong, entry.right) not in told(text), (entry.wrong, context)


@pytest.mark.parametrize(
    "text",
    [
        "按装配图施工", "姓名确认无误", "报名细则见附件", "完善长效机制", "直接授课", "甚至辞职", "张教授于2020年到校",
        "共同知晓", "供气车间", "相关健康知识", "下属名单", "痊愈期间", "审核新增名额", "平稳部署", "有校企合作基础",
        "目的的确立", "现在在校学生", "学期未结束", "自己经手的材料", "化学反应情况", "项目讲座落幕", "蚊帐单价",
        "培训完毕要及时总结", "不予备案", "长期未考核", "员工俱乐部", "以经济建设为中心", "是指教师同时具备两种资格",
    ],
)  # fmt: skip
def test_characters_that_meet_across_words_are_right(text):
    assert told(text) == []


def test_context_in_the_clause_decides():
    assert told("九月一日新生报道。") == [("新生报道", "新生报到")]
    assert told("媒体对新生报道称赞有加。") == []
    assert told("媒体到场，新生报道。") == [("新生报道", "新生报到")]


def test_longest_wrong_form_wins():
    assert told("通过登陆进行填报。") == [("登陆进行填报", "登录进行填报")]


def test_a_glossary_term_over_the_place_silences_it():
    text = "与“布署科技”公司合作，学校布署工作。"
    assert [slip.start for slip in proofread(text)] == [text.find("布署"), text.rfind("布署")]
    assert [slip.start for slip in proofread(text, glossary=("布署科技",))] == [text.rfind("布署")]


def test_place_is_shown_in_its_sentence():
    text = "学校领导十分重视。教务处于三月初按上级的要求布署了本年度的全部试点工作安排。"
    slip = proofread(text)[0]
    assert marked(text, slip, around=6) == "…按上级的要求【布署】（应为“部署”）了本年度的全…"


def test_data_files_are_part_of_the_package():
    folder = resources.files("docgen.prose")
    assert {"confusions.csv", "phrases.txt", "sounds.txt"} <= {file.name for file in folder.iterdir()}
    assert sum(map(len, by_beginning().values())) == len(ENTRIES)
