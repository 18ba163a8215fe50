"""A small warehouse written by hand: core rows and the ledger behind them, in the real tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb

from tests.people_rows import put_all
from wres_pipeline import schema

SNAPSHOT = date(2021, 3, 31)


class CoreRows:
    """Rows of one or more organisations; every method gives a fresh row unless told otherwise."""

    def __init__(self, place: str = ":memory:") -> None:
        self._con = duckdb.connect(place)
        schema.bring_up(self._con)
        self._number = 0
        self._waiting: list[tuple[str, dict[str, Any]]] = []
        self._delivered: set[str] = set()

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection, with every row in its table."""
        put_all(self._con, self._waiting)
        self._waiting.clear()
        return self._con

    def close(self) -> None:
        self.con.close()

    def delivered(
        self, kind: str, period: date, organisation: str = "XTR", survey_year: int | None = None
    ) -> str:
        """A delivery of a kind, once: its id."""
        one = f"{organisation}-{kind}-{period}"
        if one not in self._delivered:
            self._delivered.add(one)
            self._con.execute(
                "INSERT OR IGNORE INTO deliveries "
                "(delivery_id, kind, organisation_code, period, survey_year, sequence) VALUES (?, ?, ?, ?, ?, 1)",
                [one, kind, organisation, period, survey_year],
            )
        return one

    def staff(
        self,
        group: str = "White",
        how_many: int = 1,
        *,
        band: str = "Band 5",
        cluster: str = "clinical",
        number: str = "",
        snapshot: date = SNAPSHOT,
        reason: str = "",
        chosen: bool = True,
        senior: bool = False,
        organisation: str = "XTR",
    ) -> list[str]:
        """Assignments in a staff list, each of a new person unless `number` names one: employee numbers."""
        made = []
        for _ in range(how_many):
            who = number or f"E{self._next():05d}"
            made.append(who)
            self._insert(
                "core_assignments",
                delivery_id=self.delivered("esr_staff_list", snapshot, organisation),
                row_number=self._next(),
                organisation_code=organisation,
                snapshot_date=snapshot,
                employee_number=who,
                assignment_number=f"{who}-{self._next()}",
                wres_group=group,
                cluster=cluster,
                band=band,
                senior_medical_manager=senior,
                exclusion_reason=reason,
                chosen=chosen,
            )
        return made

    def applications(
        self,
        group: str,
        how_many: int = 1,
        *,
        appointed: bool = False,
        shortlisted: bool = True,
        on: date = date(2020, 9, 1),
        as_at: date = SNAPSHOT,
        number: str = "",
        organisation: str = "XTR",
    ) -> None:
        for _ in range(how_many):
            self._insert(
                "core_applications",
                delivery_id=self.delivered("trac_applications", as_at, organisation),
                organisation_code=organisation,
                as_at=as_at,
                application_id=number or f"A{self._next()}",
                applicant=self._next(),
                shortlisted=shortlisted,
                appointed=appointed,
                reference_date=on,
                wres_group=group,
            )

    def case(
        self,
        reference: str,
        started: date | None,
        *,
        who: str | None = None,
        typed: str = "Unknown",
        kind: str = "disciplinary",
        opened: date | None = None,
        as_at: date = SNAPSHOT,
        organisation: str = "XTR",
    ) -> None:
        self._insert(
            "core_disciplinary_cases",
            delivery_id=self.delivered("employee_relations", as_at, organisation),
            row_number=self._next(),
            organisation_code=organisation,
            as_at=as_at,
            case_reference=reference,
            employee_number=who,
            case_kind=kind,
            formal_investigation_started=started,
            opened=opened or started,
            wres_group=typed,
        )

    def course(
        self,
        who: str,
        completed: date | None = date(2020, 10, 1),
        *,
        mandatory: bool | None = False,
        as_at: date = SNAPSHOT,
        organisation: str = "XTR",
    ) -> None:
        self._insert(
            "core_training",
            delivery_id=self.delivered("training", as_at, organisation),
            row_number=self._next(),
            organisation_code=organisation,
            as_at=as_at,
            employee_number=who,
            course="Coaching",
            is_mandatory=mandatory,
            completed=completed,
        )

    def member(
        self,
        group: str,
        *,
        voting: bool | None = True,
        executive: bool | None = True,
        number: str = "",
        start: date | None = None,
        end: date | None = None,
        as_at: date = SNAPSHOT,
        organisation: str = "XTR",
    ) -> None:
        self._insert(
            "core_board_members",
            delivery_id=self.delivered("board", as_at, organisation),
            row_number=self._next(),
            organisation_code=organisation,
            snapshot_date=as_at,
            member_id=number or f"M{self._next()}",
            is_voting=voting,
            is_executive=executive,
            start_date=start,
            end_date=end,
            wres_group=group,
        )

    def typed_count(
        self,
        cell: tuple[str, str, str, str, str],
        people: float,
        *,
        year: int = 2021,
        organisation: str = "XTR",
    ) -> None:
        """A count that was typed in place of rows; cell: indicator, measure, cluster, band, ethnic group."""
        indicator, measure, cluster, band, group = cell
        self._insert(
            "core_wres_counts",
            delivery_id=self.delivered("wres_counts", date(year, 3, 31), organisation),
            row_number=self._next(),
            organisation_code=organisation,
            reporting_year=year,
            indicator=indicator,
            measure=measure,
            cluster=cluster,
            band=band,
            ethnic_group=group,
            people=float(people),
        )

    def percent(
        self,
        question: str,
        group: str,
        percent: float | None,
        *,
        base: int | None = None,
        measure: str = "",
        survey_year: int = 2020,
        organisation: str = "XTR",
    ) -> None:
        self._insert(
            "core_survey_results",
            delivery_id=self.delivered("staff_survey", date(survey_year, 11, 30), organisation, survey_year),
            row_number=self._next(),
            organisation_code=organisation,
            survey_year=survey_year,
            question=question,
            ethnic_group=group,
            percent=percent,
            base=base,
            measure=measure,
        )

    def respondents(
        self,
        group: str,
        answers: dict[str, str],
        how_many: int = 1,
        *,
        survey_year: int = 2020,
        organisation: str = "XTR",
    ) -> None:
        one = self.delivered("staff_survey_respondents", date(survey_year, 11, 30), organisation, survey_year)
        for _ in range(how_many):
            respondent = self._next()
            for question, answer in answers.items():
                self._insert(
                    "core_survey_respondents",
                    delivery_id=one,
                    organisation_code=organisation,
                    survey_year=survey_year,
                    respondent=respondent,
                    wres_group=group,
                    question=question,
                    answer=answer,
                )

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _insert(self, table: str, **values: Any) -> None:
        self._waiting.append((table, values))
