"""The check that stands between a finished report and the folder that people share."""

from collections.abc import Mapping

from flows.setup import Setup
from flows.steps.carried import Scored
from tasks.disclosure.check import check_publication, require_publishable
from tasks.disclosure.tables import former_issues, issue_of
from tasks.reports.content import ReportContent
from tasks.results import CollectiveResults
from tasks.scoring.ledger import read_ledger

REPORTS = "collective_report"  # the reports that bear count tables, in the store


def refuse_disclosure(
    setup: Setup, scored: Scored, content: ReportContent, documents: Mapping[str, bytes]
) -> None:
    """Let finished documents pass only if they give nobody's answer away.

    Args:
        setup: the study.
        scored: the results and the people they are about.
        content: what the documents were made of.
        documents: name of each file → its bytes, before anything is written.

    Raises:
        DisclosureError: names the document and the table; nothing has been written.
    """
    study, wave = setup.study, setup.wave.code
    with setup.store() as store:
        issues = store.issues(study.code, wave, REPORTS)
        former = store.publication(study.code, wave)
        people = store.identities(study.code, wave).values()
    secrets = [
        text
        for person in people
        for text in (f"{person.firstname} {person.lastname}", person.email, person.token)
        if text and text.strip()
    ]
    findings = check_publication(
        documents,
        content,
        issue_of(scored.plan.publication, content.values),
        former_issues(
            issues, read_ledger(former.breakdowns) if former else (), closed=setup.closed
        ),
        setup.loaded.model,
        study,
        secrets,
        _named(scored.results),
    )
    require_publishable(findings, setup.language)


def _named(results: CollectiveResults) -> set[str]:
    """Who agreed to be named: those whose quotes bear their name."""
    said = [*results.quotes, *(quote for one in results.dimensions for quote in one.quotes)]
    return {quote.attribution for quote in said}
