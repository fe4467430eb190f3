"""The checks that stand between a finished document and the folder it is written to."""

from collections.abc import Iterable, Mapping
from itertools import chain

import pandas as pd

from config.catalogue import say
from flows.setup import Setup
from flows.steps.carried import Cleaned, Scored
from tasks.disclosure.check import check_documents, check_publication, require_publishable
from tasks.disclosure.former import former_issues
from tasks.disclosure.names import identifying, names_in_text
from tasks.disclosure.tables import Values, issue_of
from tasks.reports.content import ReportContent
from tasks.results import CollectiveResults
from tasks.scoring.ledger import read_ledger
from tasks.store.records import IssueRecord
from tasks.store.repository import Store

COLLECTIVE = "collective_report"  # the reports that bear count tables, in the store
SHOWN_IN_GUIDES = "interview_guides"  # the figures that guides showed, where no report had them


def shown_so_far(setup: Setup, store: Store) -> tuple[IssueRecord, ...]:
    """Everything that showed count tables of the wave, oldest first."""
    found = (
        store.issues(setup.study.code, setup.wave.code, kind)
        for kind in (COLLECTIVE, SHOWN_IN_GUIDES)
    )
    return tuple(sorted(chain(*found), key=lambda issue: issue.issued_at))


def refuse_disclosure(
    setup: Setup,
    scored: Scored,
    content: ReportContent,
    documents: Mapping[str, bytes],
    allowed: Iterable[str] = (),
) -> None:
    """Let finished documents with count tables pass only if they give nobody's answer away.

    Args:
        setup: the study.
        scored: the results and the people they are about.
        content: what the documents were made of.
        documents: name of each file → its bytes, before anything is written.
        allowed: names, addresses and tokens that may stand in them.

    Raises:
        DisclosureError: names the document and the table; nothing has been written.
    """
    with setup.store() as store:
        issues = shown_so_far(setup, store)
        former = store.publication(setup.study.code, setup.wave.code)
    ledger = read_ledger(former.breakdowns) if former else ()
    findings = check_publication(
        documents,
        content,
        issue_of(scored.plan.publication, content.values),
        former_issues(issues, ledger, closed=setup.closed),
        setup.loaded.model,
        setup.study,
        secrets(setup),
        {*allowed, *_named(scored.results)},
        after_erasure=setup.after_erasure,
    )
    require_publishable(findings, setup.language)


def refuse_unpublished(
    setup: Setup,
    content: ReportContent,
    documents: Mapping[str, bytes],
    former: Values | None = None,
    allowed: Iterable[str] = (),
) -> None:
    """Let finished documents pass only if they tell figures of the report, and name nobody.

    Args:
        setup: the study.
        content: charts of the documents, and every figure published.
        documents: name of each file → its bytes, before anything is written.
        former: figures of the issue before, of documents that tell what has changed since.
        allowed: names, addresses and tokens that may stand in them.

    Raises:
        DisclosureError: names the document and the table; nothing has been written.
    """
    findings = check_documents(
        documents, content, setup.loaded.model, setup.study, secrets(setup), allowed, former
    )
    require_publishable(findings, setup.language)


def secrets(setup: Setup) -> tuple[str, ...]:
    """Names, addresses and tokens of the participants of the wave."""
    with setup.store() as store:
        people = store.identities(setup.study.code, setup.wave.code).values()
    return identifying(people)


def typed_names(setup: Setup, texts: Iterable[object]) -> frozenset[str]:
    """The names, addresses and tokens that people typed in their own answers."""
    typed = "\n".join(text for text in texts if isinstance(text, str))
    return names_in_text(typed, secrets(setup))


def typed_in_answers(cleaned: Cleaned) -> Iterable[object]:
    """Everything people typed, as the results workbook shows it to the programme team."""
    published = cleaned.published
    texts: list[pd.Series[str]] = [published.answers["text"]]
    texts += [published.journal[name] for name in ("before", "after")]
    return chain(*texts)


def naming_notice(setup: Setup, typed: frozenset[str], name: str) -> tuple[str, ...]:
    """What staff should know of a workbook in which answers name participants."""
    if not typed:
        return ()
    return (
        say("« {name} » : des réponses libres nomment des participants. Relisez-les avant de "
            "montrer ce classeur à qui que ce soit.", setup.language, name=name),
    )  # fmt: skip


def _named(results: CollectiveResults) -> set[str]:
    """Who agreed to be named: those whose quotes bear their name."""
    said = [*results.quotes, *(quote for one in results.dimensions for quote in one.quotes)]
    return {quote.attribution for quote in said}
