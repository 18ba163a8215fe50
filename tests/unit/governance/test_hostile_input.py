"""Names, codes, paths, YAML and cells that somebody hostile, or a slip, puts in: nothing leaves its root, everything is said."""

from __future__ import annotations

import random
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from wres_pipeline.action_plan import plan
from wres_pipeline.commissioner import log_checks
from wres_pipeline.commissioner.log_checks import LogRow
from wres_pipeline.extracts.naming.shown_names import shown_name
from wres_pipeline.reference import bounded_files, ods_codes
from wres_pipeline.reference.bounded_files import BoundedYamlError
from wres_pipeline.reference.shown_text import holds_a_person, shown
from wres_pipeline.reports.annual import notes
from wres_pipeline.reports.commissioner import provider_views
from wres_pipeline.reports.release.edition_folders import EditionFolders, quality_folder, restricted_folder
from wres_pipeline.settings import SettingsError, load

HOSTILE = (
    "../../../../../evil", "..", ".", "/etc/passwd", "X01/../..", "X0\x001", "x01", "X01\n", "CON", "X 1", "X01;rm", "%2e%2e",
    "\u202eX01", "Ⅹ01", "X01" * 40, "", "public/../X01",
)  # fmt: skip
LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(f'*{old}' for _ in range(9))}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("code", HOSTILE)
def test_what_is_no_ods_code_never_names_a_folder(code: str, tmp_path: Path) -> None:
    if code == "CON":
        assert ods_codes.is_code(code)  # a real shape; no file is ever called so alone
        return
    assert not ods_codes.is_code(code)
    with pytest.raises(ods_codes.OdsCodeError):
        EditionFolders(tmp_path, code, 2021)
    for folder in (quality_folder, restricted_folder):
        with pytest.raises(ods_codes.OdsCodeError):
            folder(tmp_path, code, date(2021, 2, 28))


@pytest.mark.parametrize("code", HOSTILE[:9])
def test_a_row_of_the_provider_log_whose_code_is_none_does_not_count_and_says_so(code: str) -> None:
    row = LogRow(2, code, "A trust", 2021, "5", "White", 20.0, 100, "its page", "")
    checked = log_checks.check([row])
    if ods_codes.is_code(code.strip().upper()):
        assert checked.refused == 0
        return
    assert (checked.refused, checked.figures) == (1, ())
    assert checked.findings[0].rule == "provider code"
    assert "3 to 8 capital letters and digits" in checked.findings[0].words
    assert "/" not in provider_views.review_page(code)


def test_a_code_of_the_settings_that_is_none_is_refused_by_its_place(tmp_path: Path) -> None:
    for text in (
        '[organisations."../up"]\nname = "x"\n',
        '[organisations.X01]\nproviders = ["../../evil"]\n',
    ):
        (tmp_path / "wres.toml").write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match="is not an ODS code"):
            load(base=tmp_path)


def test_a_plan_of_half_a_kilobyte_cannot_become_a_large_error(tmp_path: Path) -> None:
    assert len(LAUGHS) < 700
    (tmp_path / "notes.yaml").write_text(LAUGHS, encoding="utf-8")
    tracemalloc.start()
    with pytest.raises(plan.PlanError) as told:
        plan.parse(LAUGHS, "actions.yaml")
    with pytest.raises(notes.NotesError) as noted:
        notes.parse(LAUGHS, "notes.yaml")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert max(len(str(told.value)), len(str(noted.value))) < 200
    assert "line 2: a value that begins with * stands for another; write it out" in str(told.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 500, "nested more than 12 deep"),
        ("a: 2021-02-31", "a date that is not in the calendar"),
        ("a: " + "9" * 5000, "a number that is too long"),
        ("x" * 1_000_001, "larger than 1,000,000 bytes"),
        ("- a\n" * 60_000, "more than 50,000 values"),
        ("a: [\n b", "line"),
        ("a: !!python/object/apply:os.system [id]", "not a YAML file"),
    ],
)
def test_yaml_beyond_what_a_hand_writes_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BoundedYamlError, match=words):
        bounded_files.load_yaml(text)


def test_a_file_with_thousands_of_faults_tells_fifty_and_counts_the_rest() -> None:
    entries = "".join(f"- {{id: A{n}, title: t, owner: o, due: never}}\n" for n in range(3000))
    with pytest.raises(plan.PlanError) as told:
        plan.parse(f"organisation: X01\nplan: p\nadopted: 2021-01-01\nactions:\n{entries}", "actions.yaml")
    assert len(told.value.problems) == 51
    assert told.value.problems[-1] == "actions.yaml: and 2,950 more"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Band 5 Enhanced", True),
        ("Ethnic monitoring form awaited", True),
        ("XR07", True),
        ("A White - British", True),
        ("Zebediah Quillfeather", False),
        ("07700 900123", False),
        ("QQ987654Q", False),
        ("zeb@example.nhs.uk", False),
        ("17/02/1961", False),
        ("ZZ9Z 9ZY", False),
        ("White Zebediah", False),
        ("band " * 40, False),
    ],
)
def test_a_text_is_shown_only_where_every_word_of_it_is_one_of_the_lists(text: str, may: bool) -> None:
    assert (shown(text) == repr(text)) == may
    assert len(shown(text)) < 80


def test_a_file_name_is_shown_without_the_people_in_it() -> None:
    assert shown_name("esr_staff_list_2021-03-31.csv") == "esr_staff_list_2021-03-31.csv"
    assert shown_name("TRAC applications 20210331 v2 (1).xlsx") == "TRAC applications 20210331 v2 (1).xlsx"
    assert shown_name("esr_staff_list_Jo Bloggs_2021-03-31.csv") == "esr_staff_list_Aa Aaaaaa_2021-03-31.csv"
    assert shown_name("QQ987654Q.csv") == "AA999999A.csv"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Ask zeb.quillfeather@example.nhs.uk", True),
        ("workforce@example.nhs.uk", False),
        ("Call 07700 900123", True),
        ("QQ 12 34 56 C", True),
        ("Chaired by Ms Quillfeather", True),
        ("Dr J Quillfeather leads", True),
        ("The director of nursing leads, minute 12 of 7 September 2021", False),
        ("70% of 1,200 staff", False),
    ],
)
def test_a_text_to_be_printed_that_holds_a_persons_particulars_is_known(text: str, held: bool) -> None:
    assert holds_a_person(text) == held


def test_two_thousand_hostile_texts_are_shown_shortly_and_without_their_words() -> None:
    draw = random.Random(16)
    pieces = [
        "../",
        "\x00",
        "Zeb",
        "<b>",
        "'; --",
        "=cmd|",
        "\u202e",
        "𝔘𝔫𝔦",
        "\n",
        "%",
        "&a *a",
        "07700900123",
        "é" * 30,
    ]
    for _ in range(2000):
        text = "".join(draw.choices(pieces, k=draw.randint(1, 40)))
        for told in (shown(text), shown_name(text)):
            assert len(told) <= 110
            assert "Zeb" not in told and "07700" not in told and "cmd" not in told
