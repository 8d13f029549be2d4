"""How often one household may report; remembered for a minute, and nowhere written."""

from ipaddress import ip_address

from donations.flood import A_MINUTE, MOST, Flood


def test_household_may_report_so_often_a_minute() -> None:
    flood = Flood()

    def reports(address: str, seconds: float) -> int:
        return sum(flood.lets(ip_address(address), seconds) for _ in range(3 * A_MINUTE))

    assert reports("8.8.8.8", 0) == A_MINUTE
    assert reports("8.8.8.9", 0) == A_MINUTE
    assert reports("8.8.8.8", 30) == A_MINUTE / 2
    assert reports("8.8.8.8", 3600) == A_MINUTE


def test_customers_of_a_provider_share_their_network_of_the_sixth_version() -> None:
    flood = Flood()

    for number in range(A_MINUTE):
        assert flood.lets(ip_address(f"2a00:1450:4001:82b::{number:x}"), 0)

    assert not flood.lets(ip_address("2a00:1450:4001:82b::ffff"), 0)
    assert flood.lets(ip_address("2a00:1450:4001:82c::1"), 0)


def test_proxy_that_nobody_told_us_of_is_no_household() -> None:
    flood = Flood()

    assert all(flood.lets(ip_address("10.0.0.1"), 0) for _ in range(3 * A_MINUTE))


def remembered(flood: Flood) -> set[str]:
    return set(vars(flood)["_left"])


def test_flood_remembers_a_bounded_number_of_households() -> None:
    flood = Flood()

    for number in range(MOST + 10):
        flood.lets(ip_address(0x08000000 + number), number / 1000)

    assert len(remembered(flood)) <= MOST


def test_household_is_forgotten_when_nothing_asks_for_it_any_more() -> None:
    flood = Flood()
    flood.lets(ip_address("8.8.8.8"), 100)

    flood.lets(ip_address("9.9.9.9"), 161)

    assert remembered(flood) == {"9.9.9.9/32"}
