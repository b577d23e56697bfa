"""The sample season: what the script writes, half a year in 13 periods, nothing wrong but what is meant to be told."""

from __future__ import annotations

from pathlib import Path

from docgen.catalogue import load_catalogue
from docgen.load.season import load_season
from docgen.model.season import STAGES
from docgen.rules import About, evaluate_subject
from docgen.season.figures import Progress
from samples import season

SAMPLE = Path(__file__).parents[2] / "samples" / "season"


def test_the_sample_is_what_the_script_writes(tmp_path: Path) -> None:
    season.write(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in SAMPLE.iterdir() if path.is_file()
    }


def test_it_is_half_a_year_of_thirteen_reports_without_an_error() -> None:
    loaded = load_season(SAMPLE, load_catalogue(SAMPLE))
    assert loaded.findings == ()
    progress = Progress(loaded.season)
    assert [period.days for period in (progress.periods[0], progress.periods[-1])] == [
        "2021年7月5日—7月18日",
        "2021年12月20日—12月31日",
    ]
    assert [progress.all_sums(13).total[matter] for matter in STAGES] == [352, 312, 304, 229]
    for number in range(1, 14):
        upto = Progress(loaded.season, number)
        result = evaluate_subject(About.SEASON, upto, upto.lines)
        assert not result.blocks
        told = {finding.rule for finding in result.findings if finding.level != "info" and finding.kind == "fail"}
        assert told <= {"BIW014"}, (number, told)
