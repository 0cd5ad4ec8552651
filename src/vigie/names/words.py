"""Words in names that are no name themselves. Spellings as folded by nobody: plain lower-case a-z, as documents print.

A particle joins names and may be dropped, doubled or glued by any clerk; it identifies nobody. Sources: ICAO Doc
9303 part 3 section 4 (titles are not to appear, and do); United Nations, A guide to names and naming practices
(2006) for Arabic, Persian, West African, Iberian and Dutch particles.
"""

from typing import Final

ARTICLES: Final = frozenset("al el ul il as es ash esh ach ech ar er ur an en un ad ed ud at et ut az ez uz".split())
"""The Arabic article with the first consonant it takes before sun letters (as-, ash-/ech-, ar- ...)."""

LINEAGE: Final = frozenset(
    "bin ibn ben bn bint binti bent bte bt ould uld wald wuld weld walad oul mint aal ait banu beni begum bibi".split()
)
"""Son, daughter, people of."""

KUNYA: Final = frozenset("abu abou abi aboo bu bou um umm oum om umu".split())
"""Father or mother of: half of a byname."""

EUROPEAN: Final = frozenset("de da do dos das del della di du la le las les los van von der den ter ten zu af".split())

LEARNED: Final = frozenset(
    "mullah mulla molla mawlawi mawlavi maulawi maulavi moulavi moulawi maulvi molvi akhund akhond akhoond qari sahib"
    " saheb ustad ustaz ustadh hafiz hafez".split()
)
"""Forms of address of Afghanistan, Pakistan and the Gulf that lists and documents write into names."""

PARTICLES: Final = ARTICLES | LINEAGE | KUNYA | EUROPEAN | LEARNED

TITLES: Final = frozenset(
    "mr mrs ms miss mstr mister master chd chld inf infant dr prof sir haji hajji hadji alhaj elhadj hadj mme mlle"
    " eng ing capt".split()
)
"""Titles that carriers and lists put beside names."""

GLUED_TITLES: Final = ("mstr", "miss", "mrs", "chd", "inf", "mr", "ms", "dr")
"""Titles that reservation systems glue to the last given name (JOHNMR), longest first."""

NO_NAME: Final = frozenset("fnu lnu nmn nfn nln unknown unk xxx nil null tba".split())
"""First, last, middle name unknown, and what clerks type instead."""

SUN_LETTERS: Final = frozenset("dtszrnl")
"""First Latin letters of the consonants (sh, dh and th included) that take over the Arabic article's l."""

SERVANT: Final = frozenset("abdul abdel abdal abdoul abdol".split())
"""`Abd` with the article glued on; its l too goes over to a sun letter (Abderrahmane)."""

ARABIC_PARTICLES: Final = frozenset("بن ابن بنت ابو ابي ابا ام ولد ال آل".split())
"""Particles as Arabic script writes them: romanised guesses of other words look like particles and are none."""

HEBREW_PARTICLES: Final = frozenset("בן בת אבן אבו אל דה".split())
"""Likewise in Hebrew script. Bar is more often a given name there."""

_SHORT: Final = dict.fromkeys("md mohd moh muh muhd mhd mohmd".split(), "muhammad") | {
    "ibr": "ibrahim",
    "sk": "sheikh",
}
"""Abbreviations that documents of South and South-East Asia print."""

_SOMALI: Final = dict(
    zip(
        (
            "maxamed maxamud maxamuud maxmuud muxumed muxamed axmed xasan xassan xuseen xusseen xusen xaaji xaashi"
            " xaaruun xaamud xalane xaliimo xalimo xaawo xawo xamdi xamse xirsi xuurow xiis nuux saalax salax"
            " raxmo raxma raxiim faarax farax fatxi yaxye yaxya"
            " cali cabdi cabdalla cabdallah cabdulle cabdullahi cabdullaahi cabdiraxmaan cabdiraxman cabdirahman"
            " cabdiraxiin cabdirashiid cabdiqaadir cabdiqadir cabdicasiis cabdifatax cabdiweli cabdinaasir cabdinuur"
            " cabdisalaan cabdixakiim cabdikariin cabdulqaadir cabdulqadir cumar cusmaan cusman caydiid caydid"
            " caasha casha canab cilmi cigaal cawil cawaale cawale ciise cise cisman caato jaamac jamac siciid saciid"
            " sacid sacdiyo ismaaciil ismaciil cabbaas cabbas macallin macalin shucayb rabiic"
        ).split(),
        (
            "mohamed mohamud mohamud mahmud muhumed mohamed ahmed hassan hassan hussein hussein hussein haji hashi"
            " harun hamud halane halimo halimo hawo hawo hamdi hamse hirsi hurow his nuh salah salah"
            " rahmo rahma rahim farah farah fathi yahye yahya"
            " ali abdi abdalla abdallah abdulle abdullahi abdullahi abdirahman abdirahman abdirahman"
            " abdirahin abdirashid abdiqadir abdiqadir abdiaziz abdifatah abdiweli abdinasir abdinur"
            " abdisalan abdihakim abdikarin abdulqadir abdulqadir omar osman osman aidid aidid"
            " asha asha anab elmi egal awil awale awale isse isse osman ato jama jama said said"
            " said sadiyo ismail ismail abbas abbas moalin moalin shuayb rabi"
        ).split(),
        strict=True,
    )
)
"""Somali spelling writes x for the h of Hassan and c for ayin (alphabet of 1972); documents print either.

Names and no rule: in other languages x and c are other sounds.
"""

SHORT_FOR: Final = _SHORT | _SOMALI
"""What else a written word may be printed as: one look-up on the way of every word."""
