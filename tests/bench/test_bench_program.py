"""The benchmarks run the program itself."""

import pytest

from bench.program import read_all
from bench.rows import read_lines
from sayso.records import Report

REPORTS = [
    Report(f"report-{number}", f"Rescuers said {number} people were killed in Orvelo on Monday.", language="en")
    for number in range(3, 9)
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_are_read_in_order_by_one_process_or_several(jobs: int) -> None:
    lines = read_all(REPORTS, attributions=True, jobs=jobs)
    assert list(read_lines(lines, "the program")) == [report.id for report in REPORTS]
