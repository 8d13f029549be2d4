"""Sums as readers see them."""

# ISO 4217: currencies whose smallest unit is not a hundredth, and signs that readers know.
NO_CENTS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "JPY": "¥"}
SIGNS |= {"INR": "₹", "ILS": "₪", "UAH": "₴", "KRW": "₩"}


def decimals(currency: str) -> int:
    """Digits behind the point."""
    return 0 if currency in NO_CENTS else 3 if currency in THOUSANDTHS else 2


def plain(minor: int, currency: str) -> str:
    """`minor` in whole units, as addresses hold it: 25, 2.50."""
    whole, part = divmod(minor, 10 ** decimals(currency))
    return f"{whole}.{part:0{decimals(currency)}}" if part else str(whole)


def written(minor: int, currency: str) -> str:
    """`$25`, `$2.50`, `€12,400`, `CHF 25`."""
    whole, _, part = plain(minor, currency).partition(".")
    sum_ = f"{int(whole):,}" + (f".{part}" if part else "")
    return f"{SIGNS[currency]}{sum_}" if currency in SIGNS else f"{currency} {sum_}"
