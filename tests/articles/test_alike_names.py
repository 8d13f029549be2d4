import pytest

from articles import alike


def found(*names: str) -> list[list[str]]:
    return [[names[i] for i in ids] for ids in alike.groups(dict(enumerate(names)))]


@pytest.mark.parametrize(
    "pair",
    [
        ("nato", "NATO"),
        ("Łódź", "lodz"),
        ("sanction", "Sanctions"),
        ("treaty", "treaties"),
        ("G7 summits", "g-7 summit"),
        ("Zelensky", "Zelenskyy"),
        ("Kazakhstan", "Kazahkstan"),
        ("Netanyahu", "Netanyaha"),
        ("ukraine war", "Ukraine wars"),
        ("covid-19", "covid19"),
    ],
)
def test_spellings_of_one_name_are_alike(pair: tuple[str, str]) -> None:
    assert found("Asia", *pair, "zoo") == [list(pair)]


@pytest.mark.parametrize(
    "names",
    [
        ("Iran", "Iraq"),
        ("Gambia", "Zambia"),
        ("Election 2020", "Election 2024"),
        ("North Korea", "South Korea"),
        ("Austria", "Australia"),
        ("Mali", "Malawi"),
        ("US", "use"),
    ],
)
def test_two_names_are_two(names: tuple[str, str]) -> None:
    assert found(*names) == []


def test_more_than_two_come_together() -> None:
    assert found("Kadyrov", "nato", "kadyrow", "Kadyrov's", "Nato") == [
        ["Kadyrov", "kadyrow", "Kadyrov's"],
        ["nato", "Nato"],
    ]
