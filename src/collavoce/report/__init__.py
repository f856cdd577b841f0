"""The report: what a performance came to, for whoever reads it tomorrow.

In: the events of one performance, what cues did on earlier nights, the show. Out: a `Report`, and
its HTML, PDF and JSON. Never: a clock, a file, a mean or spread of a person, a reason.
"""

from collavoce.report.making import Night, Told, report_of
from collavoce.report.model import Report
from collavoce.report.page import as_html, as_typst

__all__ = ["Night", "Report", "Told", "as_html", "as_typst", "report_of"]
