"""Dossiers of `docgen build` → 评审结果.xlsx, its schools and applications filled in (`docgen collect` over dossiers)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.catalogue import load_catalogue
from docgen.load.dossiers import dossiers_of
from docgen.load.scopes import ScopeReader
from docgen.load.sheets import BookReader
from docgen.load.workbook import read_book
from docgen.model.review import Review
from docgen.model.schema import ACCOUNTS, DECISIONS, NOTICE, REVIEW_SHEETS, SCHOOLS
from docgen.publish.atomic import write_bytes

from .gathering import gather
from .job import Collected, Job
from .prefilling import prefilled
from .records import Unread

_MOST_TOLD = 10


def collect_applications(job: Job) -> Collected:
    """The workbook of the secretariat from the PDFs that schools handed in.

    With `job.schools` (a 评审结果.xlsx that was begun) everything in it stays, and only what is missing is added.
    """
    unread: list[Unread] = []
    found = dossiers_of(_pdfs(job, unread))
    catalogue = load_catalogue(job.target.parent)
    names = [certificate.name for certificate in catalogue.certificates]
    begun = _begun(job) if job.schools else None
    write_bytes(job.target, prefilled(found.applications, begun, names))
    schools = {one.school for one in found.applications}
    said = [
        f"读取了 {len(schools)} 所院校的 {len(found.applications)} 项申报；另有 {found.without} 个 PDF 不带申报数据。"
    ]
    drafts = sum(one.draft for one in found.applications)
    if drafts:
        said.append(f"其中 {drafts} 项的申报书是草稿（院校还有错误没有改正），已在“评审意见”里注明。")
    told = [finding.message for finding in found.findings] + [f"{one.source.file}：{one.why}" for one in unread]
    said += [f"没有读出：{message}" for message in told[:_MOST_TOLD]]
    if len(told) > _MOST_TOLD:
        said.append(f"……另有 {len(told) - _MOST_TOLD} 个文件没有读出。")
    said.append("请在“结论”“批准人数”“评审意见”里填写评审结果，补全“通知信息”，再运行 docgen notice。")
    more = {"schools": len(schools), "applications": len(found.applications), "without": found.without}
    return Collected(job.target, "application", tuple(said), len(told), more=more)


def _pdfs(job: Job, unread: list[Unread]) -> Iterator[tuple[str, bytes]]:
    for count, given in enumerate(gather(job.files, unread)):
        job.tell(count, 0, given.name)
        if given.data.startswith(b"%PDF"):
            yield given.name, given.data


def _begun(job: Job) -> Review | None:
    """The workbook that was begun, as far as it can be read. Raises InputError where it is no workbook."""
    if job.schools is None:
        return None
    reader = BookReader(read_book(job.schools, job.schools.name), REVIEW_SHEETS)
    for sheet in (SCHOOLS, DECISIONS, ACCOUNTS):
        reader.read(sheet, ScopeReader(()))
    return Review(
        notice=reader.form(NOTICE),
        catalogue=load_catalogue(job.target.parent),
        schools=tuple(reader.records["schools"]),
        decisions=tuple(reader.records["decisions"]),
        accounts=tuple(reader.records["accounts"]),
    )
