"""Ordinary names of many cultures, as travel documents carry them, and how each culture builds a full name.

Every table was written for this program from common knowledge; the names are ordinary and widely shared. Latin
spellings are in ICAO letters (A to Z and blank; Doc 9303 part 3), in the spelling the State's passports usually show:
French habits in the Maghreb, English ones in the Mashriq. Behind `=` stands the name in its own script, where a
watchlist would give it. Commoner names come first, because `people` draws them more often.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Spelled(NamedTuple):
    """One name: in ICAO letters, and in its own script (empty where the culture writes Latin letters)."""

    latin: str
    original: str = ""


class Particles(NamedTuple):
    """Words that make a father's name a family name: `OULD` for a son, `MINT` for a daughter."""

    son: Spelled
    daughter: Spelled


class Culture(NamedTuple):
    """Names of one culture and the habits of its full name."""

    states: Mapping[str, int]
    """Nationalities with their weights."""
    male: tuple[Spelled, ...]
    female: tuple[Spelled, ...]
    family: tuple[Spelled, ...]
    second: float = 0.0
    """Share of people with a second given name."""
    ancestors: tuple[int, int] = (0, 0)
    """Fewest and most male ancestors that stand between given and family name (father, grandfather)."""
    families: int = 1
    """Family names one after the other; an Iberian child takes the first of each parent."""
    lineage: bool = False
    """No hereditary family name: the last ancestor's own name stands in its place."""
    particles: Particles | None = None
    patronymics: tuple[Spelled, ...] = ()
    """Stems such as IVANOV: a patronymic of lists that passports leave out (IVANOVICH, IVANOVNA)."""
    feminine: bool = False
    """A woman's family name ends in -A after -OV, -EV, -IN."""
    family_first: bool = False
    single: float = 0.0
    """Share of people with one name only."""
    cities: tuple[str, ...] = ()
    """Birth places of a culture that lives in one part of its State."""
    conventional: float = 0.0
    """Share of adults whose registered birth date is 1 January, because only the year was known."""


def _names(*tables: str) -> tuple[Spelled, ...]:
    items = ",".join(tables).split(",")
    return tuple(Spelled(*(" ".join(part.split()) for part in item.split("="))) for item in items)


def _weights(text: str) -> dict[str, int]:
    return {state: int(weight) for state, weight in (item.split(":") for item in text.split())}


_MAGHREB_MALE = """
MOHAMED=محمد, AHMED=أحمد, YOUSSEF=يوسف, KARIM=كريم, RACHID=رشيد, SAID=سعيد, OMAR=عمر, HAMZA=حمزة,
ABDELKADER=عبد القادر, NOUREDDINE=نور الدين, MUSTAPHA=مصطفى, AMINE=أمين, NABIL=نبيل, BILAL=بلال, HICHAM=هشام,
ISMAIL=إسماعيل, MEHDI=مهدي, WALID=وليد, FOUAD=فؤاد, ABDELAZIZ=عبد العزيز"""
_MAGHREB_FEMALE = """
FATIMA=فاطمة, KHADIJA=خديجة, AICHA=عائشة, NADIA=نادية, SAMIRA=سميرة, LEILA=ليلى, SARA=سارة, AMINA=أمينة,
MALIKA=مليكة, LATIFA=لطيفة, SOUAD=سعاد, HOUDA=هدى, SALMA=سلمى, YASMINE=ياسمين, NAWAL=نوال, SALIMA=سليمة, SAIDA=سعيدة"""
_SLAVIC_STEMS = """
ALEKSANDROV=Александров, IVANOV=Иванов, MIKHAILOV=Михайлов, SERGEEV=Сергеев, ANDREEV=Андреев, NIKOLAEV=Николаев,
DMITRIEV=Дмитриев, ALEKSEEV=Алексеев, VIKTOROV=Викторов, PETROV=Петров"""
_MANDE_MALE = """
MAMADOU, MOUSSA, IBRAHIM, OUMAR, SEYDOU, ABDOULAYE, AMADOU, SOULEYMANE, BAKARY, ADAMA, ISSA, BOUBACAR, YACOUBA,
DRISSA, MODIBO, ALASSANE, SEKOU, SALIF, LASSINE, FOUSSEYNI, ALOU, CHEICK OUMAR, MAHAMADOU, DAOUDA"""

CULTURES: Final[Mapping[str, Culture]] = {
    "moroccan": Culture(
        _weights("MAR:78 FRA:7 ESP:5 BEL:4 NLD:4 ITA:2"),
        _names(
            _MAGHREB_MALE,
            """
            HASSAN=حسن, KHALID=خالد, TARIK=طارق, ADIL=عادل, ABDELLAH=عبد الله, DRISS=إدريس, LAHCEN=لحسن, ANAS=أنس,
            AYOUB=أيوب, JAMAL=جمال, BRAHIM=إبراهيم, SOUFIANE=سفيان, ZAKARIA=زكرياء, OTHMANE=عثمان, REDA=رضا,
            ILYAS=إلياس""",
        ),
        _names(
            _MAGHREB_FEMALE,
            """
            MERYEM=مريم, FATIMA ZAHRA=فاطمة الزهراء, ZINEB=زينب, HANANE=حنان, NAIMA=نعيمة, IMANE=إيمان,
            GHITA=غيثة, KENZA=كنزة, HAJAR=هاجر, ASMAE=أسماء, BOUCHRA=بشرى, CHAIMAE=شيماء, LOUBNA=لبنى, RAJAE=رجاء""",
        ),
        _names("""
            ALAOUI=العلوي, EL AMRANI=العمراني, EL IDRISSI=الإدريسي, BENNANI=بناني, EL MANSOURI=المنصوري,
            TAZI=التازي, EL FASSI=الفاسي, BERRADA=برادة, CHRAIBI=الشرايبي, BENJELLOUN=بنجلون, LAHLOU=لحلو,
            OUAHABI=الوهابي, EL KHATTABI=الخطابي, AIT TALEB=آيت الطالب, AIT LAHCEN=آيت لحسن, ZEROUALI=الزروالي,
            SQALLI=الصقلي, FILALI=الفيلالي, BOUAZZA=بوعزة, HADDAOUI=الحداوي, EL HAJJI=الحاجي, NACIRI=الناصري,
            EL YOUSSFI=اليوسفي, BENMOUSSA=بنموسى, TOUZANI=التوزاني, JABRI=الجابري, CHAOUI=الشاوي,
            OUAZZANI=الوزاني, EL BAKKALI=البقالي, SEFRIOUI=الصفريوي, KADIRI=القادري, EL GHAZI=الغازي"""),
        second=0.15,
        conventional=0.03,
    ),
    "algerian": Culture(
        _weights("DZA:85 FRA:15"),
        _names(
            _MAGHREB_MALE,
            """
            KHALED=خالد, TAREK=طارق, ADEL=عادل, ABDERRAHMANE=عبد الرحمن, LAKHDAR=لخضر, FARID=فريد, DJAMEL=جمال,
            MOURAD=مراد, SLIMANE=سليمان, YACINE=ياسين, AMAR=عمار, SOFIANE=سفيان, RIAD=رياض,
            MOHAMED LAMINE=محمد الأمين""",
        ),
        _names(
            _MAGHREB_FEMALE,
            """
            MERIEM=مريم, DJAMILA=جميلة, FARIDA=فريدة, FATIHA=فتيحة, KARIMA=كريمة, NACERA=نصيرة, AMEL=أمل,
            WAHIBA=وهيبة, ZOHRA=زهرة, SIHAM=سهام, HAYET=حياة, OUARDA=وردة, CHERIFA=شريفة""",
        ),
        _names("""
            BENALI=بن علي, BRAHIMI=إبراهيمي, SAIDI=سعيدي, MANSOURI=منصوري, HAMIDI=حميدي, BELKACEM=بلقاسم,
            MEZIANE=مزيان, BOUZID=بوزيد, CHERIF=شريف, KACI=قاسي, BENAISSA=بن عيسى, BELAID=بلعيد, DJEBBAR=جبار,
            KHELIFI=خليفي, MEBARKI=مباركي, RAHMANI=رحماني, TOUATI=تواتي, AMRANI=عمراني, BENYAHIA=بن يحيى,
            HAMLAOUI=حملاوي, BOUKHALFA=بوخالفة, FERHAT=فرحات, SLIMANI=سليماني, ZEROUAL=زروال, OULD ALI=ولد علي"""),
        second=0.1,
        conventional=0.03,
    ),
    "tunisian": Culture(
        _weights("TUN:85 FRA:12 ITA:3"),
        _names(
            _MAGHREB_MALE,
            """
            KHALED=خالد, TAREK=طارق, ANIS=أنيس, SAMI=سامي, SLIM=سليم, HEDI=الهادي, LOTFI=لطفي, RIDHA=رضا,
            HABIB=الحبيب, NIZAR=نزار, AYMEN=أيمن, WISSEM=وسام, KAIS=قيس, SABER=صابر, MOHAMED ALI=محمد علي""",
        ),
        _names(
            _MAGHREB_FEMALE,
            """
            MARIEM=مريم, OLFA=ألفة, RIM=ريم, EMNA=آمنة, MOUNIRA=منيرة, NESRINE=نسرين, HELA=هالة, INES=إيناس,
            RAJA=رجاء, WAFA=وفاء, SYRINE=سيرين, MANEL=منال, AMIRA=أميرة""",
        ),
        _names("""
            TRABELSI=الطرابلسي, BEN SALAH=بن صالح, HAMMAMI=الهمامي, GHARBI=الغربي, JAZIRI=الجزيري, MEJRI=الماجري,
            AYARI=العياري, DRIDI=الدريدي, BEN AMOR=بن عمر, MABROUK=مبروك, KHLIFI=الخليفي, ZRIBI=الزريبي,
            JLASSI=الجلاصي, BEN YOUSSEF=بن يوسف, FERCHICHI=الفرشيشي, OUESLATI=الوسلاتي, NEFZI=النفزي, SASSI=ساسي,
            RIAHI=الرياحي, BOUGHANMI=البوغانمي, CHEBBI=الشابي"""),
        conventional=0.01,
    ),
    "egyptian": Culture(
        _weights("EGY:1"),
        _names("""
            MOHAMED=محمد, AHMED=أحمد, MAHMOUD=محمود, MOSTAFA=مصطفى, IBRAHIM=إبراهيم, ALI=علي, HASSAN=حسن,
            HUSSEIN=حسين, KHALED=خالد, TAREK=طارق, SHERIF=شريف, AMR=عمرو, OSAMA=أسامة, WAEL=وائل, HANY=هاني,
            SAMEH=سامح, GAMAL=جمال, ABDELRAHMAN=عبد الرحمن, ABDALLA=عبد الله, RAMADAN=رمضان, YASSER=ياسر,
            ASHRAF=أشرف, ESSAM=عصام, SALAH=صلاح, FATHY=فتحي, KARIM=كريم"""),
        _names("""
            FATMA=فاطمة, MONA=منى, HEBA=هبة, NOHA=نهى, DINA=دينا, RANIA=رانيا, AMIRA=أميرة, NADIA=نادية,
            MARWA=مروة, AYA=آية, SHAIMAA=شيماء, ESRAA=إسراء, HANAN=حنان, NERMIN=نرمين, YASMIN=ياسمين, SALMA=سلمى,
            NAGLAA=نجلاء, SAMAR=سمر, MARIAM=مريم, EMAN=إيمان, DOAA=دعاء, ABEER=عبير"""),
        _names("""
            ELSAYED=السيد, ELNAGGAR=النجار, MANSOUR=منصور, ELMASRY=المصري, SOLIMAN=سليمان, FARAG=فرج, GABER=جابر,
            ABDELAZIZ=عبد العزيز, ELSHAZLY=الشاذلي, ELGOHARY=الجوهري, ELSHERBINY=الشربيني, HEGAZY=حجازي,
            SHAHIN=شاهين, ELBANNA=البنا, FAHMY=فهمي, KAMEL=كامل, ZAKI=زكي, ELKHOLY=الخولي, ATTIA=عطية, SALEM=سالم,
            GOUDA=جودة, ABOUZEID=أبو زيد, ELDEEB=الديب, TAHA=طه"""),
        ancestors=(1, 2),
        conventional=0.01,
    ),
    "levantine": Culture(
        _weights("JOR:25 SYR:25 LBN:25 IRQ:25"),
        _names("""
            MOHAMMAD=محمد, AHMAD=أحمد, ALI=علي, OMAR=عمر, KHALED=خالد, HASAN=حسن, HUSSEIN=حسين, IBRAHIM=إبراهيم,
            MAHMOUD=محمود, YOUSEF=يوسف, SAMER=سامر, MAHER=ماهر, FIRAS=فراس, RAMI=رامي, ZIAD=زياد, BASSAM=بسام,
            NIZAR=نزار, WISSAM=وسام, ANAS=أنس, TAREQ=طارق, ABDULLAH=عبد الله, ABDUL RAHMAN=عبد الرحمن,
            MUHANNAD=مهند, QUSAI=قصي, LAITH=ليث, HAIDAR=حيدر, MUSTAFA=مصطفى, FADI=فادي"""),
        _names("""
            FATIMA=فاطمة, NOUR=نور, LAYLA=ليلى, RANA=رنا, LINA=لينا, HALA=هالة, REEM=ريم, MAYA=مايا, DIMA=ديما,
            RIMA=ريما, SUHA=سهى, HANEEN=حنين, ALAA=آلاء, ZAHRAA=زهراء, MARIAM=مريم, RULA=رولا, SAMAR=سمر,
            GHADA=غادة, JOUMANA=جمانة, NISREEN=نسرين, RASHA=رشا, TALA=تالا"""),
        _names("""
            HADDAD=حداد, AL KHATIB=الخطيب, AL HALABI=الحلبي, NAJJAR=نجار, QASIM=قاسم, SALEH=صالح, DARWISH=درويش,
            AL AHMAD=الأحمد, HAMDAN=حمدان, NASSER=ناصر, AL ZOUBI=الزعبي, OBEIDAT=عبيدات, BARAKAT=بركات,
            MANSOUR=منصور, SABBAGH=صباغ, ABBOUD=عبود, AL JUBOURI=الجبوري, AL BAYATI=البياتي, AL OBAIDI=العبيدي,
            SHAMI=شامي, AWAD=عوض, DAHER=ضاهر, FAKHOURY=فاخوري, ITANI=عيتاني, SALAMEH=سلامة"""),
        ancestors=(0, 2),
        conventional=0.06,
    ),
    "gulf": Culture(
        _weights("SAU:44 ARE:14 KWT:12 QAT:10 OMN:10 YEM:10"),
        _names("""
            MOHAMMED=محمد, ABDULLAH=عبد الله, ABDULAZIZ=عبد العزيز, ABDULRAHMAN=عبد الرحمن, KHALID=خالد,
            FAISAL=فيصل, FAHAD=فهد, SULTAN=سلطان, SAUD=سعود, NASSER=ناصر, SALEH=صالح, SALEM=سالم, HAMAD=حمد,
            RASHID=راشد, MAJED=ماجد, TURKI=تركي, BANDAR=بندر, SALMAN=سلمان, TALAL=طلال, YOUSEF=يوسف, AHMED=أحمد,
            ALI=علي, HASSAN=حسن, IBRAHIM=إبراهيم, MANSOUR=منصور, SAEED=سعيد, JABER=جابر, BADR=بدر, MESHAL=مشعل"""),
        _names("""
            NOURA=نورة, SARAH=سارة, FATIMAH=فاطمة, MAHA=مها, REEM=ريم, HIND=هند, AMAL=أمل, AISHA=عائشة,
            MUNIRA=منيرة, HESSA=حصة, MOZA=موزة, LATIFA=لطيفة, SHAIKHA=شيخة, MARYAM=مريم, ABEER=عبير, DALAL=دلال,
            LULWA=لولوة, GHADA=غادة, JAWAHER=جواهر, HANAN=حنان"""),
        _names("""
            ALGHAMDI=الغامدي, ALHARBI=الحربي, ALOTAIBI=العتيبي, ALQAHTANI=القحطاني, ALZAHRANI=الزهراني,
            ALSHEHRI=الشهري, ALDOSARI=الدوسري, ALMUTAIRI=المطيري, ALSUBAIE=السبيعي, ALANAZI=العنزي,
            AL MANSOORI=المنصوري, AL MARZOOQI=المرزوقي, AL SHAMSI=الشامسي, AL BALUSHI=البلوشي, AL KINDI=الكندي,
            AL HINAI=الهنائي, AL KUWARI=الكواري, ALAJMI=العجمي, ALRASHIDI=الرشيدي, ALHAJRI=الهاجري,
            ALSAQQAF=السقاف, ALHADDAD=الحداد, BAWAZIR=باوزير, AL NAIMI=النعيمي"""),
        ancestors=(1, 2),
        conventional=0.03,
    ),
    "mauritanian": Culture(
        _weights("MRT:1"),
        _names("""
            MOHAMED=محمد, AHMED=أحمد, SIDI=سيدي, CHEIKH=الشيخ, MOHAMED LEMINE=محمد الأمين, ABDALLAHI=عبد الله,
            EL HACEN=الحسن, BRAHIM=إبراهيم, MOCTAR=المختار, MAHMOUD=محمود, YAHYA=يحيى, TALEB=الطالب,
            SALECK=السالك, DAH=الداه, BABA=بابا, SIDI MOHAMED=سيدي محمد, ALY=علي, AHMEDOU=أحمدو"""),
        _names("""
            MARIEM=مريم, FATIMETOU=فاطمة, AICHETOU=عائشة, AMINETOU=أمينة, KHADIJETOU=خديجة, ZEINEBOU=زينب,
            OUMKELTHOUM=أم كلثوم, SALKA=السالكة, NANA=نانا, LALLA=لالة"""),
        (),
        lineage=True,
        particles=Particles(Spelled("OULD", "ولد"), Spelled("MINT", "منت")),
        conventional=0.15,
    ),
    "malian": Culture(
        _weights("MLI:65 GIN:15 CIV:20"),
        _names(_MANDE_MALE),
        _names("""
            AMINATA, FATOUMATA, MARIAM, AWA, KADIATOU, OUMOU, ROKIA, DJENEBA, ASSITAN, HAWA, BINTOU, NANA,
            SALIMATA, AICHATA, MAIMOUNA, RAMATA, TENIN"""),
        _names("""
            TRAORE, COULIBALY, DIARRA, DIALLO, KEITA, TOURE, KONE, CISSE, SANGARE, DEMBELE, MAIGA, SISSOKO,
            DOUMBIA, SIDIBE, BAGAYOKO, HAIDARA, CAMARA, DIAKITE, KONATE, TOUNKARA, FOFANA"""),
        conventional=0.12,
    ),
    "burkinabe": Culture(
        _weights("BFA:85 CIV:15"),
        _names("""
            ISSA, ADAMA, SALIFOU, BOUREIMA, HAMIDOU, OUSMANE, IDRISSA, HAROUNA, RASMANE, MOUMOUNI, INOUSSA,
            SEYDOU, LASSANE, SOULEYMANE, ALASSANE, ABDOUL KARIM, YACOUBA, JEAN BAPTISTE, PAUL, PASCAL"""),
        _names("""
            AMINATA, MARIAM, SALAMATA, FATIMATA, AWA, RASMATA, ALIMATA, BIBATA, ZENABO, HABIBOU, ADJARA, CLARISSE,
            VIVIANE, SAFIATOU, ROKIATOU, KADIDIA"""),
        _names("""
            OUEDRAOGO, SAWADOGO, KABORE, TRAORE, ZONGO, SANOU, ILBOUDO, NIKIEMA, TAPSOBA, BARRY, DICKO, KONATE,
            COMPAORE, SORE, ZOUNGRANA, KINDO, BELEM, GANAME, TIENDREBEOGO, YAMEOGO"""),
        conventional=0.12,
    ),
    "nigerien": Culture(
        _weights("NER:1"),
        _names("""
            MAHAMADOU, MOUSSA, IBRAHIM, ABDOU, SOULEYMANE, ISSOUFOU, HAMIDOU, HAROUNA, ADAMOU, SEYNI, DJIBO,
            MAHAMANE, OUMAROU, YACOUBA, SALEY, LAOUALI, MOUTARI, ILLIASSOU, ABDOULAYE, HASSANE, BOUBACAR, GARBA,
            IDRISSA"""),
        _names("""
            AICHATOU, MARIAMA, HADIZA, RAMATOU, FATI, ZEINABOU, HALIMA, SAFIA, BALKISSA, HAOUA, NANA, RAKIA,
            ABSATOU, SALAMATOU, RABI"""),
        (),
        ancestors=(0, 1),
        lineage=True,
        conventional=0.15,
    ),
    "senegalese": Culture(
        _weights("SEN:1"),
        _names("""
            MAMADOU, CHEIKH, OUSMANE, IBRAHIMA, MODOU, ABDOULAYE, PAPE, MOUSSA, ALIOUNE, SERIGNE, BABACAR, OUMAR,
            SAMBA, DEMBA, MALICK, LAMINE, ASSANE, EL HADJI"""),
        _names("""
            FATOU, AMINATA, AISSATOU, MARIEME, KHADY, NDEYE, ROKHAYA, COUMBA, ASTOU, SOKHNA, BINETA, MAME DIARRA,
            DIEYNABA, ADAMA, OUMY"""),
        _names("""
            NDIAYE, DIOP, FALL, SARR, DIOUF, GUEYE, BA, SOW, SECK, FAYE, SY, NDOUR, THIAM, MBAYE, CISSE, KANE,
            DIALLO, NIANG, LO, MBODJ"""),
        second=0.15,
        conventional=0.05,
    ),
    "hausa": Culture(
        _weights("NGA:1"),
        _names("""
            ABUBAKAR, MUSA, IBRAHIM, USMAN, SANI, AMINU, BASHIR, KABIRU, YUSUF, ALIYU, AHMED, SULEIMAN, NASIRU,
            UMAR, HARUNA, IDRIS, ISAH, LAWAL"""),
        _names("HAUWA, ZAINAB, AISHA, FATIMA, HADIZA, MARYAM, BILKISU, RABI, HALIMA, AMINA, SADIYA"),
        _names("""
            BELLO, YAKUBU, DANJUMA, MUHAMMAD, SHEHU, ADAMU, ABDULLAHI, LAWAL, TANKO, GARBA, MAINA, BUKAR, DAUDA,
            WAZIRI, TIJJANI, JIBRIN"""),
        second=0.2,
        cities=("KANO", "KADUNA", "SOKOTO", "MAIDUGURI", "KATSINA", "ZARIA"),
        conventional=0.1,
    ),
    "yoruba": Culture(
        _weights("NGA:1"),
        _names("""
            OLUWASEUN, ADEBAYO, BABATUNDE, SAMUEL, OLUMIDE, AYODEJI, EMMANUEL, DANIEL, TEMITOPE, KOLAWOLE, GBENGA"""),
        _names("FUNMILAYO, FOLAKE, BUKOLA, TITILAYO, YETUNDE, GRACE, ESTHER, OMOLARA, MODUPE, RUTH"),
        _names("""
            ADEYEMI, OGUNLEYE, BALOGUN, AKINOLA, OLADIPO, ADEBISI, AFOLABI, OJO, ADELEKE, OLANIYAN, FASHOLA, AJAYI"""),
        second=0.5,
        cities=("LAGOS", "IBADAN", "ABEOKUTA", "OSOGBO", "AKURE"),
    ),
    "akan": Culture(
        _weights("GHA:1"),
        _names("KWAME, KOFI, KWABENA, KWASI, YAW, EMMANUEL, SAMUEL, ISAAC, FRANCIS, PRINCE, ERIC"),
        _names("AKOSUA, AMA, ABENA, AKUA, YAA, GRACE, MERCY, GIFTY, LINDA, COMFORT, PATIENCE"),
        _names("MENSAH, OWUSU, BOATENG, ASANTE, APPIAH, OSEI, AGYEMANG, ANTWI, AMOAH, FRIMPONG, ANSAH, OPOKU"),
        second=0.4,
    ),
    "congolese": Culture(
        _weights("COD:1"),
        _names(
            "JEAN PIERRE, PATRICK, CHRISTIAN, SERGE, DIEUDONNE, JUNIOR, HERVE, GUY, FISTON, TRESOR, JOSEPH, EMMANUEL"
        ),
        _names("MARIE CLAIRE, GRACE, CHANTAL, NADINE, SYLVIE, RACHEL, JOSEPHINE, CARINE, ESTHER, BERNADETTE"),
        _names("""
            KABEYA, ILUNGA, MUKENDI, TSHIBANGU, NGOY, KALALA, MUTOMBO, KASONGO, LUKUSA, MBUYI, NKULU, KAPINGA,
            MULUMBA"""),
        families=2,
    ),
    "cameroonian": Culture(
        _weights("CMR:1"),
        _names("JEAN PAUL, SERGE, ALAIN, BERTRAND, FRANCK, ERIC, MARTIN, GILBERT, THIERRY, ROMUALD, BLAISE"),
        _names("MARIE NOELLE, SANDRINE, CLARISSE, ESTELLE, SOLANGE, ROSINE, GISELE, BRIGITTE, NADEGE, FLORE"),
        _names("MBARGA, ESSOMBA, FOTSO, KAMGA, NJOYA, ATANGANA, TCHINDA, ONANA, NKENG, MVONDO, TALLA, NGONO"),
        second=0.2,
    ),
    "kenyan": Culture(
        _weights("KEN:1"),
        _names("BRIAN, KEVIN, JOSEPH, DENNIS, PETER, JOHN, DAVID, SAMUEL, COLLINS, VICTOR, STEPHEN"),
        _names("MERCY, FAITH, GRACE, JANE, LUCY, CAROLINE, ESTHER, MARY, PURITY, LILIAN"),
        _names("""
            MWANGI, KAMAU, NJOROGE, OTIENO, ODHIAMBO, OMONDI, KIMANI, MUTUA, KARIUKI, KIPROTICH, CHERUIYOT,
            WEKESA, MUSYOKA"""),
        second=0.3,
    ),
    "ethiopian": Culture(
        _weights("ETH:1"),
        _names("""
            ABEBE, TESFAYE, BEKELE, HAILE, GIRMA, DAWIT, YOHANNES, MULUGETA, SOLOMON, TADESSE, ALEMU, KEBEDE,
            DEREJE, MEKONNEN, GETACHEW"""),
        _names("TIGIST, HIWOT, MERON, SELAMAWIT, BETHLEHEM, ALMAZ, GENET, HELEN, RAHEL, MESERET"),
        (),
        ancestors=(1, 1),
        lineage=True,
        conventional=0.03,
    ),
    "somali": Culture(
        _weights("SOM:1"),
        _names("""
            MOHAMED, ABDI, AHMED, HASSAN, ALI, FARAH, OSMAN, ABDIRAHMAN, YUSUF, ISMAIL, WARSAME, JAMA, DAHIR,
            MOHAMUD, ABDULLAHI, NUR, IBRAHIM"""),
        _names("HODAN, FARTUN, AMINA, HALIMA, SAHRA, ASHA, HAWA, FADUMO, IFRAH, NIMO, LADAN"),
        (),
        ancestors=(1, 1),
        lineage=True,
        conventional=0.3,
    ),
    "turkish": Culture(
        _weights("TUR:88 DEU:9 NLD:3"),
        _names("""
            MEHMET, MUSTAFA, AHMET, ALI, HUSEYIN, HASAN, IBRAHIM, ISMAIL, OSMAN, YUSUF, MURAT, OMER, EMRE, BURAK,
            SERKAN, HAKAN, CEM, VOLKAN, ONUR, KEMAL, SELIM, TOLGA, FATIH, UGUR, OKAN, CAN, KAAN, HALIL, RAMAZAN,
            BARIS"""),
        _names("""
            FATMA, AYSE, EMINE, HATICE, ZEYNEP, ELIF, MERYEM, SERIFE, SULTAN, HANIFE, ESRA, MERVE, BUSRA, OZLEM,
            SEVGI, GUL, DERYA, EBRU, SELIN, DENIZ, PINAR, ASLI, TUGBA, NURAY, CANAN"""),
        _names("""
            YILMAZ, KAYA, DEMIR, CELIK, SAHIN, YILDIZ, YILDIRIM, OZTURK, AYDIN, OZDEMIR, ARSLAN, DOGAN, KILIC,
            ASLAN, CETIN, KARA, KOC, KURT, OZKAN, SIMSEK, POLAT, OZCAN, KORKMAZ, CAKIR, AKTAS, UNAL, GUNES,
            TASKIN, BULUT, ACAR, KESKIN, DEMIRCI, ALTUN"""),
        second=0.15,
        conventional=0.03,
    ),
    "iranian": Culture(
        _weights("IRN:1"),
        _names("""
            MOHAMMAD=محمد, ALI=علی, REZA=رضا, HOSSEIN=حسین, MEHDI=مهدی, AMIR=امیر, HAMID=حمید, SAEED=سعید,
            MAJID=مجید, ALIREZA=علیرضا, MOHAMMAD REZA=محمدرضا, AMIR HOSSEIN=امیرحسین, BEHZAD=بهزاد, FARHAD=فرهاد,
            KAMRAN=کامران, ARASH=آرش, BABAK=بابک, MASOUD=مسعود, NIMA=نیما, SIAVASH=سیاوش, OMID=امید, VAHID=وحید,
            POUYA=پویا, SINA=سینا"""),
        _names("""
            FATEMEH=فاطمه, ZAHRA=زهرا, MARYAM=مریم, LEILA=لیلا, NARGES=نرگس, SHIRIN=شیرین, NASRIN=نسرین,
            PARISA=پریسا, SARA=سارا, MAHSA=مهسا, ELHAM=الهام, NEDA=ندا, AZADEH=آزاده, SOMAYEH=سمیه,
            NILOUFAR=نیلوفر, ROYA=رویا, MINA=مینا, SHAHLA=شهلا"""),
        _names("""
            MOHAMMADI=محمدی, HOSSEINI=حسینی, AHMADI=احمدی, REZAEI=رضایی, KARIMI=کریمی, MORADI=مرادی, JAFARI=جعفری,
            RAHIMI=رحیمی, SADEGHI=صادقی, GHASEMI=قاسمی, EBRAHIMI=ابراهیمی, HEIDARI=حیدری, NOURI=نوری,
            TEHRANI=تهرانی, SHIRAZI=شیرازی, AKBARI=اکبری, BAGHERI=باقری, ZAREI=زارعی, SHARIFI=شریفی, KAZEMI=کاظمی,
            YOUSEFI=یوسفی, FARAHANI=فراهانی, ASADI=اسدی, TAHERI=طاهری, NAZARI=نظری"""),
    ),
    "afghan": Culture(
        _weights("AFG:1"),
        _names("""
            AHMAD=احمد, MOHAMMAD=محمد, ABDULLAH=عبدالله, NAJIBULLAH=نجیب الله, ZABIULLAH=ذبیح الله, FARID=فرید,
            HABIBULLAH=حبیب الله, GHULAM ALI=غلام علی, KARIM=کریم, JAWAD=جواد, NASIR=ناصر, WAHID=وحید,
            SHAFIQ=شفیق, ESMATULLAH=عصمت الله, HAMIDULLAH=حمید الله, MIRWAIS=میرویس, ZALMAI=زلمی,
            RAHMATULLAH=رحمت الله, ABDUL QADIR=عبدالقادر"""),
        _names("""
            FATIMA=فاطمه, ZAHRA=زهرا, MARYAM=مریم, SHUKRIA=شکریه, LAILA=لیلا, NAZIFA=نظیفه, FARIDA=فریده,
            NAJIBA=نجیبه, ZARMINA=زرمینه, PARWIN=پروین, HUMAIRA=حمیرا, SAHAR=سحر, SHABNAM=شبنم, SORAYA=ثریا"""),
        _names("""
            AHMADI=احمدی, RAHIMI=رحیمی, HAIDARI=حیدری, NOORI=نوری, SAFI=صافی, AMIRI=امیری, SHERZAD=شیرزاد,
            WARDAK=وردک, HAKIMI=حکیمی, POPAL=پوپل, SULTANI=سلطانی, NAZARI=نظری, AZIZI=عزیزی, KARIMI=کریمی,
            RASOULI=رسولی, STANIKZAI=ستانکزی, YOUSUFZAI=یوسفزی, MOHAMMADI=محمدی"""),
        single=0.2,
        conventional=0.35,
    ),
    "pakistani": Culture(
        _weights("PAK:85 GBR:15"),
        _names("""
            MUHAMMAD=محمد, IMRAN=عمران, ASIF=آصف, TARIQ=طارق, USMAN=عثمان, BILAL=بلال, FAISAL=فیصل, KASHIF=کاشف,
            ADNAN=عدنان, NAVEED=نوید, SHAHID=شاہد, WAQAS=وقاص, ZEESHAN=ذیشان, HAMZA=حمزہ, ARSHAD=ارشد,
            RIZWAN=رضوان, KHURRAM=خرم, NADEEM=ندیم, IRFAN=عرفان, SAJID=ساجد, YASIR=یاسر, AMJAD=امجد"""),
        _names("""
            AYESHA=عائشہ, FATIMA=فاطمہ, SANA=ثنا, SADIA=سعدیہ, NADIA=نادیہ, SAIMA=صائمہ, RABIA=رابعہ, MARIAM=مریم,
            SHAZIA=شازیہ, UZMA=عظمیٰ, HINA=حنا, AMNA=آمنہ, KIRAN=کرن, SUMAIRA=سمیرا, BUSHRA=بشریٰ, NASREEN=نسرین,
            RUKHSANA=رخسانہ"""),
        _names("""
            KHAN=خان, AHMED=احمد, HUSSAIN=حسین, MALIK=ملک, BUTT=بٹ, CHAUDHRY=چودھری, SHEIKH=شیخ, IQBAL=اقبال,
            MAHMOOD=محمود, ASLAM=اسلم, AKHTAR=اختر, RAZA=رضا, QURESHI=قریشی, SIDDIQUI=صدیقی, AKRAM=اکرم,
            MIRZA=مرزا, BHATTI=بھٹی, AWAN=اعوان, JAVED=جاوید, NAWAZ=نواز, ANWAR=انور, RASHEED=رشید, SALEEM=سلیم"""),
        second=0.4,
        conventional=0.08,
    ),
    "indian": Culture(
        _weights("IND:90 GBR:5 USA:5"),
        _names("""
            RAJESH, AMIT, SANJAY, RAHUL, VIJAY, SURESH, ANIL, RAVI, DEEPAK, ARJUN, VIKRAM, MANOJ, RAKESH, ASHOK,
            NITIN, KARTHIK, GOPAL, HARISH"""),
        _names("""
            PRIYA, ANITA, SUNITA, POOJA, NEHA, KAVITA, DEEPA, LAKSHMI, MEENA, ANJALI, SHREYA, SWATI, RADHA, DIVYA,
            REKHA, GEETA"""),
        _names("""
            KUMAR, SHARMA, SINGH, PATEL, GUPTA, VERMA, REDDY, NAIR, IYER, MEHTA, JOSHI, DAS, MUKHERJEE, CHOPRA,
            DESAI, RAO, PILLAI, MENON, BHAT"""),
        second=0.25,
        conventional=0.02,
    ),
    "indian_muslim": Culture(
        _weights("IND:90 GBR:10"),
        _names("MOHAMMED, IMRAN, IRFAN, SALIM, ABDUL RAHEEM, FEROZ, ASLAM, SHAKEEL, AFZAL, NAUSHAD, ZUBAIR, SAMEER"),
        _names("AYESHA, FARZANA, SHABANA, NASREEN, RUKHSAR, ZEENAT, SALMA, TABASSUM, SANA, YASMEEN"),
        _names("KHAN, SHAIKH, ANSARI, PATHAN, QURESHI, SYED, SIDDIQUI, MANSURI, FAROOQUI, MEMON"),
        second=0.25,
        conventional=0.04,
    ),
    "russian": Culture(
        _weights("RUS:1"),
        _names("""
            ALEKSANDR=Александр, SERGEI=Сергей, DMITRII=Дмитрий, ANDREI=Андрей, ALEKSEI=Алексей, MIKHAIL=Михаил,
            IVAN=Иван, NIKOLAI=Николай, IGOR=Игорь, OLEG=Олег, PAVEL=Павел, ROMAN=Роман, VIKTOR=Виктор,
            MAKSIM=Максим, EVGENII=Евгений, ANTON=Антон, ILIA=Илья, DENIS=Денис, KIRILL=Кирилл"""),
        _names("""
            ELENA=Елена, OLGA=Ольга, NATALIA=Наталья, IRINA=Ирина, SVETLANA=Светлана, TATIANA=Татьяна,
            MARIIA=Мария, ANNA=Анна, EKATERINA=Екатерина, IULIIA=Юлия, ANASTASIIA=Анастасия, DARIA=Дарья,
            KSENIIA=Ксения, VERA=Вера, NINA=Нина, GALINA=Галина, LIUDMILA=Людмила, POLINA=Полина"""),
        _names("""
            IVANOV=Иванов, SMIRNOV=Смирнов, KUZNETSOV=Кузнецов, POPOV=Попов, VASILEV=Васильев, PETROV=Петров,
            SOKOLOV=Соколов, MIKHAILOV=Михайлов, NOVIKOV=Новиков, FEDOROV=Федоров, MOROZOV=Морозов, VOLKOV=Волков,
            ALEKSEEV=Алексеев, LEBEDEV=Лебедев, SEMENOV=Семенов, EGOROV=Егоров, PAVLOV=Павлов, KOZLOV=Козлов,
            STEPANOV=Степанов, NIKITIN=Никитин, ORLOV=Орлов, MAKAROV=Макаров, ZAKHAROV=Захаров, ZAITSEV=Зайцев"""),
        patronymics=_names(_SLAVIC_STEMS),
        feminine=True,
    ),
    "caucasian": Culture(
        _weights("RUS:1"),
        _names("""
            MAGOMED=Магомед, AKHMED=Ахмед, RUSLAN=Руслан, TIMUR=Тимур, ASLAN=Аслан, ISLAM=Ислам, SHAMIL=Шамиль,
            ZAUR=Заур, ARSEN=Арсен, MURAD=Мурад, RASUL=Расул, KAZBEK=Казбек, ADAM=Адам, BESLAN=Беслан, ISA=Иса"""),
        _names("""
            ZAREMA=Зарема, MADINA=Мадина, FATIMA=Фатима, AMINA=Амина, PATIMAT=Патимат, AISHAT=Айшат, LEILA=Лейла,
            RAISA=Раиса, ELINA=Элина, SABINA=Сабина, ZULFIIA=Зульфия"""),
        _names("""
            MAGOMEDOV=Магомедов, ALIEV=Алиев, AKHMEDOV=Ахмедов, GADZHIEV=Гаджиев, OMAROV=Омаров,
            IBRAGIMOV=Ибрагимов, ABDULAEV=Абдулаев, ISAEV=Исаев, DZHABRAILOV=Джабраилов, KHASANOV=Хасанов,
            MUSAEV=Мусаев, RAMAZANOV=Рамазанов, SULEIMANOV=Сулейманов, BATYROV=Батыров, KURBANOV=Курбанов,
            ISMAILOV=Исмаилов"""),
        patronymics=_names("MAGOMEDOV=Магомедов, AKHMEDOV=Ахмедов, ISAEV=Исаев, OMAROV=Омаров, RUSLANOV=Русланов"),
        feminine=True,
        cities=("MAKHACHKALA", "GROZNYY", "NAZRAN", "DERBENT", "KHASAVYURT", "NALCHIK"),
    ),
    "central_asian": Culture(
        _weights("UZB:60 TJK:25 KAZ:15"),
        _names("AZIZ, BEKZOD, DILSHOD, FARRUKH, JASUR, NODIR, OTABEK, RUSTAM, SARDOR, SHERZOD, ULUGBEK, JAMSHID"),
        _names("DILNOZA, FERUZA, GULNORA, KAMOLA, MALIKA, NIGORA, NILUFAR, SHAHNOZA, ZULFIYA, MADINA"),
        _names("""
            KARIMOV, RAKHIMOV, YUSUPOV, TURSUNOV, NAZAROV, SAIDOV, ERGASHEV, KHOLMATOV, MIRZAEV, UMAROV,
            ABDULLAEV, JURAEV"""),
        feminine=True,
    ),
    "french": Culture(
        _weights("FRA:85 BEL:10 CAN:5"),
        _names("""
            JEAN, PIERRE, NICOLAS, THOMAS, JULIEN, PHILIPPE, LAURENT, OLIVIER, ANTOINE, FRANCOIS, MATHIEU,
            SEBASTIEN, GUILLAUME, ALEXANDRE, LUCAS, HUGO, MICHEL, ALAIN, JEAN LUC, BENOIT, VINCENT, ROMAIN"""),
        _names("""
            MARIE, CLAIRE, SOPHIE, CAMILLE, JULIE, ISABELLE, NATHALIE, CATHERINE, SANDRINE, AURELIE, CELINE,
            EMILIE, CHLOE, LEA, MANON, ANNE SOPHIE, MARTINE, FRANCOISE, HELENE, PAULINE"""),
        _names("""
            MARTIN, BERNARD, DUBOIS, THOMAS, ROBERT, PETIT, DURAND, LEROY, MOREAU, SIMON, LAURENT, LEFEBVRE,
            MICHEL, ROUX, VINCENT, FOURNIER, MOREL, GIRARD, ANDRE, MERCIER, DUPONT, LAMBERT, BONNET, FAURE,
            LEGRAND, CHEVALIER, GAUTHIER, PERRIN"""),
        second=0.6,
    ),
    "spanish": Culture(
        _weights("ESP:1"),
        _names("""
            ANTONIO, MANUEL, JOSE, FRANCISCO, DAVID, JUAN, JAVIER, DANIEL, JOSE ANTONIO, CARLOS, ALEJANDRO,
            MIGUEL, RAFAEL, PEDRO, PABLO, SERGIO, FERNANDO, LUIS, ALBERTO, JUAN CARLOS"""),
        _names("""
            MARIA CARMEN, ANA, LAURA, CRISTINA, MARTA, LUCIA, ISABEL, PILAR, ROSA, ELENA, PAULA, SARA, RAQUEL,
            BEATRIZ, NURIA, SILVIA, ROCIO"""),
        _names("""
            GARCIA, RODRIGUEZ, GONZALEZ, FERNANDEZ, LOPEZ, MARTINEZ, SANCHEZ, PEREZ, GOMEZ, MARTIN, JIMENEZ, RUIZ,
            HERNANDEZ, DIAZ, MORENO, MUNOZ, ALVAREZ, ROMERO, ALONSO, GUTIERREZ, NAVARRO, TORRES, DOMINGUEZ, RAMOS,
            GIL, SERRANO, MOLINA, MORALES, ORTEGA, DELGADO, CASTRO"""),
        families=2,
    ),
    "portuguese": Culture(
        _weights("PRT:75 BRA:25"),
        _names("""
            JOAO, JOSE, ANTONIO, PEDRO, MIGUEL, TIAGO, RUI, NUNO, LUIS FILIPE, PAULO, CARLOS ALBERTO, BRUNO,
            RICARDO, ANDRE, DIOGO"""),
        _names("""
            MARIA, ANA RITA, JOANA, INES, CATARINA, SOFIA, MARIANA, PATRICIA, HELENA, TERESA, ANA PAULA, CARLA,
            BEATRIZ, SUSANA"""),
        _names("""
            SILVA, SANTOS, FERREIRA, PEREIRA, OLIVEIRA, COSTA, RODRIGUES, MARTINS, SOUSA, FERNANDES, GONCALVES,
            GOMES, LOPES, MARQUES, ALVES, ALMEIDA, RIBEIRO, PINTO, CARVALHO, TEIXEIRA, MOREIRA, CORREIA, DA SILVA,
            DOS SANTOS"""),
        second=0.2,
        families=2,
    ),
    "english": Culture(
        _weights("GBR:60 USA:25 CAN:8 AUS:7"),
        _names("""
            JAMES, JOHN, ROBERT, MICHAEL, WILLIAM, DAVID, RICHARD, THOMAS, PAUL, MARK, ANDREW, STEPHEN, PETER,
            DANIEL, MATTHEW, SIMON, GEORGE, HARRY, OLIVER, JACK"""),
        _names("""
            MARY, SARAH, ELIZABETH, EMMA, CHARLOTTE, EMILY, LAURA, SUSAN, REBECCA, RACHEL, HANNAH, LUCY,
            CATHERINE, ALICE, MEGAN, OLIVIA, SOPHIE, JESSICA"""),
        _names("""
            SMITH, JONES, WILLIAMS, TAYLOR, BROWN, DAVIES, EVANS, WILSON, THOMAS, ROBERTS, JOHNSON, LEWIS, WALKER,
            ROBINSON, WOOD, THOMPSON, WHITE, WATSON, JACKSON, WRIGHT, GREEN, HARRIS, COOPER, KING, LEE, OCONNOR,
            MACDONALD"""),
        second=0.8,
    ),
    "german": Culture(
        _weights("DEU:1"),
        _names("""
            MICHAEL, THOMAS, ANDREAS, STEFAN, CHRISTIAN, PETER, MARKUS, MARTIN, WOLFGANG, JUERGEN, KLAUS,
            MATTHIAS, ALEXANDER, JAN, LUKAS, FELIX, JONAS, MAXIMILIAN, UWE, KARL HEINZ"""),
        _names("""
            SABINE, MONIKA, PETRA, ANDREA, CLAUDIA, SUSANNE, STEFANIE, JULIA, ANNA, KATHARINA, CHRISTINE, NICOLE,
            ANJA, LENA, LAURA, URSULA, BIRGIT, HEIKE"""),
        _names("""
            MUELLER, SCHMIDT, SCHNEIDER, FISCHER, WEBER, MEYER, WAGNER, BECKER, SCHULZ, HOFFMANN, SCHAEFER, KOCH,
            BAUER, RICHTER, KLEIN, WOLF, SCHROEDER, NEUMANN, SCHWARZ, ZIMMERMANN, BRAUN, KRUEGER, HARTMANN, LANGE,
            KRAUSE"""),
        second=0.35,
    ),
    "italian": Culture(
        _weights("ITA:1"),
        _names("""
            MARCO, GIUSEPPE, ANDREA, FRANCESCO, ALESSANDRO, LUCA, GIOVANNI, ROBERTO, STEFANO, PAOLO, MATTEO,
            LORENZO, DAVIDE, SIMONE, GIAN LUCA, MASSIMO"""),
        _names("""
            MARIA, ANNA, FRANCESCA, GIULIA, CHIARA, SARA, VALENTINA, ELENA, PAOLA, FEDERICA, SILVIA, ALESSANDRA,
            MARTINA, ROBERTA, CLAUDIA"""),
        _names("""
            ROSSI, RUSSO, FERRARI, ESPOSITO, BIANCHI, ROMANO, COLOMBO, RICCI, MARINO, GRECO, BRUNO, GALLO, CONTI,
            DE LUCA, MANCINI, COSTA, GIORDANO, RIZZO, LOMBARDI, MORETTI, DI STEFANO, DANGELO"""),
    ),
    "dutch": Culture(
        _weights("NLD:80 BEL:20"),
        _names("JAN, PIETER, JOHANNES, WILLEM, HENDRIK, MARK, JEROEN, BART, TIM, DAAN, SANDER, THIJS"),
        _names("ANNA, MARIA, JOHANNA, ELS, SANNE, LOTTE, EVA, ANNEKE, INGRID, FEMKE, MARIEKE, LISA"),
        _names(
            "DE JONG, JANSEN, DE VRIES, VAN DEN BERG, BAKKER, VAN DIJK, VISSER, SMIT, MEIJER, DE BOER, MULDER, PEETERS"
        ),
        second=0.5,
    ),
    "chinese": Culture(
        _weights("CHN:1"),
        _names("""
            WEI, JIE, JUN, LEI, MING, QIANG, TAO, CHAO, YONG, BIN, HAOYU, ZHIYUAN, JIANGUO, XIAOMING, GUANGMING,
            WENBO, YIFAN, ZIHAO, PENG, HAITAO"""),
        _names("""
            FANG, NA, MIN, JING, LI, YAN, XIULAN, XIAOLI, YUTING, MEILING, XINYI, HUI, JUAN, YING, WENJING, RUOXI,
            LIHUA, QIAN"""),
        _names("""
            WANG, LI, ZHANG, LIU, CHEN, YANG, HUANG, ZHAO, WU, ZHOU, XU, SUN, MA, ZHU, HU, GUO, HE, LIN, GAO, LUO,
            ZHENG, LIANG"""),
        family_first=True,
    ),
    "korean": Culture(
        _weights("KOR:1"),
        _names("""
            MINJUN, SEOJUN, JIHOON, SUNGMIN, DONGHYUN, JUNHO, YOUNGHO, SANGWOO, HYUNWOO, TAEYANG, KYUNGSOO, JAEHO"""),
        _names("SEOYEON, MINJI, JIWOO, SUJIN, EUNJI, HYEJIN, YOUNGHEE, MISOOK, YUNA, SOYEON, JIHYE, HANEUL"),
        _names("KIM, LEE, PARK, CHOI, JUNG, KANG, CHO, YOON, JANG, LIM, HAN, OH, SEO, SHIN, KWON, HWANG"),
        family_first=True,
    ),
    "indonesian": Culture(
        _weights("IDN:1"),
        _names("""
            BUDI, AGUS, AHMAD, MUHAMMAD, SLAMET, EKO, DWI, HENDRA, RUDI, BAMBANG, ADI, JOKO, IWAN, DEDI, RIZKY,
            YUSUF, ANDI, WAYAN"""),
        _names("SITI, SRI, DEWI, NUR, RINA, LESTARI, PUTRI, INDAH, RATNA, FITRI, AYU, WULAN, YULIANA, ENDANG, NINGSIH"),
        _names("""
            SANTOSO, WIJAYA, SETIAWAN, HIDAYAT, NUGROHO, SUSANTO, KURNIAWAN, PRASETYO, SAPUTRA, WIBOWO, RAHMAN,
            SIREGAR, NASUTION, HARAHAP, SUHENDRA, FIRMANSYAH, SUPRIYADI, GUNAWAN"""),
        second=0.3,
        single=0.15,
        conventional=0.01,
    ),
}
"""By a name of ours; only people of this table's cultures are invented."""
