"""ESR Generic Outbound: records joined into a staff list; a file that does not add up is refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from wres_pipeline.extracts.intake import landing
from wres_pipeline.extracts.intake.refusal import RefusedFile
from wres_pipeline.reference.local import LocalMappings


def person(key: str, number: str, last: str, ethnic: str = "A", hired: str = "20121011") -> str:
    fields = [""] * 44
    fields[0:2] = ["PRA", key]
    fields[4], fields[6], fields[7], fields[12], fields[13], fields[14] = (
        number,
        last,
        "Zoë",
        "F",
        "19740421",
        "ZY230106L",
    )
    fields[16], fields[22], fields[35], fields[41] = hired, ethnic, "x@example.nhs.uk", "British"
    return "~".join(fields)


def assignment(key: str, own: str, number: str, primary: str = "Yes") -> str:
    fields = [""] * 50
    fields[0:3] = ["ASA", key, own]
    fields[7], fields[9], fields[11] = number, "Active Assignment", "431 Monthly"
    fields[19], fields[20], fields[21], fields[25] = "Full Time", "Permanent", primary, "1"
    fields[29], fields[30] = "3559596|Staff Nurse Band 5|N6A|Ward", "NHS|XR05|Review Body Band 5"
    fields[34] = "Nursing and Midwifery Registered|Staff Nurse"
    return "~".join(fields)


def outbound(
    *records: str, count: int | None = None, name: str = "GO_431_EXP_GOF_20210331_00000001.DAT"
) -> str:
    header = f"HDR~{name}~20210331 101356~431~20210331 161023~20210331 000000~01"
    return "\r\n".join((header, *records, f"TRL~{len(records) if count is None else count}")) + "\r\n"


def land(tmp_path: Path, text: str) -> tuple[landing.Delivery, list[tuple[str, ...]]]:
    path = tmp_path / "esr_staff_list_2021-03-31.dat"
    path.write_bytes(text.encode("cp1252"))
    with duckdb.connect() as con:
        delivery = landing.land_file(con, path, "X01", now=datetime(2026, 11, 24), mappings=LocalMappings())
        rows = con.execute(
            "SELECT employee_number, assignment_number, is_primary, ethnic_origin, staff_group, job_role, pay_scale, "
            "occupation_code, position_title, first_name, date_of_birth, payroll_name FROM raw_esr_staff_list ORDER BY row_number"
        ).fetchall()
    return delivery, rows


def test_persons_and_assignments_become_the_rows_of_a_staff_list(tmp_path: Path) -> None:
    delivery, rows = land(
        tmp_path,
        outbound(
            person("1", "0100001", "Smith"), assignment("1", "11", "0100001-2"), "POA~1576747~20080401~~~~~~~"
        ),
    )
    assert (delivery.rows_in, delivery.rows_accepted) == (1, 1)
    assert delivery.reading["format"] == "ESR Generic Outbound"
    assert rows == [
        ("0100001", "0100001-2", "Yes", "A", "Nursing and Midwifery Registered", "Staff Nurse", "NHS|XR05|Review Body Band 5",
         None, "Staff Nurse Band 5", "Zoë", "19740421", "431 Monthly")
    ]  # fmt: skip
    # the occupation code N6A arrives, but nothing reads it: like gender and nationality it is not stored


def test_a_second_assignment_repeats_its_person(tmp_path: Path) -> None:
    _, rows = land(
        tmp_path,
        outbound(
            person("1", "0100001", "Smith"),
            assignment("1", "11", "0100001"),
            assignment("1", "12", "0100001-2", "No"),
        ),
    )
    assert [(r[0], r[1], r[2]) for r in rows] == [
        ("0100001", "0100001", "Yes"),
        ("0100001", "0100001-2", "No"),
    ]


def test_a_delete_takes_the_record_away_and_is_counted(tmp_path: Path) -> None:
    delivery, rows = land(
        tmp_path,
        outbound(person("1", "01", "A"), assignment("1", "11", "01"), person("2", "02", "B"), assignment("2", "12", "02"),
                 "ASD~12", "PRD~2"),
    )  # fmt: skip
    assert [r[0] for r in rows] == ["01"]
    assert "2 records deleted by a later record of the same file" in str(delivery.reading["notes"])


def test_a_later_record_of_the_same_assignment_counts(tmp_path: Path) -> None:
    delivery, rows = land(
        tmp_path,
        outbound(
            person("1", "01", "A"), assignment("1", "11", "01", "No"), assignment("1", "11", "01", "Yes")
        ),
    )
    assert [r[2] for r in rows] == ["Yes"]
    assert "1 records replaced" in str(delivery.reading["notes"])


def test_a_person_without_an_assignment_is_set_aside_not_lost(tmp_path: Path) -> None:
    delivery, _ = land(
        tmp_path, outbound(person("1", "01", "A"), assignment("1", "11", "01"), person("2", "02", "B"))
    )
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (2, 1, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (outbound(person("1", "01", "A"), assignment("1", "11", "01"), count=3), "counts 3 records but 2"),
        (outbound(person("1", "01", "A")).rsplit("TRL", 1)[0], "trailer is missing"),
        (outbound(person("1", "01", "A") + "~", assignment("1", "11", "01")), "line 2 has 45 fields"),
        (outbound(person("1", "01", "A"), name="GO_431_EXP_GOC_20210331_00000001.DAT"), "changes only"),
        (outbound(person("1", "01", "A")) + "PRA~9\r\n", "below the trailer"),
    ],
    ids=["wrong count", "no trailer", "a record too long", "changes only", "more below the trailer"],
)
def test_an_outbound_file_that_does_not_add_up_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        land(tmp_path, text)
