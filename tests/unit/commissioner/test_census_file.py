"""Census tables of ethnic group as they are published: both forms, areas of any kind, working age, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wres_pipeline.commands import made_extracts as command
from wres_pipeline.commissioner import census_file
from wres_pipeline.commissioner.census_file import AreaCount
from wres_pipeline.reference.population import ResidentsFileError, own_rows
from wres_pipeline.settings import load

GROUPS = ("Asian, Asian British or Asian Welsh", "Black, Black British, Black Welsh, Caribbean or African",
          "Mixed or Multiple ethnic groups", "White", "Other ethnic group")  # fmt: skip


def nomis(*rows: str, measure: str = "") -> str:
    """A file as Nomis publishes it: date, name, code, total, and each broad group followed by a part of it."""
    heads = ["date", "geography", "geography code", f"Ethnic group: Total: All usual residents{measure}"]
    for group in GROUPS:
        heads += [f"Ethnic group: {group}{measure}", f"Ethnic group: {group}: A part of it{measure}"]
    return "\n".join([",".join(f'"{head}"' for head in heads), *rows]) + "\n"


# total 100 = 10 Asian + 5 Black + 3 Mixed + 80 White + 2 other; the parts are the groups again
BAY = '2021,"Bay, City of",E06000901,100,10,10,5,5,3,3,80,80,2,2'
MOOR = "2021,Moor,E06000902,50,1,1,1,1,1,1,46,46,1,1"


def written(folder: Path, text: str, name: str = "census2021-ts021-ltla.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize("measure", ["", "; measures: Value"])
def test_a_row_an_area_is_read_with_every_white_group(tmp_path: Path, measure: str) -> None:
    assert census_file.read(written(tmp_path, nomis(BAY, MOOR, measure=measure))) == [
        AreaCount("E06000901", "Bay, City of", "all", 100, 80),
        AreaCount("E06000902", "Moor", "all", 50, 46),
    ]


LONG = """{kind} Code,{kind},Ethnic group (20 categories) Code,Ethnic group (20 categories),Observation
E1,Bay,-8,Does not apply,0
E1,Bay,13,"White: English, Welsh, Scottish, Northern Irish or British",70
E1,Bay,14,White: Irish,10
E1,Bay,1,"Asian, Asian British or Asian Welsh: Indian",20
"""


@pytest.mark.parametrize(
    "kind", ["Lower tier local authorities", "Lower Tier Local Authorities", "Integrated care boards"]
)
def test_a_row_an_area_and_group_is_read_for_authorities_and_care_boards(tmp_path: Path, kind: str) -> None:
    assert census_file.read(written(tmp_path, LONG.format(kind=kind))) == [
        AreaCount("E1", "Bay", "all", 100, 80)
    ]


def by_age(bands: dict[str, tuple[int, int]]) -> str:
    head = ("Lower tier local authorities Code,Lower tier local authorities,Age (6 categories) Code,Age (6 categories),"
            "Ethnic group (6 categories) Code,Ethnic group (6 categories),Sex (2 categories),Observation\n")  # fmt: skip
    rows = [
        f"E1,Bay,1,{band},{code},{group},{sex},{n // 2}\n"
        for band, counts in bands.items()
        for code, group, n in (
            (4, "White", counts[0]),
            (1, '"Asian, Asian British or Asian Welsh"', counts[1]),
        )
        for sex in ("Female", "Male")
    ]
    return head + "".join(rows)


def test_a_table_by_age_and_sex_gives_all_ages_and_working_age(tmp_path: Path) -> None:
    bands = {"Aged 15 years and under": (20, 10), "Aged 16 to 24 years": (30, 4), "Aged 25 to 64 years": (40, 6),
             "Aged 65 years and over": (60, 2)}  # fmt: skip
    assert census_file.read(written(tmp_path, by_age(bands))) == [
        AreaCount("E1", "Bay", "all", 172, 150),
        AreaCount("E1", "Bay", "16 to 64", 80, 70),  # 30 + 4 + 40 + 6, of them 30 + 40 White
    ]


def test_bands_that_cross_an_end_of_working_age_give_all_ages_alone(tmp_path: Path) -> None:
    bands = {
        "Aged 15 years and under": (20, 10),
        "Aged 16 to 59 years": (30, 4),
        "Aged 60 to 69 years": (2, 2),
    }
    assert [one.ages for one in census_file.read(written(tmp_path, by_age(bands)))] == ["all"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "no table of ethnic group"),
        ("", "no table of ethnic group"),
        (nomis(BAY.replace(",100,", ",101,")), "line 2: the ethnic groups do not add up"),
        (nomis(BAY, BAY), "line 3: E06000901 is told twice"),
        (nomis(BAY.replace(",80,80,", ",c,c,")), "line 2: 'c' is no whole number"),
        (nomis("2021,Bay"), "line 2: fewer cells"),
        (nomis(), "holds no area"),
        (LONG.format(kind="Area").replace("Area Code,", "Area,"), "no column of area codes"),
    ],
)
def test_a_file_of_another_form_or_that_contradicts_itself_is_refused_with_the_line(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(ResidentsFileError, match=words):
        census_file.read(written(tmp_path, text))


def test_the_command_adds_the_areas_keeps_other_rows_and_says_what_is_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WRES_EXTRACTS", str(tmp_path / "extracts"))
    folder = tmp_path / "extracts" / "X01"
    folder.mkdir(parents=True)
    (folder / "residents.csv").write_text(
        'area_code,area,ages,residents,white,source\nE9,Far,all,10,9,by hand\nE06000901,"Bay, City of",all,1,1,old\n',
        encoding="utf-8",
    )
    file = written(tmp_path, nomis(BAY, MOOR))
    assert command.residents(load(base=tmp_path), file, "X01", ["bay, city of"]) == command.MADE
    rows = [(c, one.areas[0], one.residents, one.white) for c, one in own_rows(folder / "residents.csv")]
    assert rows == [("E9", "Far", 10, 9), ("E06000901", "Bay, City of", 100, 80)]
    said = capsys.readouterr().out
    assert "100 residents, 20.0% BME" in said and 'residents_of = ["Bay, City of"]' in said
    assert command.residents(load(base=tmp_path), file, "X01", ["Moore"]) == command.NOT_MADE
    assert "holds no area 'Moore'; near it: Moor." in capsys.readouterr().err
    assert command.residents(load(base=tmp_path), file, "X01", []) == command.NOT_MADE
    assert "--area" in capsys.readouterr().err


def test_a_name_that_a_spreadsheet_would_run_is_written_as_text_and_read_back_as_it_was(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "X01"
    folder.mkdir()
    area = "=HYPERLINK(1)"
    file = written(tmp_path, nomis(f"2021,{area},E06000903,100,10,10,5,5,3,3,80,80,2,2"))
    assert command.residents(replace(load(), extracts=tmp_path), file, "X01", [area]) == 0
    assert f"E06000903,'{area}," in (folder / "residents.csv").read_text(encoding="utf-8")
    ((_, one),) = own_rows(folder / "residents.csv")
    assert one.areas == (area,)
