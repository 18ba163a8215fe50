"""Protected characteristics besides ethnicity that both extracts may hold, and what in their fields is no answer.

Their answers are never kept: at landing it is noted whether a row holds one, and no more. Names of the Equality Act 2010;
nationality is part of race there. Words that say nothing: [recalled] lists of ESR, TRAC and NHS Jobs.
"""

from __future__ import annotations

ETHNICITY = "ethnicity"
TITLES = {
    "disability": "Disability",
    "sex": "Sex",
    "religion_or_belief": "Religion or belief",
    "sexual_orientation": "Sexual orientation",
    "marital_status": "Marital status",
    "nationality": "Nationality",
    "date_of_birth": "Date of birth",
}
"""Characteristic -> its title, in the order they are shown."""

_SAYS_NOTHING = (
    r"(.* )?not (be )?(stated|declared|disclosed|known|specified|recorded|answered|given|provided|asked|applicable|available|supplied|entered|completed|obtained)( .*)?",
    r"(.* )?(prefer|prefers|preferred|rather|wish|wishes|choose|chose|chosen|want|willing)( not| to not)( .*)?",
    r"(.* )?(not|don t|dont|did not|didn t) (wish|want|prefer|choose|like|disclose|say)( .*)?",
    r"(.* )?(declined?|declines|refused?|withheld|undisclosed|undeclared|unspecified|unknown|unanswered|unstated|undefined|unrecorded)( .*)?",
    r"no (answer|response|information|data|value|entry|reply|record)( .*)?",
    r"(null|nil|na|n a|nan|blank|missing|tbc|z)?",
)
UNANSWERED = "|".join(f"({pattern})" for pattern in _SAYS_NOTHING)
"""Regular expression of a whole text in small letters, words parted by one blank, that holds no answer."""
