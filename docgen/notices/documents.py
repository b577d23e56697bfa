"""The review → the documents: narrated by the templates, with annexes, marked 草稿 where errors remain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docgen.findings import Evaluation
from docgen.model.official import Annex, Form, OfficialDocument
from docgen.model.review import Conclusion, Decision, NoticeInfo, Review, ReviewedSchool, date_of, written_date
from docgen.model.schema import ACCOUNTS, NOTICE, OFFICIAL_FORM, SCHOOLS
from docgen.model.schema.values import values_of
from docgen.model.source import Origin
from docgen.model.text import fold
from docgen.plan.names import distinct, safe_name
from docgen.render.narrative import NARRATIVE_NAME, narrate
from docgen.render.templates import find_template

from .accounts import Account, account_of
from .annexes import certificate_annex, figures_annex, result_annex, return_annex, school_annex, things_to_mend
from .carrying import account_data, decisions_data, notice_data
from .figures import granted_only, totals
from .records import Item

_LAST_NUMBER = re.compile(r"(\d+)(号?)$")
_DATES = ("成文日期", "印发日期", "试点截止日期", "修改截止日期")


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the documents of one review; `workspace` may hold templates of its own."""

    workspace: Path
    review: Review
    evaluation: Evaluation
    results: Mapping[str, list[Decision]] = field(default_factory=dict, repr=False)

    @property
    def notice(self) -> NoticeInfo:
        """The sheet 通知信息."""
        return self.review.notice

    def items(self) -> Iterator[Item]:
        """The general notice, then school by school its result, its return notice and the answer about its account."""
        if self.review.decisions:
            yield Item(safe_name(self.notice.title or "评审结果通知"), self.notice.title, "notice", self.general())
        schools = {fold(school.name): school for school in self.review.schools}
        results = self.results
        accounts = [account_of(request) for request in self.review.accounts]
        names = list(dict.fromkeys([*results, *(account.request.label for account in accounts)]))
        folders = distinct([safe_name(name, 40) for name in names])
        number = 0
        for name, file in zip(names, folders, strict=True):
            school = schools.get(fold(name)) or ReviewedSchool(Origin(), name)
            rows = results.get(name, ())
            if rows:
                document = self.school(school, rows, number)
                yield Item(f"院校通知/{file}-评审结果通知", f"{name}评审结果通知", "notice-school", document, name)
                number += 1
            returned = [row for row in rows if row.conclusion is Conclusion.RETURNED]
            if returned:
                document = self.returned(school, returned)
                yield Item(f"退回修改/{file}-退回修改通知", f"{name}退回修改通知", "notice-return", document, name)
            for place, account in enumerate(one for one in accounts if one.request.label == name):
                more = f"（{place + 1}）" if place else ""
                stem = f"账号开通/{file}-账号申请答复{more}"
                yield Item(stem, f"{name}账号申请答复", "notice-account", self.account(account), name)

    def _fields(self) -> dict[str, Any]:
        """What all narratives may use."""
        values = values_of(self.notice, NOTICE)
        for name in _DATES:
            values[name] = written_date(values[name])
        day = date_of(self.notice.date)
        return {"通知": values, "年度": str(day.year) if day else ""}

    def _told(self, kind: str, fields: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        folder = find_template(kind, self.workspace)
        return narrate(folder.file(NARRATIVE_NAME), {**self._fields(), **fields})

    def _draft(self, *schools: str) -> bool:
        """Whether an error keeps a document a draft: one about the whole, or about one of these schools (none: any)."""
        wanted = {fold(name) for name in schools}
        return any(
            finding.blocks and (not wanted or not finding.application or fold(finding.application) in wanted)
            for finding in self.evaluation.findings
        )

    def general(self) -> OfficialDocument:
        """通知 with its three annexes."""
        review, notice = self.review, self.notice
        decisions = [row for rows in self.results.values() for row in rows]
        points = [line.strip() for line in notice.points.split("\n") if line.strip()]
        told = self._told("notice", {"统计": totals(decisions).as_fields(), "要点": points})
        makers = (school_annex, certificate_annex, figures_annex)
        annexes = tuple(make(title, review) for make, title in zip(makers, told["附件"], strict=False))
        return OfficialDocument(
            Form.OFFICIAL,
            notice.title,
            told["正文"],
            notice.issuer,
            written_date(notice.date),
            notice.mark or f"{notice.issuer}文件",
            notice.number,
            notice.addressee,
            self._contact(),
            notice.copies,
            notice.printer,
            written_date(notice.printed),
            annexes,
            review.seal,
            names=(notice.issuer,),
            draft=self._draft(),
            data=notice_data(
                "notice",
                notice,
                notice.number,
                notice.title,
                draft=self._draft(),
                decisions=decisions_data(granted_only(decisions), named=True),
            ),
        )

    def _contact(self) -> str:
        parts = (("联系人", self.notice.contact), ("联系电话", self.notice.phone))
        return "，".join(f"{name}：{value}" for name, value in parts if value)

    def _letter(
        self,
        about: str,
        told: Mapping[str, Sequence[str]],
        school: ReviewedSchool,
        annexes: tuple[Annex, ...],
        number: str = "",
        **content: Any,
    ) -> OfficialDocument:
        """A document for one school, in the form that 通知信息 asks for; its PDF carries `content`."""
        notice, addressee, title = self.notice, school.name, "".join(told["标题"])
        draft = self._draft(addressee)
        official = notice.school_form == OFFICIAL_FORM
        mark = notice.mark or f"{notice.issuer}文件"
        return OfficialDocument(
            Form.OFFICIAL if official else Form.LETTER,
            title,
            tuple(told["正文"]),
            notice.issuer,
            written_date(notice.date),
            mark if official else mark.removesuffix("文件"),
            number,
            addressee,
            "",
            "",
            notice.printer if official else "",
            written_date(notice.printed) if official else "",
            annexes,
            self.review.seal,
            names=(addressee, notice.issuer),
            draft=draft,
            data=notice_data(about, notice, number, title, draft=draft, school=school, **content),
        )

    def school_fields(self, school: ReviewedSchool, rows: Sequence[Decision]) -> dict[str, Any]:
        """What the narrative of a school's result may use."""
        steps = [line.strip() for line in self.notice.next_steps.split("\n") if line.strip()]
        return {
            "院校": values_of(school, SCHOOLS),
            "统计": totals(rows).as_fields(),
            "结果": {
                one.value: [_row(row) for row in rows if row.conclusion is one] for one in Conclusion
            },
            "下一步": steps,
        }  # fmt: skip

    def school(self, school: ReviewedSchool, rows: Sequence[Decision], place: int) -> OfficialDocument:
        """The result of one school; `place` counts from 0 and gives its number."""
        told = self._told("notice-school", self.school_fields(school, rows))
        annexes = tuple(result_annex(title, rows) for title in told["附件"][:1])
        number = counted_number(self.notice.school_number, place)
        return self._letter("notice-school", told, school, annexes, number, decisions=decisions_data(rows))

    def mail(self, school: ReviewedSchool, rows: Sequence[Decision]) -> tuple[str, ...]:
        """The words of the mail that brings the result, one paragraph each."""
        return self._told("notice-school", self.school_fields(school, rows))["邮件"]

    def returned(self, school: ReviewedSchool, rows: Sequence[Decision]) -> OfficialDocument:
        """What a school is to mend."""
        places = sum(max(1, len(things_to_mend(row.opinion))) for row in rows)
        fields = {"院校": values_of(school, SCHOOLS), "项数": len(rows), "处数": places}
        told = self._told("notice-return", fields)
        annexes = tuple(return_annex(title, rows) for title in told["附件"][:1])
        return self._letter("notice-return", told, school, annexes, decisions=decisions_data(rows))

    def account(self, account: Account) -> OfficialDocument:
        """The answer to a request for an account."""
        fields = {
            "账号": values_of(account.request, ACCOUNTS),
            "途径": account.way.value,
            "缺少": list(account.lacking),
        }
        request = account.request
        school = ReviewedSchool(request.origin, request.label, request.code, request.type)
        content = account_data(request, account.way.value, account.lacking)
        return self._letter("notice-account", self._told("notice-account", fields), school, (), account=content)


def _row(row: Decision) -> dict[str, Any]:
    return {
        "院校名称": row.school,
        "证书名称": row.certificate,
        "等级": row.level or "未填等级",
        "申报人数": row.applied if row.applied is not None else "—",
        "结论": row.conclusion or "",
        "批准人数": row.granted,
        "评审意见": row.opinion.replace("\n", "；"),
    }


def counted_number(first: str, place: int) -> str:
    """The 发文字号 that stands so many places behind the first one: 〔2021〕31号 and 2 → 〔2021〕33号."""
    match = _LAST_NUMBER.search(first)
    return f"{first[: match.start()]}{int(match[1]) + place}{match[2] or '号'}" if match else first
