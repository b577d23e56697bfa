"""Whether Word opens a document as it is: each part by itself, and what the parts of the package must agree on.

A rendered part is read by a parser in any case. `needs_deep_check` says once for each template whether more can go wrong
than that; only then are the parts gone through element by element (`finish`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from docgen.errors import InputError, TemplateError, TemplateProblem

from . import merging, repairs, typography
from .merging import W
from .structure import Problem, place_of, problems_in

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STORY = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_MAIN = re.compile(r"word/document\d*\.xml")
_NOTES = {
    "footnoteReference": ("word/footnotes.xml", "footnote", "脚注"),
    "endnoteReference": ("word/endnotes.xml", "endnote", "尾注"),
    "commentReference": ("word/comments.xml", "comment", "批注"),
}
_MOST_TOLD = 100
_ONLY_IN_CELLS = "“合并”“横并”只能写在表格的单元格里。"
_AFTER_TEXT = re.compile(r"<w:(?<=[^>\s]<w:)(?:r|p|tbl|hyperlink)[ >]")
_IN_TEXT = re.compile(r"<w:t(?: [^>]*)?><w:(?:r|p|tbl|hyperlink)[ >]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def needs_deep_check(source: str) -> bool:
    """Whether what a template's source renders to has to go through `finish`; asked once, when it is compiled."""
    return merging.needed(source) or repairs.may_be_needed(source)


def prepare(source: str, *, chinese: bool) -> str:
    """A template's patched source, made ready to compile: its tables of contents marked, hints set where it is Chinese.

    Where `needs_deep_check` says so, tables with column loops get marks that `finish` takes out.
    """
    source, _ = typography.mark_contents(source)
    if chinese:
        source = typography.hint_values(source)
    return repairs.prepare(source) if needs_deep_check(source) else source


def is_misplaced(xml: str) -> bool:
    """Whether a run, paragraph or table stands right in a text: what `{{ 变量 }}` makes of a value meant for `{{r 变量 }}`."""
    return _AFTER_TEXT.search(xml) is not None or _IN_TEXT.search(xml) is not None


def finish(part: str, xml: str | bytes, document: str = "") -> bytes:
    """A rendered part, its marked cells merged, repaired, and checked. `document` is named in messages.

    Raises TemplateError that lists, with their places, the problems for which Word would refuse the file.
    """
    root = _parse(part, xml, document)
    grave = [
        TemplateProblem(part, place_of(element), "", _ONLY_IN_CELLS, "把标签移到单元格里，或者去掉“| 合并”。")
        for element in merging.merge(root)
    ]
    repairs.repair(root)
    grave += [
        TemplateProblem(part, problem.place, "", f"{problem.message}，Word 会打不开这份文件。", problem.hint)
        for problem in islice(problems_in(part, root, only_grave=True), _MOST_TOLD)
    ]
    if grave:
        raise TemplateError(document or part, grave)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _parse(part: str, xml: str | bytes, document: str) -> etree._Element:
    content = xml.encode() if isinstance(xml, str) else xml
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{document or part}（{part}）套用数据后不成一个完整的 Word 文档，没有写出。",
            "检查模板：图片写成 {{ 名称 }}，带格式的文字写成 {{r 名称 }}，插入的文档单独占一段写成 {{p 名称 }}；"
            "行、段落标签（{%tr %}、{%p %}）要成对。",
        ) from error


def check(package: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Everything wrong with a document, given as member names and their bytes: part by part, then between the parts."""
    roots: dict[str, etree._Element] = {}
    problems: list[Problem] = []
    for name in sorted(package):
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            roots[name] = etree.fromstring(package[name], _parser())
        except etree.XMLSyntaxError as error:
            problems.append(Problem(name, f"文件内部的 {name}", _why_unreadable(package[name], error)))
    for name, root in roots.items():
        if _STORY.fullmatch(name):
            problems += problems_in(name, root)
            problems += _relationships_used(name, root, roots)
    problems += [*_content_types(package, roots), *_targets(package, roots), *_notes(roots), *_numberings(roots)]
    return tuple(problems)


def template_warnings(package: Mapping[str, bytes]) -> list[TemplateProblem]:
    """What Word would refuse in a template as it is, and what will look otherwise than meant; for lint."""
    found = [problem for problem in check(package) if problem.grave]
    for name in filter(_STORY.fullmatch, sorted(package)):
        try:
            found += typography.advice(name, etree.fromstring(package[name], _parser()))
        except etree.XMLSyntaxError:
            continue  # told by `check`
    return [TemplateProblem(one.part, one.place, "", f"{one.message}。", one.hint, "warning") for one in found]


def _why_unreadable(content: bytes, error: etree.XMLSyntaxError) -> str:
    text = content.decode("utf-8", "replace")
    if found := _FORBIDDEN.search(text):
        before = text[: found.start()].rpartition(">")[2][-20:]
        return f"有不允许的控制字符（U+{ord(found[0]):04X}），在“{before}”之后"
    return f"不是合法的 XML：{error}"


def _relationships_of(name: str, roots: Mapping[str, etree._Element]) -> dict[str, etree._Element]:
    folder, file = posixpath.split(name)
    found = roots.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    return {} if found is None else {one.get("Id", ""): one for one in found.iter(f"{_RELS}Relationship")}


def _relationships_used(name: str, root: etree._Element, roots: Mapping[str, etree._Element]) -> Iterator[Problem]:
    known = _relationships_of(name, roots)
    for element in root.iter("*"):
        for attribute, value in ((str(key), str(said)) for key, said in element.items()):
            if attribute.startswith(_R) and value and value not in known:
                message = f"引用的内容（{value}）不在文件里"
                yield Problem(name, place_of(element), message, "删去这里的图片或链接，重新插入。")


def _targets(package: Mapping[str, bytes], roots: Mapping[str, etree._Element]) -> Iterator[Problem]:
    """Relationships to parts that are not there. A missing picture (Target="NULL", as WPS leaves it) shows as a cross."""
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in root.iter(f"{_RELS}Relationship"):
            target = one.get("Target", "")
            if one.get("TargetMode") == "External" or target.startswith("#"):
                continue
            path = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            if path not in package:
                picture = one.get("Type", "").endswith("/image")
                message = f"引用了文件里没有的内容 {target}"
                yield Problem(name, f"文件内部的 {name}", message, "用 Word 打开后另存一份。", not picture)


def _content_types(package: Mapping[str, bytes], roots: Mapping[str, etree._Element]) -> Iterator[Problem]:
    types = roots.get("[Content_Types].xml")
    if types is None:
        yield Problem("[Content_Types].xml", "整个文件", "缺少内容类型表，不是 Word 文档", "用 Word 另存为 .docx。")
        return
    endings = {one.get("Extension", "").lower() for one in types.iter(f"{_TYPES}Default")}
    parts = {one.get("PartName", "").lower() for one in types.iter(f"{_TYPES}Override")}
    for name in sorted(package):
        ending = name.rpartition(".")[2].lower()
        typed = ending in endings or f"/{name}".lower() in parts
        if not typed and name != "[Content_Types].xml" and not name.endswith("/"):
            yield Problem(name, f"文件内部的 {name}", "没有登记内容类型", "用 Word 打开后另存一份。")


def _notes(roots: Mapping[str, etree._Element]) -> Iterator[Problem]:
    for tag, (part, element, words) in _NOTES.items():
        holder = roots.get(part)
        known = set() if holder is None else {one.get(f"{W}id") for one in holder.iter(f"{W}{element}")}
        for name, reference in _in_documents(roots, tag):
            if reference.get(f"{W}id") not in known:
                yield Problem(name, place_of(reference), f"引用的{words}不在文件里", f"删去这个{words}，重新插入。")


def _numberings(roots: Mapping[str, etree._Element]) -> Iterator[Problem]:
    numbering = roots.get("word/numbering.xml")
    known = {"0"} if numbering is None else {"0", *(one.get(f"{W}numId", "") for one in numbering.iter(f"{W}num"))}
    for name, number in _in_documents(roots, "numId"):
        if (value := number.get(f"{W}val", "")) not in known:
            message = f"自动编号（{value}）没有定义"
            yield Problem(name, place_of(number), message, "重新设置这一段的编号。", False)


def _in_documents(roots: Mapping[str, etree._Element], tag: str) -> Iterator[tuple[str, etree._Element]]:
    """Every element of that name in the main part, which some programs call document2.xml."""
    for name, root in roots.items():
        if _MAIN.fullmatch(name):
            yield from ((name, element) for element in root.iter(f"{W}{tag}"))
