"""Currencies of IATI 2.03 (ISO 4217, withdrawn ones among them) and their minor units. Pure."""

from collections.abc import Mapping

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN
BWP BYN BYR BZD CAD CDF CHF CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EEK EGP
ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR
ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL
MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SSP SRD STD
STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN USS UYI UYU UZS VED VEF
VES VND VUV WST XAF XBT XCD XDR XOF XPF YER ZAR ZMK ZMW ZWL
"""

CURRENCIES = frozenset(_CODES.split())

_WITHOUT = "BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_UNUSUAL: Mapping[str, int] = {
    **dict.fromkeys(_WITHOUT.split(), 0),
    **dict.fromkeys(_THREE.split(), 3),
    "CLF": 4,
    "XBT": 8,
}
USUAL_MINOR_UNITS = 2

CURRENCIES_BY_MINOR_UNITS: Mapping[int, frozenset[str]] = {
    places: frozenset(code for code, own in _UNUSUAL.items() if own == places)
    for places in set(_UNUSUAL.values())
}
"""The currencies whose minor unit is not the usual one, by its decimals."""


def minor_units(currency: str) -> int:
    """How many decimals amounts of a currency are told with (ISO 4217); 2 where it says none."""
    return _UNUSUAL.get(currency, USUAL_MINOR_UNITS)
