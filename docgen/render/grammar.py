"""Checks each tag of a template on its own, and explains in Chinese what is wrong with it."""

from __future__ import annotations

import re

import jinja2
from jinja2 import nodes

from docgen.errors import TemplateProblem

from .nearness import nearest
from .tags import Tag, shorten

ENDINGS = {
    "for": "endfor",
    "if": "endif",
    "macro": "endmacro",
    "call": "endcall",
    "filter": "endfilter",
    "with": "endwith",
    "autoescape": "endautoescape",
    "block": "endblock",
    "set": "endset",
}
"""What opens a stretch → what closes it; `set` only where it has no =."""

CELL_TAGS = {"colspan": True, "cellbg": True, "vm": False, "hm": False}
"""Tags about the cell that they stand in → whether an expression follows."""

_MIDDLE = {"else", "elif"}
_SINGLE = {"set", "include", "import", "from", "extends", "do", "break", "continue", "debug"}
_OTHER_FILES = frozenset({"include", "import", "from", "extends"})
_MEANT = {"end": "endfor 或 endif", "elseif": "elif", "elsif": "elif", "foreach": "for", "endforeach": "endfor"}
_WIDE = {
    "，": ",",
    "。": ".",
    "：": ":",
    "（": "(",
    "）": ")",
    "｜": "|",
    "＝": "=",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TAKEN_FOR_TAG = frozenset({"tr", "tc", "p", "r"})


def opens(tag: Tag) -> bool:
    """Whether the tag opens a stretch that another one must close."""
    return tag.keyword in ENDINGS and not (tag.keyword == "set" and "=" in tag.body)


def closes(tag: Tag) -> bool:
    """Whether the tag closes one."""
    return tag.keyword in ENDINGS.values()


def syntax_problems(tag: Tag, environment: jinja2.Environment, *, word: bool) -> list[TemplateProblem]:
    """What is wrong within one tag: an unknown word, an expression that cannot be read, an unknown filter."""
    keyword, body = tag.keyword, tag.body
    if tag.opening == "{%":
        if found := _wrong_word(tag, environment, word=word):
            return [found]
        if ((closes(tag) and keyword != "endblock") or keyword == "else") and body != keyword:
            return [_after_keyword(tag)]
        if closes(tag) or keyword == "else":
            return []
    elif not body:
        return [tag.problem(f"“{tag.text}”里面是空的。", "在两层花括号中间写上要填的变量，例如 {{ 院校.院校名称 }}。")]
    try:
        tree = environment.parse(_alone(tag))
    except jinja2.TemplateError as error:
        return [_explained(tag, str(error.message or error))]
    return [
        *_unknown(tag, tree, nodes.Filter, environment.filters),
        *_unknown(tag, tree, nodes.Test, environment.tests),
    ]


def written(tag: Tag) -> str:
    """The tag as plain Jinja, on one line; a tag about its cell gives its expression or nothing."""
    body = " ".join(tag.body.split("\n"))
    if tag.keyword in CELL_TAGS:
        return f"{{{{ {body[len(tag.keyword) :]} }}}}" if CELL_TAGS[tag.keyword] else ""
    return f"{{{{ {body} }}}}" if tag.opening == "{{" else f"{{% {body} %}}"


def _alone(tag: Tag) -> str:
    source = written(tag)
    if opens(tag):
        return f"{source}{{% {ENDINGS[tag.keyword]} %}}"
    return f"{{% if 1 %}}{source}{{% endif %}}" if tag.keyword == "elif" else source


def _wrong_word(tag: Tag, environment: jinja2.Environment, *, word: bool) -> TemplateProblem | None:
    keyword = tag.keyword
    known = {*ENDINGS, *ENDINGS.values(), *_MIDDLE, *_SINGLE, *(CELL_TAGS if word else ())}
    known |= {name for extension in environment.extensions.values() for name in extension.tags}
    if word and keyword in _OTHER_FILES:
        return tag.problem(f"“{tag.text}”要引用别的文件，这里不可以。", "把内容直接写在这个模板里。")
    if keyword in known:
        return None
    if not tag.body:
        return tag.problem("“{% %}”里面是空的。", "写上 for、if 等，或者删去这个标签。")
    if word and keyword in _TAKEN_FOR_TAG:
        right = f"{{%{tag.body} %}}"
        return tag.problem(f"“{tag.text}”的 {{% 和 {keyword} 之间不能有空格。", f"写成 {shorten(right)}。")
    if keyword in _TAKEN_FOR_TAG:
        return tag.problem(f"“{tag.text}”只能用在 Word 模板里。", f"去掉 {keyword}。")
    meant = _MEANT.get(keyword) or next(iter(nearest(keyword, known)), "")
    hint = f"您是不是要写 {meant}？" if meant else "要填入变量，请写成 {{ … }}；循环写 for，条件写 if。"
    return tag.problem(f"“{tag.text}”里的“{keyword or shorten(tag.body, 12)}”不是模板认识的词。", hint)


def _after_keyword(tag: Tag) -> TemplateProblem:
    if tag.keyword == "else" and re.match(r"else\s+if\b", tag.body):
        return tag.problem(f"“{tag.text}”的写法有误。", "“否则如果”写成 elif。")
    return tag.problem(f"“{tag.text}”在 {tag.keyword} 后面还有别的字。", f"只写 {{%{tag.scope} {tag.keyword} %}}。")


def _unknown(tag: Tag, tree: nodes.Template, kind: type[nodes.Expr], known: object) -> list[TemplateProblem]:
    names = list(known) if isinstance(known, dict) else []
    what = "过滤器" if kind is nodes.Filter else "判断"
    result = []
    for node in tree.find_all(kind):
        name = str(getattr(node, "name", ""))
        if name in names:
            continue
        near = nearest(name, names)
        listed = "、".join(sorted(item for item in names if not item.isascii()))
        hint = f"您是不是要写 {near[0]}？" if near else f"中文名称的有：{listed}。" if kind is nodes.Filter else ""
        result.append(tag.problem(f"“{tag.text}”用了不存在的{what}“{name}”。", hint))
    return result


def _explained(tag: Tag, message: str) -> TemplateProblem:
    """Jinja's complaint about one tag, in words for someone who is no programmer."""
    bare = _QUOTED.sub("", tag.body)
    wide = next((character for character in bare if character in _WIDE), "")
    if wide:
        return tag.problem(f"“{tag.text}”里有中文标点“{wide}”。", f"标签里的标点要用英文半角的 {_WIDE[wide]} 。")
    if bare.count('"') or bare.count("'"):
        return tag.problem(f"“{tag.text}”里的引号没有成对。", "补上缺的引号。")
    for left, right in ("()", "[]", "{}"):
        if bare.count(left) != bare.count(right):
            return tag.problem(f"“{tag.text}”里的括号 {left} {right} 没有成对。", "补上缺的括号，或删去多余的。")
    if tag.keyword == "for" and not re.match(r"for\s+\S.*?\sin\s+\S", tag.body):
        return tag.problem(
            f"“{tag.text}”的循环写法有误。", "写成 for 行 in 教师 的样子：名字、in、一张表，中间都空一格。"
        )
    if tag.keyword in ("if", "elif") and re.search(r"(?<![=!<>])=(?!=)", bare):
        return tag.problem(f"“{tag.text}”用一个等号比较。", "比较是否相等要用两个等号 ==。")
    if tag.keyword in ("if", "elif") and tag.body == tag.keyword:
        return tag.problem(f"“{tag.text}”没有写条件。", "在 if 后面写上条件，例如 if 草稿。")
    name = f"{tag.opening}{tag.scope}"
    if re.search(r"[\w)\]]\s+[\w(]", bare.removeprefix(tag.keyword).strip()) and tag.opening == "{{":
        return tag.problem(
            f"“{tag.text}”的变量名中间有空格，或者两个名字连在一起写。", "一对 {{ }} 里只写一个变量，中间不空格。"
        )
    if re.search(r"\.\s*(\||$)", bare) or ".." in bare:
        return tag.problem(f"“{tag.text}”里的点“.”后面缺少名字。", "补上名字，例如 院校.院校名称，或删去这个点。")
    if re.search(r"\|\s*(\||$)", bare):
        return tag.problem(f"“{tag.text}”里的竖线“|”后面缺少过滤器。", "补上过滤器的名字，或删去竖线。")
    return tag.problem(
        f"“{tag.text}”的写法有误，{_reason(message)}。",
        f"对照 docgen 自带模板里的 {name} … 改正，或用 docgen templates fields 查看变量的写法。",
    )


def _reason(message: str) -> str:
    patterns = (
        (r"unexpected char (.+) at", "有不认识的字符 {}"),
        (r"unexpected '(.+)'", "多了“{}”"),
        (r"got '(.+)'", "在“{}”的地方读不懂"),
        (r"expected token '(.+?)'", "缺少“{}”"),
        (r"[Uu]nexpected end|end of", "没有写完"),
    )
    for pattern, words in patterns:
        if found := re.search(pattern, message):
            return words.format(*found.groups())
    return "读不懂"
