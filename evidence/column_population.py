"""A body with known links, made apart from the project's own generator: other names, other habits, other slips.

What the project's own population lacks: names of eleven origins, emails shared in a household or given by an agency,
agency starters, rehires, two starts in a year, start dates moved by up to 60 days, batches of 40 who start on one
day, quarterly staff lists with posts, people gone before the last list. Every person is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd

COLUMNS: dict[str, tuple[str, ...]] = {
    "everything": (),
    "no NI": ("ni_number",),
    "no NI, no date of birth": ("ni_number", "date_of_birth"),
    "names and postcode": ("ni_number", "date_of_birth", "email"),
    "names and email": ("ni_number", "date_of_birth", "postcode"),
    "names and start date": ("ni_number", "date_of_birth", "postcode", "email"),
    "no person": ("ni_number", "date_of_birth", "postcode", "email", "first_name", "last_name"),
}  # fmt: skip
"""What the TRAC export holds -> the columns it has not."""
WHO = ("first_name", "last_name", "date_of_birth", "ni_number", "email", "postcode")

_BRITISH_FIRST = (
    "Susan Margaret David John Paul Karen Sarah Emma Claire Helen Andrew Mark Julie Nicola Laura Rebecca James Michael "
    "Stephen Peter Amanda Jacqueline Tracey Deborah Joanne Lisa Michelle Louise Alison Rachel Charlotte Hannah Amy Jessica "
    "Lauren Gemma Victoria Katherine Elizabeth Jennifer Christopher Matthew Daniel Thomas Simon Richard Robert William "
    "Anthony Ian Neil Gary Kevin Martin Philip Stuart Craig Jonathan Benjamin Samuel Joseph Adam Luke Ryan Jack Harry "
    "George Oliver Chloe Megan Bethany Sophie Georgia Ellie Abigail Molly Holly Natalie Kelly Donna Wendy Sharon Lesley "
    "Gillian Heather Fiona Lorraine Angela Carol Janet Christine Maureen Rosemary Hilary Imogen Freya Poppy Tamsin Morwenna"
)
_HEADS = [
    "Ash",
    "Brad",
    "Clay",
    "Dun",
    "East",
    "Fair",
    "Green",
    "Hart",
    "Hather",
    "Ing",
    "Kirk",
    "Lang",
    "Mar",
    "Nor",
    "Oak",
    "Pen",
    "Ray",
    "Sal",
    "Stan",
    "Thorn",
    "Up",
    "Wal",
    "West",
    "Whit",
    "Win",
    "Wood",
    "Bram",
    "Car",
    "Den",
    "El",
    "Hol",
    "Lind",
    "Mel",
    "Over",
    "Pres",
    "Rad",
    "Shel",
    "Tre",
    "Wed",
    "Yar",
]
_TAILS = [
    "ley",
    "ton",
    "ford",
    "worth",
    "well",
    "field",
    "by",
    "wick",
    "ham",
    "den",
    "son",
    "burn",
    "shaw",
    "stead",
    "croft",
    "dale",
    "more",
    "thwaite",
    "good",
    "ridge",
]
_FREQUENT = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Jackson",
    "Clarke",
]
ORIGINS: dict[str, tuple[str, str, str, str]] = {
    # origin: category, first names, last names (or the parts they are made of), where the parts are joined
    "Polish": ("C", "Agnieszka Katarzyna Anna Ewa Magdalena Joanna Monika Piotr Tomasz Marcin Paweł Łukasz Grzegorz Beata Dorota", "Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Michalski Zając Wieczorek Jabłoński Wróbel Malinowski Stępień Jaworski Górski Rutkowski", ""),
    "Irish": ("B", "Siobhán Niamh Aoife Ciara Gráinne Declan Brendan Pádraig Eoin Conor Roisin Maeve Aisling Colm Sinead", "O'Brien Murphy Kelly Byrne Ryan O'Connor Walsh O'Sullivan Doyle McCarthy Gallagher Doherty Kennedy Lynch Murray Quinn Moore McLoughlin Carroll Connolly Daly O'Neill Dunne Brennan Burke", ""),
    "Portuguese": ("C", "Maria Ana João Pedro Rui Carla Sofia Inês Tiago Nuno Cátia Filipa Marta Ricardo Vera", "da Silva|dos Santos|Ferreira|Pereira|Oliveira|Costa|Rodrigues|Martins|de Jesus|Sousa Lopes|Fernandes|Gonçalves|Gomes|Ribeiro|Almeida Pinto|Carvalho|Teixeira|Moreira|Correia|Mendes|Nunes|Soares|Vieira|Monteiro", "|"),
    "Indian": ("H", "Priya Anjali Sunita Rajesh Sanjay Deepak Meena Kavita Amit Vijay Nisha Ravi Lakshmi Suresh Anita Jaspreet Harpreet Gurpreet Manpreet Kiran", "Patel Shah Singh Kaur Sharma Desai Mehta Reddy Nair Iyer Gupta Menon Pillai Thomas Mathew George Varghese Joseph Chacko Kumar Rao Joshi Trivedi Bhatt Parmar", ""),
    "Keralan": ("H", "Sheeja Bindu Jincy Lijo Shiny Ancy Tintu Anju Jisha Biju Siji Reena Manju Mini Jomol", "Thomas Mathew George Varghese Joseph Chacko Kurian Philip Abraham John Antony Jose Paul Sebastian Jacob Cherian Daniel Mathai Scaria Eapen", ""),
    "Pakistani": ("J", "Mohammed Muhammad Ayesha Fatima Sadia Imran Asif Shazia Nadia Bilal Hamza Zainab Saima Rukhsana Tariq Usman Amina Sana", "Khan Ahmed Hussain Ali Malik Iqbal Akhtar Mahmood Shah Mirza Begum Bibi Chaudhry Butt Qureshi Rafiq Aslam Bashir Raza Siddiqui", ""),
    "Filipino": ("L", "Maria Cristina|Rowena|Jocelyn|Maricel|Rosalie|Jonathan|Mark Anthony|Mary Grace|Arnel|Ronaldo|Jennelyn|Rhodora|Analyn|Sheryl|Marivic", "dela Cruz|Santos|Reyes|Garcia|Mendoza|Bautista|Villanueva|Ramos|Aquino|Castillo|Fernandez|de Guzman|Domingo|Mercado|Navarro|Salazar|Manalo|Pascual|Soriano|Tolentino", "|"),
    "Nigerian": ("N", "Oluwaseun Adebayo Chidinma Ngozi Folake Temitope Emeka Chukwuemeka Ifeoma Blessing Grace Funmilayo Kehinde Taiwo Tunde Bukola Yetunde Chioma", "Okafor Adeyemi Okonkwo Adebayo Eze Nwosu Balogun Ogunleye Ibrahim Okoro Afolabi Oladipo Chukwu Onyeka Adewale Obi Akinola Ojo Bello Nwachukwu", ""),
    "Ghanaian": ("N", "Akosua Abena Kwame Kofi Ama Yaw Kwabena Adwoa Efua Grace Emmanuel Comfort Mercy Samuel", "Mensah Owusu Boateng Osei Asante Appiah Agyemang Acheampong Amoah Ofori Antwi Sarpong Addo Frimpong", ""),
    "Chinese": ("R", "Wei Li Mei Xiu Ying Hui Jing Min Yan Fang Ling Jun Chen Xin Hong", "Wang Li Zhang Chen Liu Yang Huang Wu Zhao Chan Wong Lee Cheung Lam Ho", ""),
}  # fmt: skip
SHARES = {"British": 0.72, "Polish": 0.02, "Irish": 0.025, "Portuguese": 0.02, "Indian": 0.06, "Keralan": 0.035, "Pakistani": 0.03, "Filipino": 0.03, "Nigerian": 0.03, "Ghanaian": 0.015, "Chinese": 0.015}  # fmt: skip
KNOWN_AS = {"Susan": "Sue", "Margaret": "Maggie", "David": "Dave", "Katherine": "Kate", "Elizabeth": "Liz", "Jennifer": "Jenny", "Christopher": "Chris", "Matthew": "Matt", "Daniel": "Dan", "Thomas": "Tom", "Richard": "Rick", "Robert": "Bob", "William": "Bill", "Anthony": "Tony", "Michael": "Mike", "Stephen": "Steve", "Andrew": "Andy", "Deborah": "Debbie", "Joanne": "Jo", "Victoria": "Vicky", "Rebecca": "Becky", "Samuel": "Sam", "Benjamin": "Ben", "Joseph": "Joe", "Philip": "Phil", "Jonathan": "Jon", "Mohammed": "Mo", "Oluwaseun": "Seun", "Temitope": "Temi", "Chukwuemeka": "Emeka", "Jocelyn": "Joy", "Agnieszka": "Aga", "Katarzyna": "Kasia", "Gurpreet": "Gary", "Xiu": "Shirley"}  # fmt: skip
POSTS = [
    ("Nursing and Midwifery Registered", "Band 5", "Staff Nurse", 0.28), ("Nursing and Midwifery Registered", "Band 6", "Sister/Charge Nurse", 0.10),
    ("Additional Clinical Services", "Band 2", "Healthcare Assistant", 0.20), ("Additional Clinical Services", "Band 3", "Senior Healthcare Assistant", 0.05),
    ("Administrative and Clerical", "Band 3", "Receptionist", 0.10), ("Administrative and Clerical", "Band 4", "Medical Secretary", 0.07),
    ("Allied Health Professionals", "Band 6", "Physiotherapist", 0.06), ("Medical and Dental", "Specialty Registrar", "Specialty Doctor", 0.08),
    ("Estates and Ancillary", "Band 2", "Domestic Assistant", 0.06),
]  # fmt: skip
SITES = ("Northgate Infirmary", "St Aldhelm's Hospital", "Marsh Lane Clinic", "Riverside House")


@dataclass(frozen=True, slots=True)
class Body:
    """What a body is like. Shares are of the appointed applications, unless said otherwise."""

    applications: int = 3000
    staff: int = 6000
    seed: int = 1
    organisation_code: str = "XGP"
    as_at: date = date(2021, 3, 31)
    posts: bool = True
    shares: dict[str, float] = field(default_factory=lambda: dict(SHARES))
    in_esr: float = 0.78
    starts_moved: float = 0.25
    moved_by: int = 30
    batch_of: int = 0
    shared_emails: float = 0.02
    agency: float = 0.02
    rehires: float = 0.03
    two_starts: float = 0.02
    no_application: float = 0.10
    typo_of: dict[str, float] = field(default_factory=dict)


HARSH = {
    "other origins": {"shares": {"British": 0.30} | {o: 0.70 * s / 0.28 for o, s in SHARES.items() if o != "British"}},
    "shared emails, agency starters": {"shared_emails": 0.15, "agency": 0.20},
    "rehires, two starts in a year": {"rehires": 0.15, "two_starts": 0.10},
    "starts moved by up to 60 days": {"starts_moved": 0.50, "moved_by": 60},
    "batches of 40": {"batch_of": 40},
}  # fmt: skip


def build(con: duckdb.DuckDBPyConnection, body: Body) -> None:
    """Append to `core_staff`, `core_assignments`, `core_applications`, and to `linkage_truth`.

    `linkage_truth`: one row an application: application_id, employee_number (None = not in ESR), origin, wres_group.
    """
    rng = np.random.default_rng(body.seed)
    extra = int(body.applications * 0.3) + 50
    people = _people(rng, body.staff + extra, body)
    n_staff, n = body.staff, body.applications
    day0 = np.datetime64(body.as_at)
    kinds = _kinds(rng, body)
    person = _who(rng, kinds, n_staff)
    stranger = person < 0
    person[stranger] = n_staff + np.arange(stranger.sum())
    start = _starts(rng, n, day0, body)
    coming = kinds == "coming"
    start[coming] = day0 + rng.integers(1, 60, coming.sum())
    second = kinds == "second start"
    first_of = {int(p): i for i, p in enumerate(person) if kinds[i] in ("starter", "agency")}
    for i in np.flatnonzero(second):
        j = first_of[int(person[i])]
        start[i] = start[j] + np.timedelta64(int(rng.integers(100, 200)), "D")
        if start[i] > day0:
            start[i], start[j] = start[j], start[j] - np.timedelta64(int(rng.integers(100, 200)), "D")
    applied = start - rng.integers(40, 140, n)
    hires = _hires(rng, kinds, person, start, n_staff, day0, body)
    posts = rng.choice(len(POSTS), size=len(people), p=[p[3] for p in POSTS])
    sites = rng.choice(len(SITES), size=len(people), p=[0.5, 0.25, 0.15, 0.1])
    _write_staff(con, rng, people, hires, posts, sites, n_staff, body)
    _write_applications(con, rng, people, person, kinds, start, applied, posts, sites, body)
    truth = pd.DataFrame({
        "organisation_code": body.organisation_code,
        "application_id": [f"{body.organisation_code}-{i:07d}" for i in range(n)],
        "employee_number": [f"{p + 20_000_000}" if p < n_staff and k not in ("stranger", "coming") else None for p, k in zip(person, kinds, strict=True)],
        "origin": people["origin"].to_numpy()[person], "wres_group": people["wres_group"].to_numpy()[person],
        "kind": kinds, "true_start": start,
    })  # fmt: skip
    _append(con, "linkage_truth", truth)


def exported(con: duckdb.DuckDBPyConnection, export: str) -> None:
    """Leave the applicants what the export holds of them; the whole body is kept for the next export."""
    con.execute("CREATE TEMP TABLE IF NOT EXISTS whole_body AS SELECT * FROM core_identities")
    gone = ", ".join(f"CASE WHEN application_id IS NULL THEN {c} END AS {c}" for c in COLUMNS[export])
    con.execute("DELETE FROM core_identities")
    con.execute(
        f"INSERT INTO core_identities BY NAME SELECT * {f'REPLACE ({gone})' if gone else ''} FROM whole_body"  # noqa: S608
    )
    held = ", ".join(
        f"CASE WHEN i.{c} IS NOT NULL THEN '{c}' END"
        for c in ("ni_number", "date_of_birth", "email", "postcode")
    )
    con.execute(
        f"UPDATE core_applications a SET particulars_held = concat_ws(',', {held}) FROM core_identities i "  # noqa: S608
        "WHERE i.organisation_code = a.organisation_code AND i.application_id = a.application_id"
    )


def _kinds(rng: np.random.Generator, body: Body) -> Any:
    inside = 0.12  # movers inside the organisation
    shares = {
        "internal": inside,
        "agency": body.agency,
        "rehire": body.rehires,
        "second start": body.two_starts,
    }
    shares["starter"] = body.in_esr - sum(shares.values())
    shares |= {"withdrawn": 0.05, "coming": 0.04}
    shares["stranger"] = 1 - sum(shares.values())
    return rng.choice(list(shares), size=body.applications, p=list(shares.values()))


def _who(rng: np.random.Generator, kinds: Any, staff: int) -> Any:
    person = np.full(len(kinds), -1, dtype=np.int64)
    order = rng.permutation(staff)
    new = np.flatnonzero(np.isin(kinds, ["starter", "agency", "rehire"]))
    person[new] = order[: len(new)]
    rest = order[len(new) :]
    inside = np.flatnonzero(kinds == "internal")
    person[inside] = rest[: len(inside)]
    twice = np.flatnonzero(kinds == "second start")
    starters = person[np.isin(kinds, ["starter", "agency"])]
    person[twice] = rng.choice(starters, size=len(twice), replace=False)
    return person


def _starts(rng: np.random.Generator, n: int, day0: Any, body: Body) -> Any:
    days = day0 - rng.integers(60, 420, n).astype("timedelta64[D]")
    mondays = days - ((days.astype(np.int64) + 3) % 7).astype("timedelta64[D]")
    start = np.where(rng.random(n) < 0.8, mondays, days)
    if body.batch_of:
        batch = np.arange(n) // body.batch_of
        first = day0 - (60 + 360 * rng.random(batch.max() + 1)).astype("timedelta64[D]")
        start = first[batch] - ((first[batch].astype(np.int64) + 3) % 7).astype("timedelta64[D]")
    return start.astype("datetime64[D]")


def _hires(rng: np.random.Generator, kinds: Any, person: Any, start: Any, staff: int, day0: Any, body: Body) -> pd.DataFrame:  # fmt: skip
    """One row a spell of a member of staff: person, hire date, last day (NaT = still there)."""
    usual = day0 - rng.integers(430, 8000, staff).astype("timedelta64[D]")
    usual = usual - np.where(rng.random(staff) < 0.8, (usual.astype(np.int64) + 3) % 7, 0).astype(
        "timedelta64[D]"
    )
    gone = np.full(staff, np.datetime64("NaT"), dtype="datetime64[D]")
    leavers = rng.random(staff) < 0.06
    gone[leavers] = day0 - rng.integers(1, 360, leavers.sum()).astype("timedelta64[D]")
    spells = []
    new: set[int] = set()
    for i in np.flatnonzero(np.isin(kinds, ["starter", "agency", "rehire", "second start"])):
        p = int(person[i])
        moved = (
            int(rng.integers(-body.moved_by, body.moved_by + 1)) if rng.random() < body.starts_moved else 0
        )
        hire = min(start[i] + np.timedelta64(moved, "D"), day0)
        if kinds[i] == "rehire":
            spells.append((p, usual[p], start[i] - np.timedelta64(int(rng.integers(120, 500)), "D")))
        left = np.datetime64("NaT")
        if kinds[i] == "starter" and rng.random() < 0.04:
            left = min(hire + np.timedelta64(int(rng.integers(70, 200)), "D"), day0)
        spells.append((p, hire, left))
        new.add(p)
    others = [
        p for p in range(staff) if p not in new
    ]  # some came without an application: transfers, rotations
    for p in others[: int(body.no_application * len(new))]:
        usual[p], gone[p] = day0 - np.timedelta64(int(rng.integers(60, 420)), "D"), np.datetime64("NaT")
    spells += [(p, usual[p], gone[p]) for p in others]
    return pd.DataFrame(spells, columns=["person", "hire", "last"])


def _people(rng: np.random.Generator, n: int, body: Body) -> pd.DataFrame:
    names = list(body.shares)
    total = sum(body.shares.values())
    origin = rng.choice(names, size=n, p=[body.shares[o] / total for o in names])
    first, last, code = (np.empty(n, dtype=object) for _ in range(3))
    for name in names:
        mine = np.flatnonzero(origin == name)
        if name == "British":
            firsts, category = _BRITISH_FIRST.split(), "A"
            lasts = _FREQUENT + [h + t for h in _HEADS for t in _TAILS]
            weights = np.array([12.0] * len(_FREQUENT) + [1.0] * (len(lasts) - len(_FREQUENT)))
        else:
            category, text_first, text_last, joined = ORIGINS[name]
            firsts = text_first.split("|" if "|" in text_first else None)
            lasts = text_last.split(joined or None)
            weights = 1 / (3 + np.arange(len(lasts)))
        w_first = 1 / (8 + np.arange(len(firsts)))
        first[mine] = rng.choice(firsts, size=len(mine), p=w_first / w_first.sum())
        last[mine] = rng.choice(lasts, size=len(mine), p=weights / weights.sum())
        code[mine] = category
        if name != "British":  # most have a second given name that one system or the other drops
            double = mine[rng.random(len(mine)) < 0.5]
            first[double] = [
                f"{a} {b}" for a, b in zip(first[double], rng.choice(firsts, size=len(double)), strict=True)
            ]
    born = np.datetime64("1956-01-01") + rng.integers(0, 46 * 365, n).astype("timedelta64[D]")
    serial = rng.permutation(n) + 100_000
    area = rng.integers(1, 60, n)
    post = [
        f"ZZ{a} {d}{x}{y}"
        for a, d, x, y in zip(
            area,
            rng.integers(1, 10, n),
            rng.choice(list("ABDEFGHJLNPQRSTUWXYZ"), n),
            rng.choice(list("ABDEFGHJLNPQRSTUWXYZ"), n),
            strict=True,
        )
    ]
    frame = pd.DataFrame({
        "origin": origin, "first": first, "last": last, "code": code,
        "wres_group": np.where(np.isin(code, ["A", "B", "C"]), "White", "BME"), "born": born,
        "ni": [f"{'ABCEGHJKLMNPRSTWXYZ'[s % 19]}{'ABCEGHJKLMPRSTWXYZ'[s % 18]}{s % 1_000_000:06d}{'ABCD'[s % 4]}" for s in serial],
        "email": [f"p{s}@mail.example" for s in serial], "postcode": post,
    })  # fmt: skip
    _households(rng, frame, body)
    return frame


def _households(rng: np.random.Generator, frame: pd.DataFrame, body: Body) -> None:
    """Partners, siblings, twins and namesakes who live with somebody else of the body; some share the email."""
    n = len(frame)
    draw, other = rng.random(n), rng.integers(0, n, n)
    for low, high, columns in (
        (0.0, 0.015, ("postcode", "last")), (0.015, 0.020, ("postcode", "last", "born")), (0.020, 0.023, ("postcode", "last", "first")),
        (0.023, 0.033, ("postcode",)),
    ):  # fmt: skip
        mine = np.flatnonzero((draw >= low) & (draw < high))
        if "born" in columns:  # no twins are both called Charlotte
            called = frame["first"].str.split(" ").str[0].to_numpy()
            mine = mine[called[mine] != called[other[mine]]]
        for column in columns:
            frame.loc[mine, column] = frame[column].to_numpy()[other[mine]]
    sharing = np.flatnonzero((draw < 0.033) & (rng.random(n) < max(0.2, 4 * body.shared_emails)))
    frame.loc[sharing, "email"] = frame["email"].to_numpy()[other[sharing]]


def _typed(rng: np.random.Generator, name: str) -> str:
    if len(name) < 4:
        return name
    i = int(rng.integers(1, len(name) - 1))
    return [
        name[:i] + name[i + 1 :],
        name[:i] + name[i] + name[i:],
        name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :],
    ][int(rng.integers(3))]


def _write_staff(con: duckdb.DuckDBPyConnection, rng: np.random.Generator, people: pd.DataFrame, spells: pd.DataFrame, posts: Any, sites: Any, n_staff: int, body: Body) -> None:  # fmt: skip
    years = body.as_at.year
    lists = [
        date(years - 1, 3, 31),
        date(years - 1, 6, 30),
        date(years - 1, 9, 30),
        date(years - 1, 12, 31),
        body.as_at,
    ]
    for snapshot in lists:
        day = np.datetime64(snapshot)
        here = spells[(spells.hire <= day) & (spells["last"].isna() | (spells["last"] >= day))]
        here = here.sort_values("hire").groupby("person", as_index=False).last()
        who = here.person.to_numpy()
        p = people.iloc[who]
        identity = pd.DataFrame({
            "organisation_code": body.organisation_code, "snapshot_date": snapshot, "delivery_id": f"esr {snapshot}",
            "employee_number": [f"{i + 20_000_000}" for i in who], "first_name": p["first"].to_numpy(), "last_name": p["last"].to_numpy(),
            "date_of_birth": p["born"].to_numpy(), "ni_number": p["ni"].to_numpy(), "email": p["email"].to_numpy(), "postcode": p["postcode"].to_numpy(),
            "hire_date": here.hire.to_numpy(), "ethnic_origin": p["code"].to_numpy(), "ethnic_code": p["code"].to_numpy(), "ethnic_state": "declared",
            "wres_group": p["wres_group"].to_numpy(), "counted": True, "exclusion_reason": "",
        })  # fmt: skip
        _append(con, "core_staff", identity.drop(columns=list(WHO)))
        _append(con, "core_identities", _who_they_are(identity, "snapshot_date", "employee_number"))
        post = [POSTS[k] for k in posts[who]]
        assignment = pd.DataFrame({
            "organisation_code": body.organisation_code, "snapshot_date": snapshot, "delivery_id": f"esr {snapshot}",
            "employee_number": identity["employee_number"], "assignment_number": identity["employee_number"], "is_primary": True,
            "ethnic_origin": identity["ethnic_origin"], "ethnic_code": identity["ethnic_code"], "ethnic_state": "declared", "wres_group": identity["wres_group"],
            "staff_group": [x[0] for x in post], "pay_scale": [x[1] for x in post], "band": [x[1] for x in post], "position_title": [x[2] for x in post],
            "job_role": [x[2] for x in post], "site": [SITES[k] for k in sites[who]], "hire_date": here.hire.to_numpy(), "exclusion_reason": "", "chosen": True,
        })  # fmt: skip
        _append(con, "core_assignments", assignment)


def _write_applications(con: duckdb.DuckDBPyConnection, rng: np.random.Generator, people: pd.DataFrame, person: Any, kinds: Any, start: Any, applied: Any, posts: Any, sites: Any, body: Body) -> None:  # fmt: skip
    n = len(person)
    p = people.iloc[person]
    first, last = p["first"].to_numpy().copy(), p["last"].to_numpy().copy()
    for i in range(n):
        typo = body.typo_of.get(p["wres_group"].iloc[i], 0.025)
        draw = rng.random(8)
        if draw[0] < 0.4 and " " in first[i]:
            first[i] = first[i].split(" ")[0]
        if draw[1] < 0.12:
            given, _, rest = first[i].partition(" ")
            first[i] = f"{KNOWN_AS.get(given, given)} {rest}".strip()
        if draw[2] < typo:
            first[i] = _typed(rng, first[i])
        if draw[3] < typo:
            last[i] = _typed(rng, last[i])
        if draw[4] < 0.008:
            first[i], last[i] = last[i], first[i]
        if draw[5] < 0.02:
            last[i] = people["last"].iloc[int(rng.integers(len(people)))]
        elif draw[5] < 0.03:
            last[i] = f"{last[i]}-{people['last'].iloc[int(rng.integers(len(people)))]}"
        if draw[6] < 0.1:
            first[i], last[i] = first[i].upper(), last[i].upper()
    email, postcode, ni, born = (p[c].to_numpy().copy() for c in ("email", "postcode", "ni", "born"))
    other = rng.random(n) < 0.45
    email[other] = [f"other{i}@mail.example" for i in np.flatnonzero(other)]
    agency = kinds == "agency"
    email[agency] = [f"candidates@agency{i % 3}.example" for i in np.flatnonzero(agency)]
    moved = rng.random(n) < 0.12
    postcode[moved] = [f"ZZ{70 + i % 29} {i % 9 + 1}QQ" for i in np.flatnonzero(moved)]
    ni[rng.random(n) < 0.2] = None
    wrong = rng.random(n) < 0.015
    born[wrong] = born[wrong] + np.timedelta64(10, "D")
    shown = start.copy()
    shown[rng.random(n) < 0.01] = np.datetime64("NaT")
    post = [POSTS[k] for k in posts[person]]
    frame = pd.DataFrame({
        "delivery_id": f"trac {body.as_at}", "organisation_code": body.organisation_code, "as_at": body.as_at,
        "application_id": [f"{body.organisation_code}-{i:07d}" for i in range(n)], "vacancy_reference": [f"V{i % 997}" for i in range(n)],
        "vacancy_title": [x[2] if body.posts else "" for x in post], "staff_group": [x[0] if body.posts else "" for x in post],
        "pay_scale": [x[1] if body.posts else "" for x in post], "first_name": first, "last_name": last,
        "date_of_birth": born, "email": email, "postcode": postcode, "ni_number": ni, "date_applied": applied, "stage": "Starting",
        "shortlisted": True, "interviewed": True, "offered": True, "appointed": True, "withdrawn": kinds == "withdrawn",
        "start_date": shown, "ethnic_origin": p["code"].to_numpy(), "ethnic_code": p["code"].to_numpy(), "ethnic_state": "declared",
        "wres_group": p["wres_group"].to_numpy(), "is_internal": (kinds == "internal") & (rng.random(n) < 0.9), "is_international": False,
        "source": "TRAC", "stage_known": True, "row_number": np.arange(n),
    })  # fmt: skip
    of_nobody = frame.drop(columns=list(WHO)).assign(applicant=np.arange(n), particulars_held="")
    _append(con, "core_applications", of_nobody)
    _append(con, "core_identities", _who_they_are(frame, "as_at", "application_id"))


def _who_they_are(frame: pd.DataFrame, day: str, number: str) -> pd.DataFrame:
    return frame[["organisation_code", "delivery_id", day, number, *WHO]].rename(columns={day: "as_at"})


def _append(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    con.register("arriving", frame)
    there = {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if table not in there:
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM arriving")
    else:
        con.execute(f"INSERT INTO {table} BY NAME SELECT * FROM arriving")
    con.unregister("arriving")
