"""The States that invented people belong to: name as the United Nations write it, document numbers, cities.

Document number shapes: `#` is a digit, `@` a letter, anything else stands for itself. They follow the usual look of
each State's ordinary passport and identity card; they carry no check digits and were never issued.
"""

from typing import Final, NamedTuple


class State(NamedTuple):
    """One State, by its ISO 3166-1 alpha-3 code."""

    code: str
    name: str
    passport: str
    card: str
    cities: tuple[str, ...]


_TABLE = """
AFG | Afghanistan | P######## | ############# | KABUL, HERAT, MAZAR E SHARIF, KANDAHAR, JALALABAD
ARE | United Arab Emirates | @######## | 784############ | DUBAI, ABU DHABI, SHARJAH, AL AIN
AZE | Azerbaijan | C######## | AA####### | BAKU, GANJA, SUMQAYIT
AUS | Australia | P@####### | ######### | SYDNEY, MELBOURNE, PERTH, BRISBANE
BEL | Belgium | E@###### | ############ | BRUXELLES, ANTWERPEN, LIEGE, GENT
BFA | Burkina Faso | A####### | B######### | OUAGADOUGOU, BOBO DIOULASSO, KOUDOUGOU, OUAHIGOUYA, KAYA, FADA N GOURMA
BRA | Brazil | F@###### | ######### | SAO PAULO, RIO DE JANEIRO, RECIFE, SALVADOR
CAN | Canada | @@###### | ######### | MONTREAL, TORONTO, VANCOUVER, OTTAWA
CHN | China | E@####### | ################## | BEIJING, SHANGHAI, GUANGDONG, SICHUAN, ZHEJIANG, FUJIAN
CIV | Côte d'Ivoire | ##AA##### | C########## | ABIDJAN, BOUAKE, KORHOGO, DALOA, YAMOUSSOUKRO
CMR | Cameroon | ####### | ######### | DOUALA, YAOUNDE, BAFOUSSAM, GAROUA
COD | Democratic Republic of the Congo | OP####### | ########## | KINSHASA, LUBUMBASHI, MBUJI MAYI, KISANGANI
DEU | Germany | C@@##@#@# | L@@##@#@# | BERLIN, HAMBURG, KOELN, MUENCHEN, FRANKFURT, STUTTGART
DZA | Algeria | ######### | ######### | ALGER, ORAN, CONSTANTINE, ANNABA, TLEMCEN, SETIF, BEJAIA
EGY | Egypt | A######## | ############## | CAIRO, ALEXANDRIA, GIZA, MANSOURA, TANTA, ASSIUT
ESP | Spain | PA@###### | ########@ | MADRID, SEVILLA, MALAGA, BARCELONA, VALENCIA, ALGECIRAS, CADIZ
ETH | Ethiopia | EP####### | ############ | ADDIS ABABA, DIRE DAWA, MEKELLE, BAHIR DAR
FRA | France | ##@@##### | ############ | PARIS, LYON, MARSEILLE, TOULOUSE, LILLE, STRASBOURG, BORDEAUX
GBR | United Kingdom of Great Britain and Northern Ireland | ######### | ######### | LONDON, MANCHESTER, LEEDS
GHA | Ghana | G####### | GHA######### | ACCRA, KUMASI, TAMALE, TAKORADI
GIN | Guinea | O####### | ########### | CONAKRY, LABE, KANKAN, NZEREKORE
IDN | Indonesia | C####### | ################ | JAKARTA, SURABAYA, BANDUNG, MEDAN, YOGYAKARTA, SEMARANG
IND | India | @####### | ############ | DELHI, MUMBAI, HYDERABAD, CHENNAI, LUCKNOW, AHMEDABAD
IRN | Iran (Islamic Republic of) | @######## | ########## | TEHRAN, ISFAHAN, SHIRAZ, MASHHAD, TABRIZ
IRQ | Iraq | A######## | ############ | BAGHDAD, BASRA, MOSUL, ERBIL, NAJAF
ITA | Italy | Y@####### | CA#####@@ | ROMA, MILANO, NAPOLI, TORINO, PALERMO, BOLOGNA
JOR | Jordan | @###### | ########## | AMMAN, IRBID, ZARQA, SALT
KAZ | Kazakhstan | N######## | ######### | ALMATY, ASTANA, SHYMKENT
KEN | Kenya | AK####### | ######## | NAIROBI, MOMBASA, KISUMU, NAKURU
KOR | Republic of Korea | M######## | ############# | SEOUL, BUSAN, DAEGU, INCHEON
KWT | Kuwait | P######## | ############ | KUWAIT, HAWALLI, JAHRA
LBN | Lebanon | LR####### | ############ | BEIRUT, TRIPOLI, SAIDA, ZAHLE
MAR | Morocco | @@####### | @@###### | CASABLANCA, RABAT, FES, MARRAKECH, TANGER, AGADIR, MEKNES, OUJDA, TETOUAN, NADOR
MLI | Mali | AA####### | ############# | BAMAKO, SIKASSO, SEGOU, KAYES, MOPTI, GAO, KOUTIALA
MRT | Mauritania | B######## | ########## | NOUAKCHOTT, NOUADHIBOU, KIFFA, ROSSO, ATAR
NER | Niger | ##PC##### | ########## | NIAMEY, ZINDER, MARADI, TAHOUA, DOSSO, TILLABERI
NGA | Nigeria | A######## | ########### | LAGOS, KANO, KADUNA, IBADAN, MAIDUGURI, SOKOTO
NLD | Netherlands | N@@####@# | I@@####@# | AMSTERDAM, ROTTERDAM, UTRECHT, DEN HAAG
OMN | Oman | @####### | ######## | MUSCAT, SALALAH, SOHAR, NIZWA
PAK | Pakistan | @@####### | ############# | LAHORE, KARACHI, RAWALPINDI, FAISALABAD, PESHAWAR, MULTAN
PRT | Portugal | C@###### | ########Z@# | LISBOA, PORTO, COIMBRA, BRAGA, FARO
QAT | Qatar | @####### | ########### | DOHA, AL RAYYAN, AL WAKRAH
RUS | Russian Federation | ######### | ########## | MOSKVA, KAZAN, SAMARA, ROSTOV NA DONU, NOVOSIBIRSK
SAU | Saudi Arabia | @######## | ########## | RIYADH, JEDDAH, MAKKAH, MADINAH, DAMMAM, ABHA
SEN | Senegal | A######## | ############# | DAKAR, THIES, SAINT LOUIS, KAOLACK, TOUBA
SOM | Somalia | P######## | ########### | MOGADISHU, HARGEISA, KISMAYO, BOSASO
SYR | Syrian Arab Republic | N######## | ########### | DAMASCUS, ALEPPO, HOMS, HAMA, LATAKIA
TJK | Tajikistan | 4######## | A######## | DUSHANBE, KHUJAND, KULOB
TUN | Tunisia | @###### | ######## | TUNIS, SFAX, SOUSSE, KAIROUAN, BIZERTE, GABES
TUR | Türkiye | U######## | A##@##### | ISTANBUL, ANKARA, IZMIR, BURSA, KONYA, ADANA, GAZIANTEP
USA | United States of America | ######### | ######### | NEW YORK, CHICAGO, HOUSTON, BOSTON, DETROIT
UZB | Uzbekistan | F@####### | AD####### | TASHKENT, SAMARKAND, BUKHARA, NAMANGAN, FERGANA
YEM | Yemen | ######## | ########### | SANAA, ADEN, TAIZ, MUKALLA
"""


def _state(line: str) -> State:
    code, name, passport, card, cities = (cell.strip() for cell in line.split("|"))
    return State(code, name, passport, card, tuple(city.strip() for city in cities.split(",")))


STATES: Final = {state.code: state for state in map(_state, _TABLE.strip().splitlines())}
