"""Asks every rule about a Case (or another subject), applies the waivers, and sums up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from docgen.findings import Evaluation, Finding, FindingKind, FindingType, Outcome, in_order
from docgen.model.case import Case
from docgen.model.records import Application
from docgen.model.schema import APPLICATIONS, SCHOOL, Sheet, column_of
from docgen.model.settings import Waiver
from docgen.model.source import Origin, Source
from docgen.model.text import fold

from . import prose
from .base import About, Answer, Fail, NotApplicable, NotEvaluated, Part, Rule, WaiverUse
from .joining import joined
from .outcomes import Outcomes

_LOG = logging.getLogger(__name__)
# A library leaves it to the program whether log lines are shown; without this, Python prints them to standard error.
_LOG.addHandler(logging.NullHandler())

_WAIVER_FAMILY = "WVR"
_UNREADABLE_HINT = "先把这一格改成读得出来的内容，再核查一次。"
_DEFECT_HINT = "这不是您的数据的问题：设置环境变量 DOCGEN_DEBUG=1 再运行一次，把显示的内容发给维护者。"


@dataclass(slots=True)
class Ledger:
    """Findings and outcomes as they come in."""

    findings: list[Finding] = field(default_factory=list)
    answers: Outcomes = field(default_factory=Outcomes)

    def copy(self) -> Ledger:
        """One to go on with, while this one stays as it is."""
        return Ledger(list(self.findings), self.answers.copy())

    def note(self, rule: str, application: str, outcome: Outcome) -> None:
        """Keep the worst outcome of a rule for an application (two applications may bear the same number)."""
        key = (rule, application)
        self.answers[key] = Outcome.worst((outcome, self.answers.get(key, outcome)))

    def enter(self, rule: Rule, application: str, answers: Sequence[Answer]) -> None:
        """Turn what a rule said about one application ("" for the school) into findings and outcomes."""
        said = [_outcome(answer) for answer in answers if not (isinstance(answer, Fail) and answer.application)]
        self.note(rule.id, application, Outcome.worst(said) if said else Outcome.PASS)
        for answer in answers:
            finding = _finding(rule, application, answer)
            self.findings.append(finding)
            if finding.application != application:
                self.note(rule.id, finding.application, Outcome.FAIL)


def ask(case: Case, rules: Sequence[Rule] = ()) -> Ledger:
    """What every rule answers about a case, for `evaluate`. The rules are those of this package unless given."""
    ledger = Ledger()
    for rule in rules or _own_rules():
        if rule.check_school is not None:
            ledger.enter(rule, "", _ask_school(rule, case))
        elif rule.check_application is not None:
            if not case.applications:
                ledger.note(rule.id, "", Outcome.NOT_APPLICABLE)
            for application in case.applications:
                ledger.enter(rule, application.label, _ask_application(rule, case, application))
    # What the rules looked up for one another is of no use to the stages that follow, and of a large school it is much.
    case.forget()
    prose.forget()
    fold.cache_clear()
    return ledger


def evaluate(
    case: Case,
    loading: Iterable[Finding] = (),
    rules: Sequence[Rule] = (),
    types: Iterable[FindingType] = (),
    asked: Ledger | None = None,
) -> Evaluation:
    """Ask every rule, and join the answers with what loading found.

    `rules` and `types` (of ids that are no rules) are those of this package unless given; `asked` is what `ask` gave for
    the same case and rules before. Never raises for data: a rule that raises is reported as not evaluated, the others go
    on.
    """
    rules = rules or _own_rules()
    ledger = ask(case, rules) if asked is None else asked.copy()
    labels = (application.label for application in case.applications)
    return _summed_up(About.SCHOOL, ledger, loading, case.settings.waivers, labels, rules, types)


def evaluate_subject(
    about: About,
    subject: object,
    parts: Sequence[Part] = (),
    loading: Iterable[Finding] = (),
    waivers: Sequence[Waiver] = (),
    rules: Sequence[Rule] = (),
    types: Iterable[FindingType] = (),
) -> Evaluation:
    """As `evaluate`, for a subject that is no school: its rules are asked of the whole, or of each of its `parts`."""
    rules = rules or _own_rules()
    ledger = Ledger()
    for rule in rules:
        if rule.about is not about:
            continue
        if rule.check_subject is not None:
            ledger.enter(rule, "", _ask(rule, partial(rule.check_subject, subject)))
        elif rule.check_part is not None:
            if not parts:
                ledger.note(rule.id, "", Outcome.NOT_APPLICABLE)
            for part in parts:
                ledger.enter(rule, part.label, _ask_part(rule, subject, part))
    return _summed_up(about, ledger, loading, waivers, (part.label for part in parts), rules, types)


def _summed_up(
    about: About,
    ledger: Ledger,
    loading: Iterable[Finding],
    waivers: Sequence[Waiver],
    labels: Iterable[str],
    rules: Sequence[Rule],
    types: Iterable[FindingType],
) -> Evaluation:
    """The answers with what loading found, waivers applied and judged. Waivers of another subject's rules rest."""
    for finding in loading:
        ledger.findings.append(finding)
        ledger.note(finding.rule, finding.application, Outcome(finding.kind.value))
    if about is About.SCHOOL:
        ledger.findings = joined(ledger.findings)
    types = tuple(types)
    others = {rule.id for rule in rules if rule.about is not about and rule.check_waivers is None}
    waivers = tuple(waiver for waiver in waivers if waiver.rule not in others)
    ledger.findings, idle = _waive(ledger.findings, waivers)
    asked = {rule.id: rule.type for rule in rules if rule.id not in others} | {kind.id: kind for kind in types}
    # The same docgen.toml serves a school and its season: what loading finds is waived there, and judged with the school.
    rest = set() if about is About.SCHOOL else {kind.id for kind in types}
    use = WaiverUse(
        tuple(waiver for waiver in waivers if waiver.rule not in rest),
        tuple(waiver for waiver in idle if waiver.rule not in rest),
        frozenset(asked) | others,
        frozenset(rule.id[:3] for rule in rules if rule.check_waivers is None),
        frozenset(map(fold, labels)),
    )
    for rule in rules:
        if rule.check_waivers is not None:
            ledger.enter(rule, "", _ask(rule, partial(rule.check_waivers, use)))
    return Evaluation(in_order(ledger.findings), ledger.answers, asked)


def _own_rules() -> tuple[Rule, ...]:
    from . import RULES  # noqa: PLC0415 - the package's list imports this module

    return RULES


def _ask_school(rule: Rule, case: Case) -> list[Answer]:
    check = rule.check_school
    if check is None:
        return []
    if rule.reads and not case.school.origin.places:
        return [NotEvaluated("没有读到“院校信息”工作表，无法核查这一项。")]
    return _unreadable(rule, case.school.origin, SCHOOL) or _ask(rule, lambda: check(case))


def _ask_application(rule: Rule, case: Case, application: Application) -> list[Answer]:
    check = rule.check_application
    if check is None:
        return []
    if rule.by_number and not application.number:
        return [NotEvaluated("这项申报没有申报编号，不知道哪些材料属于它。", application.origin.at("number"))]
    return _unreadable(rule, application.origin, APPLICATIONS) or _ask(rule, lambda: check(case, application))


def _ask_part(rule: Rule, subject: object, part: Part) -> list[Answer]:
    check = rule.check_part
    if check is None:
        return []
    unreadable = _unreadable(rule, part.origin, rule.sheet) if rule.sheet else []
    return unreadable or _ask(rule, lambda: check(subject, part))


def _unreadable(rule: Rule, origin: Origin, sheet: Sheet) -> list[Answer]:
    """What a rule says where a value that it needs could not be read, or has no column: loading told of that."""
    for attribute in rule.reads:
        column = column_of(sheet, attribute)
        if attribute in origin.unreadable:
            return [
                NotEvaluated(f"“{column.header}”这一格读不出来，没有核查。", origin.at(attribute), _UNREADABLE_HINT)
            ]
        if column.required and attribute not in origin.places:
            return [NotEvaluated(f"工作表里没有“{column.header}”，没有核查。", Source(origin.file, origin.sheet))]
    return []


def _ask(rule: Rule, check: Callable[[], Iterable[Answer]]) -> list[Answer]:
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - a defect in one rule must not hide what fifty others found
        _LOG.exception("rule %s raised", rule.id)
        return [NotEvaluated(f"规则 {rule.id} 自身出错（{type(error).__name__}），没有核查。", hint=_DEFECT_HINT)]


def _outcome(answer: Answer) -> Outcome:
    if isinstance(answer, Fail):
        return Outcome.FAIL
    return Outcome.NOT_APPLICABLE if isinstance(answer, NotApplicable) else Outcome.NOT_EVALUATED


def _finding(rule: Rule, application: str, answer: Answer) -> Finding:
    if isinstance(answer, Fail):
        return Finding(
            rule.id,
            answer.level or rule.level,
            answer.message,
            answer.hint or rule.hint,
            answer.application or application,
            rule.clause,
            answer.source,
            also=tuple(place for place in dict.fromkeys(answer.also) if place != answer.source),
        )
    if isinstance(answer, NotApplicable):
        kind = FindingKind.NOT_APPLICABLE
        return Finding(rule.id, rule.level, answer.reason, "", application, rule.clause, kind=kind)
    kind = FindingKind.NOT_EVALUATED
    return Finding(rule.id, rule.level, answer.reason, answer.hint, application, rule.clause, answer.source, kind)


def _waive(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[list[Finding], tuple[Waiver, ...]]:
    """The findings with the reasons of waivers that meet them, and the waivers that met none.

    A waiver without an application answers for its rule everywhere; the one that names the application is nearer.
    What is said about waivers cannot be waived.
    """
    used: set[int] = set()
    result = []
    by_rule: dict[str, list[int]] = {waiver.rule: [] for waiver in waivers}
    for index, waiver in enumerate(waivers):
        by_rule[waiver.rule].append(index)
    for finding in findings:
        if finding.kind is FindingKind.FAIL and not finding.rule.startswith(_WAIVER_FAMILY):
            meeting = [i for i in by_rule.get(finding.rule, ()) if _meets(waivers[i], finding)]
            used.update(meeting)
            named = [i for i in meeting if waivers[i].application]
            if meeting:
                finding = replace(finding, waived=waivers[(named or meeting)[0]].reason)
        result.append(finding)
    return result, tuple(waiver for index, waiver in enumerate(waivers) if index not in used)


def _meets(waiver: Waiver, finding: Finding) -> bool:
    return not waiver.application or fold(waiver.application) == fold(finding.application)
