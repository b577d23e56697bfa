"""What is proved of a template: that its render is XML whatever the data, and where that cannot be told."""

from xml.parsers import expat

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.render.word.proof import is_always_xml

PROVED = [
    "<p>{{ a }}</p>",
    "<p>{% if a %}<r/>{% elif b %}甲{% else %}<r>{{ a }}</r>{% endif %}</p>",
    "<p>{% for x in a %}<r><t>{{ x }}</t></r>{% else %}<r/>{% endfor %}</p>",
    '<p><v a="{% if a %}restart{% else %}{{ b }}{% endif %}"/>{% set n = 1 %}</p>',
    "<p>{% for x in a %}{% if x %}<r>{% for y in a %}<t/>{% endfor %}</r>{% endif %}{% endfor %}</p>",
]
UNPROVED = {
    "a tag that only one branch closes": "<p><r>{% if a %}</r>{% endif %}</p>",
    "a loop that closes more than it opens": "<p>{% for x in a %}</p><p>{% endfor %}</p>",
    "a value for a tag": "<p><{{ a }}/></p>",
    "a value for an attribute": "<p {{ a }}/>",
    "a value in a comment": "<p><!-- {{ a }} --></p>",
    "a value outside of everything": "{{ a }}<p/>",
    "an attribute that a condition brings": '<p {% if a %}b="1"{% endif %}/>',
    "a quote that a condition brings": '<p a="{% if a %}" b="{% endif %}"/>',
    "a filter over XML": "<p>{% filter upper %}<r/>{% endfilter %}</p>",
    "a macro": "<p>{% macro m() %}<r/>{% endmacro %}{{ m() }}</p>",
    "a block of text": "<p>{% set x %}<r/>{% endset %}{{ x }}</p>",
}


@pytest.mark.parametrize("source", PROVED)
def test_proved(source: str) -> None:
    assert is_always_xml(jinja2.Environment(autoescape=True).parse(source))


@pytest.mark.parametrize("case", UNPROVED)
def test_not_proved(case: str) -> None:
    assert not is_always_xml(jinja2.Environment(autoescape=True).parse(UNPROVED[case]))


pieces = st.sampled_from(
    [
        "<r>",
        "</r>",
        "<t/>",
        "甲",
        "{{ a }}",
        '<v w="',
        '"/>',
        "{% if a %}",
        "{% else %}",
        "{% endif %}",
        "{% for x in b %}",
        "{% endfor %}",
    ]
)


@given(st.lists(pieces, max_size=10), st.sampled_from(["", "<&\"'>", "乙"]), st.integers(0, 3))
@settings(max_examples=400, deadline=None)
def test_what_is_proved_is_xml(parts: list[str], value: str, rounds: int) -> None:
    environment = jinja2.Environment(autoescape=True)
    source = f"<p>{''.join(parts)}</p>"
    try:
        tree = environment.parse(source)
    except jinja2.TemplateSyntaxError:
        return
    if is_always_xml(tree):
        rendered = environment.from_string(source).render(a=value, b=range(rounds))
        assert expat.ParserCreate().Parse(rendered.encode(), True) == 1
