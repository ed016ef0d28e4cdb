"""Country names as lists write them, folded to one code (ISO 3166-1, two letters)."""

from accountplanner.domain.text import search_text

_NAMES = """
AE United Arab Emirates|UAE
AR Argentina|Argentinien|ARG
AT Austria|Österreich|Oesterreich|AUT
AU Australia|Australien|AUS
BA Bosnia and Herzegovina|Bosnia
BD Bangladesh
BE Belgium|Belgien|Belgique|België|BEL
BG Bulgaria|Bulgarien
BH Bahrain
BO Bolivia
BR Brazil|Brasil|Brasilien|BRA
BY Belarus
CA Canada|Kanada|CAN
CH Switzerland|Schweiz|Suisse|Svizzera|CHE
CI Côte d'Ivoire|Ivory Coast
CL Chile|CHL
CM Cameroon
CN China|People's Republic of China|PR China|CHN
CO Colombia|Kolumbien
CR Costa Rica
CY Cyprus|Zypern
CZ Czech Republic|Czechia|Tschechien|CZE
DE Germany|Deutschland|Allemagne|Federal Republic of Germany|DEU|GER
DK Denmark|Dänemark|Danmark|DNK
DO Dominican Republic
DZ Algeria
EC Ecuador
EE Estonia|Estland
EG Egypt|Ägypten
ES Spain|España|Spanien|Espagne|ESP
FI Finland|Finnland|Suomi|FIN
FR France|Frankreich|FRA
GB United Kingdom|UK|Great Britain|England|Scotland|Wales|Northern Ireland|GBR|U.K.
GE Georgia
GH Ghana
GR Greece|Griechenland|Hellas
GT Guatemala
HK Hong Kong
HN Honduras
HR Croatia|Kroatien|Hrvatska
HU Hungary|Ungarn|Magyarország
ID Indonesia|Indonesien
IE Ireland|Irland|Éire|IRL
IL Israel
IN India|Indien|IND
IQ Iraq
IR Iran
IS Iceland|Island
IT Italy|Italia|Italien|Italie|ITA
JO Jordan
JP Japan|JPN
KE Kenya
KR South Korea|Korea|Republic of Korea|Südkorea
KW Kuwait
KZ Kazakhstan
LB Lebanon
LI Liechtenstein
LK Sri Lanka
LT Lithuania|Litauen
LU Luxembourg|Luxemburg
LV Latvia|Lettland
MA Morocco|Marokko|Maroc
MC Monaco
MD Moldova
ME Montenegro
MK North Macedonia|Macedonia
MT Malta
MX Mexico|México|Mexiko|MEX
MY Malaysia
NG Nigeria
NL Netherlands|The Netherlands|Niederlande|Nederland|Holland|NLD
NO Norway|Norwegen|Norge|NOR
NZ New Zealand|Neuseeland|NZL
OM Oman
PA Panama
PE Peru|Perú
PH Philippines|Philippinen
PK Pakistan
PL Poland|Polen|Polska|POL
PT Portugal|PRT
PY Paraguay
QA Qatar
RO Romania|Rumänien|România
RS Serbia|Serbien
RU Russia|Russian Federation|Russland
SA Saudi Arabia|Saudi-Arabien
SE Sweden|Schweden|Sverige|SWE
SG Singapore|Singapur
SI Slovenia|Slowenien|Slovenija
SK Slovakia|Slovak Republic|Slowakei
SN Senegal
SV El Salvador
TH Thailand
TN Tunisia|Tunesien
TR Turkey|Türkiye|Türkei
TW Taiwan
TZ Tanzania
UA Ukraine
UG Uganda
US United States|USA|United States of America|U.S.A.|U.S.|America|Vereinigte Staaten
UY Uruguay
UZ Uzbekistan
VE Venezuela
VN Vietnam|Viet Nam
ZA South Africa|Südafrika
"""


def _folded(name: str) -> str:
    return search_text(name).strip()


_CODES = {
    _folded(name): code
    for code, _, names in (line.partition(" ") for line in _NAMES.strip().splitlines())
    for name in (code, *names.split("|"))
}


def country_code(name: str) -> str | None:
    """The code of a country as people write it, `None` if we do not know it."""
    return _CODES.get(_folded(name))


def same_country(one: str, other: str) -> bool | None:
    """Say whether two texts name one country; `None` where either is blank."""
    if not one.strip() or not other.strip():
        return None
    first, second = (country_code(each) or _folded(each) for each in (one, other))
    return first == second
