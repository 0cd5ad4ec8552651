"""Names in scripts other than Latin, Arabic and Cyrillic: how they are taken apart, and what documents may print.

Names are invented or single widespread words.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.names import chinese, fold, hebrew, japanese, korean, words_of
from vigie.names.choices import readings
from vigie.names.spelling import vowels_missing

SPLIT = [
    ("王小明", ["wang", "xiaoming"], "surname first, the given name one word, as passports print it"),
    ("王 小 明", ["wang", "xiaoming"], "blanks between do not matter"),
    ("李明", ["li", "ming"], "a given name of one character"),
    ("歐陽小明", ["ouyang", "xiaoming"], "a compound surname"),
    ("欧阳明", ["ouyang", "ming"], "before one character too"),
    ("单小强", ["shan", "xiaoqiang"], "the surname has a reading of its own"),
    ("吕明", ["lyu", "ming"], "ü is YU in passports"),
    ("山田太郎", ["yamada", "taro"], "a Japanese name, both parts known"),
    ("山田 太郎", ["yamada", "taro"], "parted by a blank"),
    ("高橋健", ["takahashi", "ken"], "known Japanese surname and given name before a Chinese surname of one character"),
    ("井上健", ["inoue", "ken"], "likewise; the u is no part of a long o"),
    ("井上 丠太", ["inoue", "qiutai"], "parted by a blank, the given name not known"),
    ("佐々木太郎", ["sasaki", "taro"], "the sign of repetition"),
    ("山田はなこ", ["yamada", "hanako"], "kana after Han characters"),
    ("王小明 欧阳小绿", ["wang", "xiaoming", "ouyang", "xiaolyu"], "two names in one field"),
    ("萨拉", ["sa", "la"], "no surname known: a rare one and a given name"),
    ("王小鿖", ["wang", "xiao"], "a character that nothing reads is left out"),
    ("王鿖", ["wang"], "and a word of nothing else too"),
    ("王丠明", ["wang", "qiuming"], "a character that no name is known to hold"),
    ("约翰·史密斯", ["yue", "han", "shi", "mi", "si"], "a middle dot: a foreign name, a word per character"),
    ("亚历山德罗", ["ya", "li", "shan", "de", "luo"], "too long for a Chinese name"),
    ("김민수", ["kim", "minsu"], "Hangul: surname first, the given name one word"),
    ("김 민수", ["kim", "minsu"], "parted by a blank"),
    ("남궁민수", ["namgoong", "minsu"], "a compound surname"),
    ("김민", ["kim", "min"], "a given name of one syllable"),
    ("무함마드 알리", ["muhammadeu", "alli"], "a foreign name: as many words as written"),
    ("かとう よしゆき", ["kato", "yoshiyuki"], "kana: a word each piece, without long vowels"),
    ("カトウ・ヨシユキ", ["kato", "yoshiyuki"], "the Japanese middle dot"),
    ("ｶﾄｳ", ["kato"], "half-width kana"),
    ("Γεωργίου Άννα", ["georgiou", "anna"], "Greek"),
    ("Պետրոսյան Անի", ["petrosyan", "ani"], "Armenian"),
    ("წერეთელი გია", ["tsereteli", "gia"], "Georgian"),
    ("בן-דוד משה", ["ben", "david", "moshe"], "Hebrew: a hyphen parts"),
    ("मोहम्मद खान", ["mohammad", "khan"], "Devanagari"),
    ("মোহাম্মদ রহমান", ["mohammad", "rahman"], "Bengali"),
    ("Kim Min-su 김민수", ["kim", "min", "su", "kim", "minsu"], "two scripts in one field"),
]


@pytest.mark.parametrize(("name", "expected", "reason"), SPLIT, ids=[f"{name} {reason}" for name, _, reason in SPLIT])
def test_words(name: str, expected: list[str], reason: str) -> None:
    assert [(word.spellings or word.bare)[0] for word in words_of(name)] == expected, reason


ALSO = [
    # Greek: ELOT 743 first, then as heard, then the ancient letters.
    ("Μπακάλης", "bakalis", "mu and pi are b at the beginning"),
    ("Λάμπρος", "lampros", "and mp inside"),
    ("Λάμπρος", "lambros", "or mb, as heard"),
    ("Ντίνος", "ntinos", "nu and tau stay in passports"),
    ("Ντίνος", "dinos", "and are d as heard"),
    ("Άγγελος", "angelos", "two gammas are ng"),
    ("Γκίκας", "gkikas", "gamma and kappa stay in passports"),
    ("Γκίκας", "gikas", "and are g as heard"),
    ("Ευθύμιος", "efthymios", "eu before a voiceless sound"),
    ("Ευάγγελος", "evangelos", "eu before a vowel"),
    ("Ευθύμιος", "euthymios", "the letters of ancient Greek"),
    ("Παύλος", "pavlos", "au before l"),
    ("Ναυσικά", "nafsika", "au before s"),
    ("Γιάννης", "giannis", "by ELOT 743"),
    ("Γιάννης", "yannis", "as heard"),
    ("Δημήτρης", "demetres", "eta as e"),
    ("ΓΕΩΡΓΙΟΥ", "georgiou", "capitals without accents"),
    ("Μαΐου", "maiou", "the diaeresis parts the vowels"),
    ("Γεωργίου", "yeoryiou", "an accented iota is a vowel of its own"),
    # Armenian
    ("Գրիգոր", "grigor", "Eastern"),
    ("Գրիգոր", "krikor", "Western: the stops are spoken the other way round"),
    ("Պետրոս", "bedros", "likewise"),
    ("Երեւան", "yerevan", "a first e is YE"),
    ("Ոսկան", "voskan", "a first o is VO"),
    ("Հարություն", "harutyun", "two letters for u"),
    ("Յակոբ", "hagop", "Western: a first y is h"),
    ("Յարութիւն", "harutiun", "the older spelling of yu, likewise"),
    ("Եւա", "yeva", "two letters for ev, YE at the beginning"),
    # Georgian
    ("ყიფიანი", "qipiani", "q and p by the national system"),
    ("ჯაფარიძე", "japaridze", "j and dz"),
    ("ᲒᲘᲐ", "gia", "Mtavruli capitals"),
    ("დავითი", "davit", "the ending of the nominative is not in documents"),
    # Hebrew
    ("משה", "moshe", "a widespread name with its vowels"),
    ("יצחק", "isaac", "its other form"),
    # Chinese
    ("吕", "lu", "ü as U"),
    ("吕", "lv", "ü as V, older passports"),
    ("张", "chang", "Wade-Giles"),
    ("張", "cheung", "Hong Kong"),
    ("蔡", "tsai", "Wade-Giles"),
    ("謝", "hsieh", "Wade-Giles"),
    ("陈", "tan", "Hokkien"),
    ("王", "wong", "Hong Kong"),
    ("黄", "ng", "Hokkien, without a vowel"),
    ("金", "kim", "Korean surname"),
    ("林", "hayashi", "Japanese surname"),
    # Korean
    ("이", "lee", "the usual spelling, which no system gives"),
    ("이", "yi", "McCune-Reischauer"),
    ("리", "ri", "North Korean"),
    ("박", "pak", "McCune-Reischauer"),
    ("최", "choe", "both systems"),
    ("무함마드", "muhammad", "the vowel that only carries a consonant"),
    ("이브라힘", "ibrahim", "likewise inside"),
    # Japanese
    ("おおの", "ohno", "the bearer may ask for OH"),
    ("おおの", "oono", "as written"),
    ("いのうえ", "inoue", "o and the u of another part of the name are no long o"),
    ("大野", "ohno", "likewise"),
    ("おおうち", "ouchi", "a long o before u"),
    ("ほんま", "homma", "M before M in passports"),
    ("ほんま", "honma", "N elsewhere"),
    ("はっちょう", "hatcho", "a doubled ch is TCH"),
    ("しんいち", "siniti", "Kunrei-shiki"),
    ("ムハンマド", "muhammad", "a foreign name in katakana"),
    ("アブドゥル", "abdul", "likewise"),
    ("ヴィクトル", "viktor", "v, and a vowel that only carries t"),
    ("アリー", "ali", "l and r are one letter"),
    ("ピーター", "piter", "a last long a stands for -er"),
    # Devanagari and Bengali
    ("अहमद", "ahmad", "no a between a single consonant and one with a vowel"),
    ("सिंह", "singh", "the nasal sign before h"),
    ("चन्द्र", "chandra", "the a stays after several consonants"),
    ("वसीम", "wasim", "v and w are one letter"),
    ("ज़ाकिर", "zakir", "the dot below"),
    ("জিয়া", "zia", "Bengali j as z"),
    ("ছালেহ", "saleh", "Bengali ch as s"),
    ("রফিক", "rafik", "the inherent vowel as a"),
    ("রফিক", "rofik", "or o"),
]


@pytest.mark.parametrize(("name", "spelling", "reason"), ALSO, ids=[f"{name} {reason}" for name, _, reason in ALSO])
def test_a_single_word_is_also_spelled(name: str, spelling: str, reason: str) -> None:
    (word,) = words_of(name)
    folded = {fold(one) for one in word.spellings}
    assert spelling in word.spellings or fold(spelling) in folded, reason
    assert word.romanised


GIVEN = [
    ("王英文", "yingwen", "pinyin"),
    ("王家明", "kaming", "Hong Kong"),
    ("王志明", "chihming", "Wade-Giles"),
    ("王小绿", "xiaolyu", "ü is YU in passports"),
    ("王小绿", "xiaolu", "U without its dots"),
    ("王小绿", "xiaolv", "V in older passports"),
    ("佐藤丠太", "qiutai", "an unknown given name after a Japanese surname"),
    ("金民秀", "minsu", "Korean, Revised Romanization"),
    ("林太郎", "taro", "Japanese"),
    ("김정희", "jeonghui", "Revised Romanization"),
    ("김정희", "junghee", "the habit of many"),
    ("김정희", "jonghui", "North Korean"),
    ("김정희", "chonghui", "McCune-Reischauer"),
    ("김학래", "hakrae", "sound changes between syllables are left out"),
]


@pytest.mark.parametrize(("name", "spelling", "reason"), GIVEN, ids=[f"{name} {reason}" for name, _, reason in GIVEN])
def test_the_given_name_is_also_spelled(name: str, spelling: str, reason: str) -> None:
    assert spelling in words_of(name)[1].spellings, reason


BARE = [
    ("ברוש", "brosh", "no vowel but waw is written"),
    ("אביעזר", "aviezer", "soft b; ayin is silent inside"),
    ("חגית", "chagit", "the English habit for het"),
    ("חגית", "hagit", "the Academy's"),
    ("פולינה", "polina", "hard p at the beginning"),
    ("פאולה", "faula", "or f, in foreign names"),
    ("ג׳ורג׳", "jorj", "geresh turns gimel into j"),
    ("ג'ורג'", "jorj", "an apostrophe typed for it too"),
    ("סיגלית", "sigalit", "a short vowel is not written"),
    ("וולטר", "valter", "a doubled waw is v"),
    ("דוויד", "david", "inside as well"),
    ("יוכבד", "yokheved", "soft k and b"),
    ("ישעיה", "isaia", "shin or sin"),
]


@pytest.mark.parametrize(("name", "full", "reason"), BARE, ids=[f"{full} {reason}" for _, full, reason in BARE])
def test_hebrew_without_vowels_may_be(name: str, full: str, reason: str) -> None:
    (word,) = words_of(name)
    assert any(vowels_missing(fold(bare), fold(full)) for bare in word.bare), reason


WADE_GILES = [
    ("zhang", "chang"),
    ("xie", "hsieh"),
    ("cai", "tsai"),
    ("guo", "kuo"),
    ("luo", "lo"),
    ("jian", "chien"),
    ("xue", "hsueh"),
    ("zhong", "chung"),
    ("yong", "yung"),
    ("si", "szu"),
    ("lv", "lu"),
    ("ping", "ping"),
    ("deng", "teng"),
    ("ren", "jen"),
    ("yan", "yen"),
    ("shuo", "shuo"),
]


@pytest.mark.parametrize(("pinyin", "expected"), WADE_GILES)
def test_wade_giles(pinyin: str, expected: str) -> None:
    assert chinese.wade_giles(pinyin) == expected


def test_letters_are_read_in_one_way_throughout_and_the_usual_one_comes_first() -> None:
    assert readings("RaRBa", {"R": "rl", "B": "bv"}, 8) == ("rarba", "lalba", "rarva", "lalva")
    assert readings("RaRBa", {"R": "rl", "B": "bv"}, 2) == ("rarba", "lalba")


def test_a_word_of_a_surname_table_is_never_an_article_a_title_or_an_initial() -> None:
    """An, Ng and Eng are names here; a spelling that is a title would make the word vanish."""
    for name in ("安小明", "吴英", "易明", "안민수", "오민수", "英明"):
        taken = words_of(name)
        assert [word.role for word in taken] == ["name", "name"], name
        assert all(len(spelling) > 1 for word in taken for spelling in word.spellings), name


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6))
def test_every_hangul_syllable_is_spelled(hangul: str) -> None:
    assert all(spellings for _, spellings in korean.parted([hangul]))
    assert "".join(written for written, _ in korean.parted([hangul])) == hangul


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6))
def test_no_han_character_is_lost_or_doubled(han: str) -> None:
    """What has no reading at all (characters that Unicode took in late) stays written and is left out of spellings."""
    parted = chinese.parted([han])
    assert parted is None or "".join(written for written, _ in parted) == han
    assert parted is None or all(
        spellings or not any(words_of(character) for character in written) for written, spellings in parted
    )


@given(st.text(alphabet=st.characters(min_codepoint=0x30A1, max_codepoint=0x30F4), min_size=1, max_size=8))
def test_katakana_and_hiragana_of_one_name_are_spelled_alike(katakana: str) -> None:
    hiragana = "".join(chr(ord(kana) - 0x60) for kana in katakana)
    assert set(japanese.kana_spellings(hiragana)) <= set(japanese.kana_spellings(katakana)) | {""}


@given(st.text(alphabet="אבגדהוזחטיכלמנסעפצקרשתךםןףץ׳", min_size=1, max_size=10))
def test_hebrew_has_a_bounded_number_of_guesses(word: str) -> None:
    assert len(hebrew.romanise(word).bare) <= 12
