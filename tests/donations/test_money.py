"""Sums as readers see them."""

from donations.money import plain, written

SHOWN = {
    (2500, "USD"): "$25",
    (250, "USD"): "$2.50",
    (5, "USD"): "$0.05",
    (1_240_000, "EUR"): "€12,400",
    (2500, "CHF"): "CHF 25",
    (2500, "JPY"): "¥2,500",
    (2500, "KWD"): "KWD 2.500",
    (0, "GBP"): "£0",
}


def test_sums_are_written_as_readers_know_them() -> None:
    assert {sum_: written(*sum_) for sum_ in SHOWN} == SHOWN


def test_addresses_hold_whole_units() -> None:
    assert [plain(2500, "USD"), plain(250, "USD"), plain(1, "KWD")] == ["25", "2.50", "0.001"]
