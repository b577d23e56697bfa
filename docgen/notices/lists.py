"""汇总.xlsx, the send list and the list of accounts, as plain workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docgen.model.records import CertificateLevel, SchoolType
from docgen.model.review import Decision, Review
from docgen.model.text import fold
from docgen.render.lists_xlsx import ListSheet, Value, lists_workbook

from .accounts import Way, account_of
from .figures import Totals, by_school, grouped, totals

_SUMS = ("申报项数", "批准项数", "同意", "调整", "不同意", "退回修改", "申报人数", "批准人数", "批准率")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one school: its zip, the files in it, the draft of the mail ("" without an address), and a remark.

    A school with a document that is still marked 草稿 has neither zip nor mail: such a document must not go out.
    """

    school: str
    contact: str
    phone: str
    mail: str
    archive: str
    files: tuple[str, ...]
    draft: str
    remark: str = ""


def _sums(found: Totals, schools: bool) -> tuple[Value, ...]:
    """The sums of a row; `schools` puts how many schools there are before them."""
    share = found.persons_granted / found.persons_applied if found.persons_applied else None
    return (
        *((found.schools,) if schools else ()),
        found.rows,
        found.granted,
        found.approved,
        found.adjusted,
        found.refused,
        found.returned,
        found.persons_applied,
        found.persons_granted,
        share,
    )


def _summary(
    name: str,
    heads: tuple[str, ...],
    groups: Iterable[tuple[tuple[str, ...], Sequence[Decision]]],
    portrait: bool = False,
) -> ListSheet:
    found = [(head, list(rows)) for head, rows in groups if rows]
    schools = "院校名称" not in heads
    rows = [(number, *head, *_sums(totals(part), schools)) for number, (head, part) in enumerate(found, 1)]
    whole = totals(row for _, part in found for row in part)
    last = ("合计", *("" for _ in heads), *_sums(whole, schools))
    headers = ("序号", *heads, *(("院校数",) if schools else ()), *_SUMS)
    return ListSheet(name, headers, rows, last, ("批准率",), portrait)


def summary_workbook(review: Review) -> bytes:
    """汇总.xlsx: by school, certificate, level and type of school, and every decision."""
    schools = {fold(school.name): school for school in review.schools}
    results = by_school(review)
    decisions = [row for rows in results.values() for row in rows]

    def code(name: str) -> str:
        found = schools.get(fold(name))
        return found.code if found else ""

    def kind(name: str) -> str:
        found = schools.get(fold(name))
        return str(found.type or "") if found else ""

    certificates = sorted(grouped(decisions, lambda row: (row.certificate, row.level)).items(), key=_by_certificate)
    sheets = [
        _summary("按院校", ("院校名称", "院校代码", "院校类型"), (((name, code(name), kind(name)), rows) for name, rows in results.items())),
        _summary("按证书", ("证书名称", "等级"), (((name, level or ""), rows) for (name, level), rows in certificates)),
        _summary("按等级", ("等级",), _split(decisions, [*CertificateLevel, None], lambda row: row.level)),
        _summary("按院校类型", ("院校类型",), _split(decisions, [*SchoolType, None], lambda row: kind(row.school) or None)),
        _details(decisions, code, kind),
    ]  # fmt: skip
    return lists_workbook("1+X证书制度试点评审结果汇总", sheets)


def _by_certificate(item: tuple[tuple[str, CertificateLevel | None], object]) -> tuple[str, int]:
    (name, level), _ = item
    return name, level.rank if level else 0


def _split(
    decisions: Sequence[Decision], values: Sequence[str | None], of: Callable[[Decision], str | None]
) -> list[tuple[tuple[str, ...], list[Decision]]]:
    return [((value or "（未填）",), [row for row in decisions if of(row) == value]) for value in values]


def _details(decisions: Sequence[Decision], code: Callable[[str], str], kind: Callable[[str], str]) -> ListSheet:
    headers = (
        "序号",
        "院校名称",
        "院校代码",
        "院校类型",
        "证书名称",
        "等级",
        "申报人数",
        "结论",
        "批准人数",
        "评审意见",
    )
    rows = [
        (
            number, row.school, code(row.school), kind(row.school), row.certificate, str(row.level or ""), row.applied,
            str(row.conclusion or ""), row.granted, row.opinion,
        )
        for number, row in enumerate(decisions, 1)
    ]  # fmt: skip
    sums = totals(decisions)
    return ListSheet(
        "明细", headers, rows, ("合计", "", "", "", "", "", sums.persons_applied, "", sums.persons_granted, "")
    )


def send_list(parcels: Sequence[Parcel]) -> bytes:
    """发送清单.xlsx: to whom which file goes."""
    headers = ("序号", "院校名称", "联系人", "手机号", "邮箱", "压缩包", "其中的文件", "邮件草稿", "备注")
    rows = [
        (
            number, one.school, one.contact, one.phone, one.mail, one.archive, "\n".join(one.files), one.draft,
            one.remark,
        )
        for number, one in enumerate(parcels, 1)
    ]  # fmt: skip
    return lists_workbook("发送清单", [ListSheet("发送清单", headers, rows)])


def account_list(review: Review) -> bytes:
    """账号开通名单.xlsx: what to enter into the system; apart, those that go by the department, and those to complete."""
    accounts = [account_of(request) for request in review.accounts]
    heads = ("序号", "院校代码", "院校名称", "院校类型", "中职星级", "联系人", "邮箱", "办理")
    todo = {
        Way.OPEN: ("可以开通", "秘书处在系统中录入，学校再注册"),
        Way.DEPARTMENT: ("先报教育厅", "二星级及以下中职：先向教育厅提交申请，审核同意后再录入"),
        Way.MEND: ("信息待补充", ""),
    }
    sheets = []
    for way, (name, action) in todo.items():
        chosen = [account for account in accounts if account.way is way]
        rows = [
            (
                number, one.request.code, one.request.name, str(one.request.type or ""), one.request.star_grade,
                one.request.contact, one.request.mail, action or "\n".join(one.lacking),
            )
            for number, one in enumerate(chosen, 1)
        ]  # fmt: skip
        sheets.append(ListSheet(name, heads, rows))
    return lists_workbook("账号开通名单", sheets)
