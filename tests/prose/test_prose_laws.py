"""Laws of the proofreader that hold for any text."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.prose import NameList, proofread
from docgen.prose.lexicon import entries
from docgen.prose.proofreading import _phrases

PHRASES = sorted(_phrases().names)
RIGHT = sorted({entry.right for entry in entries()})
EXAMPLES = [entry.example for entry in entries()]
NAMES = NameList(["桂岭职业技术学院", "工业机器人应用编程"])


@given(st.lists(st.sampled_from(PHRASES + RIGHT), max_size=12))
@settings(max_examples=60)
def test_text_of_right_words_has_no_slip(words):
    assert proofread("、".join(words), NAMES) == ()


@given(st.sampled_from(EXAMPLES), st.lists(st.sampled_from(PHRASES), max_size=5))
@settings(max_examples=60)
def test_what_stands_before_only_shifts_the_places(example, before):
    prefix = "".join(f"{word}。" for word in before)
    moved = tuple(
        replace(slip, start=slip.start + len(prefix), end=slip.end + len(prefix)) for slip in proofread(example)
    )
    assert proofread(prefix + example) == moved


@given(st.text(alphabet="布署部的，。（）“”()[]〔〕2021年月日XＸ２台 \n某待定技木术学院桂岭职业", max_size=60))
@settings(max_examples=150)
def test_any_text_gives_slips_in_order_that_quote_it(text):
    slips = proofread(text, NAMES)
    assert all(text[slip.start : slip.end] == slip.found and slip.found for slip in slips)
    assert all(one.end <= other.start for one, other in pairwise(slips))
    assert slips == proofread(text, NAMES)


@given(st.sampled_from(EXAMPLES))
@settings(max_examples=40)
def test_whole_text_in_the_glossary_is_silent(example):
    assert proofread(example, glossary=(example,)) == ()
