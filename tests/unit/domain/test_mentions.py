"""Who is named in a note."""

from uuid import UUID

import pytest

from app.domain.mentions import mentioned

ANN, ANNA, ELO = (UUID(int=n) for n in (1, 2, 3))
PEOPLE = ((ANN, "Ann"), (ANNA, "Ann Archer"), (ELO, "Élodie Lefèvre"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Ann Archer please", {ANNA}),
        ("@Ann and @ann archer", {ANN, ANNA}),
        ("@elodie LEFEVRE", {ELO}),
        ("write to ann@archer.example", set()),
        ("nobody @ all", set()),
        ("", set()),
    ],
)
def test_names_are_found_whole_and_the_longer_one_first(text: str, found: set[UUID]) -> None:
    assert set(mentioned(text, PEOPLE)) == found
