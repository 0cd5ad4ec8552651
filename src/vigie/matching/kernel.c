/* The fast engine: finds and scores what may reach a threshold. Integers and bytes only.
 *
 * It does what vigie.matching.clear does, and its tests hold it to that. Python makes the spellings of each distinct
 * word once; here names are split, words looked up, candidates gathered and scored. Units: millibits (thousandths of a
 * bit), rows (numbers of forms, ordered by year of birth), spelling numbers (ordered by folded length).
 *
 * Everything that comes from an index file is checked in vg_open before it is used. All memory of a screening is
 * bounded: words have at most LONGEST letters, names at most MOST_WORDS words, remembered words at most a budget.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

#define LONGEST 60        /* letters of one spelling of a word */
#define MOST_WORDS 24     /* words of a name */
#define MOST_PAIRS 60
#define MOST_SPELLINGS 64   /* of a word */
#define LEVELS 6
#define RUN_BYTES (LONGEST * MOST_WORDS + 8)
#define LETTERS 27        /* a-z and S */
#define UNIT 16           /* millibits of one unit of the bound: rounded up */
#define MOST_STATES (1u << 20)

enum { SAME_LETTERS, SAME_SOUND, ONE_LETTER, UNWRITTEN_VOWELS, CUT_OFF, DISTANT };
enum { NAME, PARTICLE, INITIAL };
enum { IS_TITLE = 1, IS_NO_NAME = 2, IS_ARTICLE = 4, IS_SERVANT = 8 };
enum { FORM_WEAK = 1 };
enum { UNDATED, ODD, FIRST_YEAR };  /* classes of rows; then one for each year */

/* Numbers of the model, in the order that kernel.py gives them. */
enum {
    W_AGREES, W_RUN_LEVEL = W_AGREES + LEVELS, W_RARITY = W_RUN_LEVEL + LEVELS, W_CUT_LETTER, W_JOINED, W_JOINED_PARTICLE, W_PARTICLE,
    W_INITIAL, W_COMPLETE, W_CONTRADICTION, W_ONLY_OWN = W_CONTRADICTION + 3, W_ONLY_LISTED = W_ONLY_OWN + 3,
    W_WEAK = W_ONLY_LISTED + 3, W_SEX_SAME, W_SEX_OTHER, W_NATION_SAME, W_NATION_OTHER,
    W_SAME_DAY, W_DAY_MONTH, W_NEAR_DAY, W_YEAR_OFF, W_SAME_MONTH_YEAR, W_DAY_OTHER_MONTH, W_YEAR_DIGITS, W_SAME_YEAR,
    W_SAME_MONTH, W_YEAR_OTHER_DAY, W_NEXT_YEAR, W_NEXT_YEAR_OTHER, W_WITHIN, W_NEAR_APPROX, W_CONFLICT, W_FAR,
    W_CONFLICT_YEAR, W_CONFLICT_APPROX, W_RUN_SOUNDS, W_BARE_CONSONANTS, W_COUNT
};

/* Sections of an index, in the order that kernel.py gives them; each is a flat array. */
enum {
    S_LETTERS, S_LETTERS_AT, S_FOLDS, S_FOLDS_AT, S_BARE, S_LENGTH_AT, S_BONE_KEYS, S_BONE_WORDS, S_ALPHABET,
    S_ITEMS_AT, S_WORTHS, S_ITEM_WORTH, S_POSTS_AT, S_POSTS,
    S_CLASS_AT, S_FORM_ENTRY, S_FORM_FLAGS, S_FORM_DATE, S_WORDS_AT, S_WORD_ROLE, S_WORD_HEADS, S_WORD_ITEMS_AT,
    S_WORD_ITEMS, S_RUN_KEYS, S_RUN_FORM, S_RUN_UNIT, S_RUN_FOLD, S_RUN_PATTERN,
    S_DATES_AT, S_DATES, S_CHARGE, S_SEX, S_NATIONS_AT, S_NATIONS, S_COUNT
};
typedef struct { const void *at; uint64_t count; } section;

typedef struct { uint8_t letters[RUN_BYTES]; int size, bare; } spelled;

typedef struct {               /* what one word, or its beginning, resembles */
    uint32_t *items; int32_t *worth; uint32_t count;              /* ascending; millibits */
    uint32_t *run_rows; int32_t *run_worth; uint16_t *run_unit; uint32_t runs;   /* ascending */
    uint32_t *rows; uint16_t *most; uint32_t posts;               /* ascending; most in UNITs */
    uint32_t greatest;                                            /* of most */
} likeness;

typedef struct {
    uint8_t role, flags, has_second, has_bare, first_is_bare;
    uint32_t heads;
    uint64_t identity;                                            /* hash of all its spellings */
    uint8_t first[LONGEST], second[LONGEST], bone[LONGEST];       /* usual, second usual, bare spelling */
    uint8_t first_size, second_size, bone_size;
    likeness like;
} word;

typedef struct { uint8_t *text; uint32_t size; uint64_t hash, stamp, bytes; word *words; uint32_t count; } piece;

#define MOST_RULES 100
typedef struct { uint8_t letters[6], sounds[6], size, made; } rule;     /* letters and what they sound like */

typedef struct {
    section s[S_COUNT];
    uint32_t spellings, items, forms, entries, years, runs;
    int32_t first_year;
    int32_t w[W_COUNT];
    int32_t log2_of[10001];
    rule rules[MOST_RULES]; uint8_t rules_of[27];                 /* of each first letter a stretch, longest first */
    uint32_t *letters; uint64_t *pairs;                    /* of each folded spelling: its letters, its pairs */
    piece **table; uint32_t room, known; uint64_t bytes, budget, stamp;
    int32_t rest[2][7][7];                                        /* cut, own names left, listed names left */
    int32_t best_date;
    uint64_t hits, misses;
    struct scratch *spare;
    pthread_mutex_t spares;
    pthread_rwlock_t lock;
} vg_index;

#define AT(index, which, type) ((const type *)(index)->s[which].at)

static uint64_t hash_of(const uint8_t *text, size_t size, uint64_t seed)
{
    uint64_t h = seed ^ 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++) h = (h ^ text[i]) * 0x100000001b3u;
    h ^= h >> 32; h *= 0xd6e8feb86659fd93u; h ^= h >> 32;
    return h;
}

/* ---- sounds ---------------------------------------------------------------------------------------------------- */

static int is_vowel(uint8_t c) { return c == 'a' || c == 'i' || c == 'u'; }

/* Rules as bytes: size, letters, size, sounds; longest first. 0 when they are none. */
static int set_rules(vg_index *x, const uint8_t *from, uint64_t size, uint32_t count)
{
    const uint8_t *end = from + size;
    uint8_t number = 0;
    if (count > MOST_RULES) return 0;
    for (int letter = 0; letter < 26; letter++) {
        const uint8_t *at = from;
        x->rules_of[letter] = number;
        for (uint32_t k = 0; k < count; k++) {
            if (end - at < 2 || end - at < 2 + at[0] || end - at < 2 + at[0] + at[1 + at[0]]) return 0;
            int letters = at[0], sounds = at[1 + letters];
            if (!letters || letters > 6 || sounds > letters) return 0;
            if (at[1] == 'a' + letter) {
                rule *r = x->rules + number++;
                memcpy(r->letters, at + 1, r->size = (uint8_t)letters);
                memcpy(r->sounds, at + 2 + letters, r->made = (uint8_t)sounds);
            }
            at += 2 + letters + sounds;
        }
    }
    x->rules_of[26] = number;
    return 1;
}

/* As names.spelling.fold, of letters a-z. `out` has room for 2 * size bytes. */
static int fold(const vg_index *x, const uint8_t *in, int size, uint8_t *out)
{
    int n = 0;
    uint8_t before = 0;
    if (size > 4 && in[size - 2] == 'n' && in[size - 1] == 'e') size--;
    for (int i = 0; i < size;) {
        const uint8_t *sound = in + i;
        int taken = 1, made = 1, letter = in[i] - 'a';
        for (int k = x->rules_of[letter]; k < x->rules_of[letter + 1]; k++) {
            const rule *r = x->rules + k;
            if (r->size > size - i) continue;
            int fits = 1;
            for (int c = 1; c < r->size && fits; c++) fits = r->letters[c] == in[i + c];
            if (!fits) continue;
            sound = r->sounds; taken = r->size; made = r->made;
            break;
        }
        for (int k = 0; k < made; k++)
            if (sound[k] != before) out[n++] = before = sound[k];
        i += taken;
    }
    return n > 2 && out[n - 1] == 'h' ? n - 1 : n;
}

/* As names.spelling.skeleton, of a folded spelling. */
static int skeleton(const uint8_t *in, int size, uint8_t *out)
{
    int n = 0;
    if (size && is_vowel(in[0])) out[n++] = 'A';
    int head = n;
    for (int i = 0; i < size; i++) {
        uint8_t c = in[i];
        if (is_vowel(c)) continue;
        if (c == 'z' || c == 'x' || c == 'S') c = 's';
        else if (c == 'v') c = 'f';
        else if (c == 'j') c = 'g';
        if (n == head || out[n - 1] != c) out[n++] = c;
    }
    return n;
}

static int consonants(const uint8_t *bones, int size) { return size && bones[0] == 'A' ? size - 1 : size; }

static int vowels_missing(const uint8_t *bare, int bare_size, const uint8_t *full, int size)
{
    int place = 0;
    for (int i = 0; i < size; i++) {
        if (place < bare_size && full[i] == bare[place]) place++;
        else if (!is_vowel(full[i])) return 0;
    }
    if (place != bare_size) return 0;
    return !size || (full[size - 1] != 'i' && full[size - 1] != 'u') || (bare_size && bare[bare_size - 1] == full[size - 1]);
}

/* Hash of a folded spelling with all its vowels alike (names.spelling.pattern). */
static uint32_t pattern_of(const uint8_t *in, int size, int *sounds)
{
    uint8_t out[2 * RUN_BYTES];
    int n = 0;
    for (int i = 0; i < size; i++) {
        uint8_t c = is_vowel(in[i]) ? 'a' : in[i];
        if (!n || out[n - 1] != c) out[n++] = c;
    }
    if (sounds) *sounds = n;
    return (uint32_t)hash_of(out, n, 4);
}

static int number_of(uint8_t sound) { return sound == 'S' ? 26 : sound - 'a'; }

#define LANES 8
typedef uint64_t lanes __attribute__((vector_size(8 * LANES)));

/* Optimal string alignment (Hyyro 2003) of a pattern, given by its letters' places, with eight texts of one size. */
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
static void distances(const uint64_t *places, int size, const uint8_t *const *texts, int text_size, uint64_t *out)
{
    lanes none = {0}, vp = ~none, vn = none, d0 = none, before = none, found = none + (uint64_t)size;
    for (int i = 0; i < text_size; i++) {
        lanes match, turned, hp, hn;
        for (int k = 0; k < LANES; k++) match[k] = places[number_of(texts[k][i])];
        turned = ((~d0 & match) << 1) & before;
        d0 = (((match & vp) + vp) ^ vp) | match | vn | turned;
        hp = vn | ~(d0 | vp);
        hn = d0 & vp;
        found += (hp >> (size - 1)) & 1;
        found -= (hn >> (size - 1)) & 1;
        hp = hp << 1 | 1;
        hn <<= 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = match;
    }
    memcpy(out, &found, sizeof found);
}

static int farthest(int size) { return size < 6 ? 1 : size < 10 ? 2 : 3; }

static int level_of(int far, int shorter)
{
    if (far == 0) return SAME_SOUND;
    if (far == 1) return shorter >= 4 ? ONE_LETTER : shorter == 3 ? DISTANT : -1;
    if (far == 2) return shorter >= 6 ? DISTANT : -1;
    return far == 3 && shorter >= 10 ? DISTANT : -1;
}

/* ---- growing arrays -------------------------------------------------------------------------------------------- */

typedef struct { void *at; uint64_t count, room; int broken; } list;

static void *grow(list *l, size_t size)
{
    if (l->count == l->room) {
        uint64_t room = l->room ? l->room * 2 : 64;
        void *more = realloc(l->at, room * size);
        if (!more) { l->broken = 1; return NULL; }
        l->at = more; l->room = room;
    }
    return (char *)l->at + size * l->count++;
}

typedef struct { uint32_t number, level; } found_level;
typedef struct { uint32_t row; int32_t worth; uint16_t unit; } found_run;
typedef struct { uint32_t item; int32_t worth; } found_item;

static int by_item(const void *a, const void *b)
{
    const found_item *x = a, *y = b;
    return x->item != y->item ? (x->item < y->item ? -1 : 1) : (x->worth > y->worth ? -1 : x->worth < y->worth);
}

static int by_row(const void *a, const void *b)
{
    const found_run *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return x->worth > y->worth ? -1 : x->worth < y->worth;
}

/* First place of `key` in ascending keys, which are hashes: spread evenly, so a guess is nearly right. */
static uint64_t place_of(const uint64_t *keys, uint64_t count, uint64_t key)
{
    uint64_t low = 0, high = count;
    if (count > 64) {
        uint64_t guess = (uint64_t)(((unsigned __int128)key * count) >> 64), step = 16;
        uint64_t a = guess > step ? guess - step : 0, b = guess + step < count ? guess + step : count;
        while (a > 0 && keys[a - 1] >= key) { step *= 2; a = a > step ? a - step : 0; }
        while (b < count && keys[b] < key) { step *= 2; b = b + step < count ? b + step : count; }
        low = a; high = b;
    }
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (keys[middle] < key) low = middle + 1; else high = middle;
    }
    return low;
}

/* ---- what a spelling resembles --------------------------------------------------------------------------------- */

/* Neighbouring letters, edges included, as a set of 64. */
static uint64_t pairs_of(const uint8_t *sounds, int size)
{
    uint64_t found = 0;
    uint32_t before = 27;
    for (int i = 0; i <= size; i++) {
        uint32_t sound = i < size ? (uint32_t)number_of(sounds[i]) : 27;
        found |= 1ull << ((before * 28 + sound) * 0x9e3779b1u >> 26);
        before = sound;
    }
    return found;
}

/* Which words may be within `far` edits. A swap of letters changes at most six pairs and no letter of the sets, another
 * letter four pairs and two letters, one more or less three pairs and one letter: two letters and six in all for each. */
__attribute__((target_clones("arch=icelake-server", "arch=x86-64-v3", "default")))
static void may_be_near(const uint64_t *pairs, const uint32_t *letters, uint64_t own_pairs, uint32_t own_letters, int far,
                        uint32_t count, uint8_t *out)
{
    for (uint32_t i = 0; i < count; i++) {
        int apart = __builtin_popcount(letters[i] ^ own_letters);
        out[i] = (apart <= 2 * far) & (apart + __builtin_popcountll(pairs[i] ^ own_pairs) <= 6 * far);
    }
}

static void add_level(list *into, uint32_t number, int level)
{
    found_level *one = grow(into, sizeof *one);
    if (one) { one->number = number; one->level = (uint32_t)level; }
}

/* Adds the levels of some words of one folded size by their distances. */
static void add_near(const uint64_t *places, int n, const uint8_t **texts, int size, const uint32_t *numbers, int count,
                     list *into)
{
    uint64_t far[LANES];
    for (int i = count; i < LANES; i++) texts[i] = texts[0];
    distances(places, n, texts, size, far);
    for (int i = 0; i < count; i++) {
        int level = far[i] <= 3 ? level_of((int)far[i], n < size ? n : size) : -1;
        if (level >= 0 && (int)far[i] <= farthest(n)) add_level(into, numbers[i], level);
    }
}

static const uint8_t *text_of(const vg_index *x, int texts, uint32_t number, int *size)
{
    const uint32_t *at = AT(x, texts + 1, uint32_t);
    *size = (int)(at[number + 1] - at[number]);
    return AT(x, texts, uint8_t) + at[number];
}

/* All similar spellings with their levels; one may come several times. */
static void similar(const vg_index *x, const uint8_t *letters, int size, int bare, list *into)
{
    uint8_t own[2 * LONGEST], bones[2 * LONGEST + 1], other_bones[2 * LONGEST + 1];
    int n = fold(x, letters, size, own), bone_count = skeleton(own, n, bones);
    const uint8_t *is_bare = AT(x, S_BARE, uint8_t);
    if (!bare && n && n <= LONGEST) {
        uint64_t places[LETTERS] = {0};
        uint32_t letters_set = 0;
        for (int i = 0; i < n; i++) places[number_of(own[i])] |= 1ull << i, letters_set |= 1u << number_of(own[i]);
        int far = farthest(n);
        uint64_t pairs = pairs_of(own, n);
        const uint32_t *length_at = AT(x, S_LENGTH_AT, uint32_t);
        for (int other = n > far ? n - far : 1; other <= n + far && other <= 2 * LONGEST; other++) {
            uint8_t near[1024 + 8];
            uint32_t numbers[LANES];
            const uint8_t *texts[LANES];
            int held = 0;
            for (uint32_t at = length_at[other]; at < length_at[other + 1]; at += 1024) {
                uint32_t count = length_at[other + 1] - at < 1024 ? length_at[other + 1] - at : 1024;
                may_be_near(x->pairs + at, x->letters + at, pairs, letters_set, far, count, near);
                memset(near + count, 0, 8);
                for (uint32_t i = 0; i < count; i++) {
                    uint64_t eight;
                    while (memcpy(&eight, near + i, 8), !eight && i + 8 < count) i += 8;
                    if (!near[i] || is_bare[at + i]) continue;
                    numbers[held] = at + i;
                    texts[held++] = AT(x, S_FOLDS, uint8_t) + AT(x, S_FOLDS_AT, uint32_t)[at + i];
                    if (held == LANES) {
                        add_near(places, n, texts, other, numbers, held, into);
                        held = 0;
                    }
                }
            }
            if (held) add_near(places, n, texts, other, numbers, held, into);
        }
    }
    uint64_t key = hash_of(bones, bone_count, 0);
    const uint64_t *keys = AT(x, S_BONE_KEYS, uint64_t);
    for (uint64_t at = place_of(keys, x->spellings, key); at < x->spellings && keys[at] == key; at++) {
        uint32_t number = AT(x, S_BONE_WORDS, uint32_t)[at];
        int its_size, its_letters;
        const uint8_t *its = text_of(x, S_FOLDS, number, &its_size);
        if (skeleton(its, its_size, other_bones) != bone_count || memcmp(bones, other_bones, bone_count)) continue;
        const uint8_t *text = text_of(x, S_LETTERS, number, &its_letters);
        if (bare == is_bare[number] && its_letters == size && !memcmp(text, letters, size))
            add_level(into, number, SAME_LETTERS);
        if (bare != is_bare[number]) {
            if (bare ? vowels_missing(own, n, its, its_size) : vowels_missing(its, its_size, own, n)) {
                add_level(into, number, UNWRITTEN_VOWELS);
                continue;
            }
        } else if (bare && n == its_size && !memcmp(own, its, n)) {
            add_level(into, number, SAME_SOUND);
            continue;
        }
        if (consonants(bones, bone_count) >= 3) add_level(into, number, DISTANT);
    }
}

/* Level of two spellings of one skeleton of which one is a run; sounds: of their pattern, 0 when it is not the same; -1 when it is none (similarity.as_run). */
static int run_level(const vg_index *x, int same_fold, int sounds, int bare, int other_bare, int bone_consonants)
{
    if (bare == other_bare && same_fold) return SAME_SOUND;
    if (bare || other_bare) return bone_consonants >= x->w[W_BARE_CONSONANTS] ? UNWRITTEN_VOWELS : -1;
    return sounds >= x->w[W_RUN_SOUNDS] ? ONE_LETTER : -1;
}

static void add_items(const vg_index *x, uint32_t number, int level, int32_t most, int32_t charge, list *into)
{
    const uint32_t *items_at = AT(x, S_ITEMS_AT, uint32_t);
    for (uint32_t item = items_at[number]; item < items_at[number + 1]; item++) {
        int32_t worth = AT(x, S_WORTHS, int16_t)[LEVELS * AT(x, S_ITEM_WORTH, uint32_t)[item] + level] + charge;
        found_item *one = grow(into, sizeof *one);
        if (one) { one->item = item; one->worth = worth < most ? worth : most; }
    }
}

/* The charge for reading words of these roles as one (worth.boundaries). */
static int32_t boundaries(const vg_index *x, const uint8_t *roles, int size)
{
    int custom = 0, plain;
    for (int i = 1; i < size; i++) custom += roles[i - 1] == PARTICLE || roles[i] == PARTICLE;
    plain = size - 1 - custom;
    return x->w[W_JOINED] * (plain < 2 ? plain : 2) + x->w[W_JOINED_PARTICLE] * (custom < 2 ? custom : 2);
}

static int32_t worth_of_run(const vg_index *x, uint32_t row, uint16_t unit, int level)
{
    const uint32_t *items_at = AT(x, S_WORD_ITEMS_AT, uint32_t);
    uint32_t first = AT(x, S_WORDS_AT, uint32_t)[row] + (unit & 255), size = unit >> 8;
    int32_t sum = boundaries(x, AT(x, S_WORD_ROLE, uint8_t) + first, (int)size) + x->w[W_RUN_LEVEL + level];
    for (uint32_t i = first; i < first + size; i++) {
        uint32_t item = AT(x, S_WORD_ITEMS, uint32_t)[items_at[i]];
        sum += AT(x, S_WORTHS, int16_t)[LEVELS * AT(x, S_ITEM_WORTH, uint32_t)[item]];
    }
    return sum;
}

static void runs_like(const vg_index *x, const uint8_t *letters, int size, int bare, list *into)
{
    uint8_t own[2 * LONGEST], bones[2 * LONGEST + 1];
    int n = fold(x, letters, size, own), bone_count = skeleton(own, n, bones);
    uint64_t key = hash_of(bones, bone_count, 0);
    int sounds;
    uint32_t sound = (uint32_t)(hash_of(own, n, 1) >> 32) >> 1, pattern = pattern_of(own, n, &sounds);
    const uint64_t *keys = AT(x, S_RUN_KEYS, uint64_t);
    for (uint64_t at = place_of(keys, x->runs, key); at < x->runs && keys[at] == key; at++) {
        uint32_t its = AT(x, S_RUN_FOLD, uint32_t)[at];
        int level = run_level(x, its >> 1 == sound, AT(x, S_RUN_PATTERN, uint32_t)[at] == pattern ? sounds : 0, bare, its & 1,
                              consonants(bones, bone_count));
        if (level < 0) continue;
        found_run *one = grow(into, sizeof *one);
        if (!one) return;
        one->row = AT(x, S_RUN_FORM, uint32_t)[at];
        one->unit = AT(x, S_RUN_UNIT, uint16_t)[at];
        one->worth = worth_of_run(x, one->row, one->unit, level);
    }
}

/* ---- likeness: what a word resembles, with the rows it stands in ------------------------------------------------ */

typedef struct { uint32_t row, most; } post;

static int sort_posts(post *posts, uint64_t count)   /* by row; least significant digit first */
{
    if (count < 2) return 1;
    post *other = malloc(count * sizeof *other), *from = posts, *to = other;
    if (!other) return 0;
    for (int shift = 0; shift < 33; shift += 11) {
        uint64_t start[2048] = {0}, sum = 0;
        for (uint64_t i = 0; i < count; i++) start[from[i].row >> shift & 2047]++;
        for (int i = 0; i < 2048; i++) { uint64_t n = start[i]; start[i] = sum; sum += n; }
        for (uint64_t i = 0; i < count; i++) to[start[from[i].row >> shift & 2047]++] = from[i];
        post *swap = from; from = to; to = swap;
    }
    if (from != posts) memcpy(posts, from, count * sizeof *posts);
    free(other);
    return 1;
}

static uint16_t units_of(int32_t worth)
{
    if (worth <= 0) return 0;
    int32_t units = (worth + UNIT - 1) / UNIT;
    return units > 65535 ? 65535 : (uint16_t)units;
}

static void forget(likeness *l)
{
    free(l->items); free(l->worth); free(l->run_rows); free(l->run_worth); free(l->run_unit); free(l->rows); free(l->most);
    memset(l, 0, sizeof *l);
}

static uint64_t bytes_of(const likeness *l) { return 8ull * l->count + 10ull * l->runs + 6ull * l->posts; }

/* Takes what was found over: one of each item and of each run, the best; then the rows. 0 when memory ran out. */
static int settle(const vg_index *x, list *items, list *runs, likeness *out)
{
    memset(out, 0, sizeof *out);
    if (items->broken || runs->broken) return 0;
    found_item *item = items->at;
    found_run *run = runs->at;
    if (items->count) qsort(item, items->count, sizeof *item, by_item);
    if (runs->count) qsort(run, runs->count, sizeof *run, by_row);
    uint64_t total = 0, kept = 0;
    for (uint64_t i = 0; i < items->count; i++)
        if (!kept || item[i].item != item[kept - 1].item) item[kept++] = item[i];
    out->count = (uint32_t)kept;
    kept = 0;
    for (uint64_t i = 0; i < runs->count; i++)
        if (!kept || run[i].row != run[kept - 1].row || run[i].unit != run[kept - 1].unit) run[kept++] = run[i];
    out->runs = (uint32_t)kept;
    const uint32_t *posts_at = AT(x, S_POSTS_AT, uint32_t);
    for (uint32_t i = 0; i < out->count; i++)
        if (item[i].worth > 0) total += posts_at[item[i].item + 1] - posts_at[item[i].item];
    total += out->runs;
    out->items = malloc((out->count + 1) * sizeof *out->items);
    out->worth = malloc((out->count + 1) * sizeof *out->worth);
    out->run_rows = malloc((out->runs + 1) * sizeof *out->run_rows);
    out->run_worth = malloc((out->runs + 1) * sizeof *out->run_worth);
    out->run_unit = malloc((out->runs + 1) * sizeof *out->run_unit);
    post *posts = malloc((total + 1) * sizeof *posts);
    if (!out->items || !out->worth || !out->run_rows || !out->run_worth || !out->run_unit || !posts) goto broken;
    uint64_t n = 0;
    for (uint32_t i = 0; i < out->count; i++) {
        out->items[i] = item[i].item; out->worth[i] = item[i].worth;
        if (item[i].worth <= 0) continue;
        for (uint32_t at = posts_at[item[i].item]; at < posts_at[item[i].item + 1]; at++)
            posts[n++] = (post){AT(x, S_POSTS, uint32_t)[at], units_of(item[i].worth)};
    }
    for (uint32_t i = 0; i < out->runs; i++) {
        out->run_rows[i] = run[i].row; out->run_worth[i] = run[i].worth; out->run_unit[i] = run[i].unit;
        posts[n++] = (post){run[i].row, units_of(run[i].worth)};
    }
    if (!sort_posts(posts, n)) goto broken;
    out->rows = malloc((n + 1) * sizeof *out->rows);
    out->most = malloc((n + 1) * sizeof *out->most);
    if (!out->rows || !out->most) goto broken;
    for (uint64_t i = 0; i < n; i++) {
        if (out->posts && out->rows[out->posts - 1] == posts[i].row) {
            if (posts[i].most > out->most[out->posts - 1]) out->most[out->posts - 1] = (uint16_t)posts[i].most;
        } else {
            out->rows[out->posts] = posts[i].row; out->most[out->posts++] = (uint16_t)posts[i].most;
        }
    }
    for (uint32_t i = 0; i < out->posts; i++) if (out->most[i] > out->greatest) out->greatest = out->most[i];
    free(posts);
    return 1;
broken:
    free(posts);
    forget(out);
    return 0;
}

/* The words that a word stands for: one likeness of all its spellings (clear.py: _like). */
static int liken(const vg_index *x, const spelled *spellings, int count, likeness *out)
{
    list items = {0}, runs = {0}, levels = {0};
    for (int i = 0; i < count; i++) {
        const spelled *one = spellings + i;
        levels.count = 0;
        similar(x, one->letters, one->size, one->bare, &levels);
        const found_level *found = levels.at;
        for (uint64_t k = 0; k < levels.count; k++) {
            int level = (int)found[k].level;
            add_items(x, found[k].number, i && level < SAME_SOUND ? SAME_SOUND : level, INT32_MAX, 0, &items);
        }
        runs_like(x, one->letters, one->size, one->bare, &runs);
    }
    int done = !levels.broken && settle(x, &items, &runs, out);
    free(items.at); free(runs.at); free(levels.at);
    return done;
}

/* The listed words that begin with the letters of a word that was cut off. */
static int liken_beginning(const vg_index *x, const uint8_t *letters, int size, likeness *out)
{
    const uint32_t *alphabet = AT(x, S_ALPHABET, uint32_t);
    uint32_t low = 0, high = (uint32_t)x->s[S_ALPHABET].count;
    int32_t most = x->w[W_AGREES + CUT_OFF] + x->w[W_RARITY] * x->w[W_CUT_LETTER] * size / 1000;
    list items = {0}, runs = {0};
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int its, c;
        const uint8_t *text = text_of(x, S_LETTERS, alphabet[middle], &its);
        c = memcmp(text, letters, its < size ? its : size);
        if (c < 0 || (!c && its <= size)) low = middle + 1; else high = middle;
    }
    for (; low < x->s[S_ALPHABET].count; low++) {
        int its;
        const uint8_t *text = text_of(x, S_LETTERS, alphabet[low], &its);
        if (its <= size || memcmp(text, letters, size)) break;
        add_items(x, alphabet[low], CUT_OFF, most, 0, &items);
    }
    int done = settle(x, &items, &runs, out);
    free(items.at);
    return done;
}

/* The listed words that a run of own words stands for. */
static void add_glued(const vg_index *x, const uint8_t *letters, int size, int bare, int32_t charge, list *items)
{
    uint8_t own[2 * RUN_BYTES], bones[2 * RUN_BYTES + 1], other[2 * LONGEST + 1];
    int n = fold(x, letters, size, own), bone_count = skeleton(own, n, bones);
    uint64_t key = hash_of(bones, bone_count, 0);
    int sounds;
    uint32_t pattern = pattern_of(own, n, &sounds);
    const uint64_t *keys = AT(x, S_BONE_KEYS, uint64_t);
    for (uint64_t at = place_of(keys, x->spellings, key); at < x->spellings && keys[at] == key; at++) {
        uint32_t number = AT(x, S_BONE_WORDS, uint32_t)[at];
        int its_size, level;
        const uint8_t *its = text_of(x, S_FOLDS, number, &its_size);
        if (skeleton(its, its_size, other) != bone_count || memcmp(bones, other, bone_count)) continue;
        level = run_level(x, n == its_size && !memcmp(own, its, n), pattern == pattern_of(its, its_size, NULL) ? sounds : 0, bare,
                          AT(x, S_BARE, uint8_t)[number], consonants(bones, bone_count));
        if (level >= 0) add_items(x, number, level, INT32_MAX, charge, items);
    }
}

/* ---- remembered words ------------------------------------------------------------------------------------------- */

static piece *known_piece(vg_index *x, const uint8_t *text, uint32_t size, uint64_t hash)
{
    if (!x->room) return NULL;
    for (uint32_t at = (uint32_t)hash & (x->room - 1);; at = (at + 1) & (x->room - 1)) {
        piece *p = x->table[at];
        if (!p) return NULL;
        if (p->hash == hash && p->size == size && !memcmp(p->text, text, size)) return p;
    }
}

static void drop_piece(piece *p)
{
    if (!p) return;
    for (uint32_t i = 0; i < p->count; i++) forget(&p->words[i].like);
    free(p->words); free(p->text); free(p);
}

static int rebuild(vg_index *x, uint32_t room)
{
    piece **table = calloc(room, sizeof *table);
    if (!table) return 0;
    for (uint32_t i = 0; i < x->room; i++) {
        piece *p = x->table[i];
        if (!p) continue;
        uint32_t at = (uint32_t)p->hash & (room - 1);
        while (table[at]) at = (at + 1) & (room - 1);
        table[at] = p;
    }
    free(x->table);
    x->table = table; x->room = room;
    return 1;
}

/* Forgets the words that were used longest ago, down to three quarters of the budget; those of this call stay. */
static void make_room(vg_index *x)
{
    while (x->bytes > x->budget) {
        uint64_t oldest = x->stamp, limit;
        for (uint32_t i = 0; i < x->room; i++) if (x->table[i] && x->table[i]->stamp < oldest) oldest = x->table[i]->stamp;
        if (oldest == x->stamp) return;
        limit = oldest + (x->stamp - oldest) / 2;
        for (uint32_t i = 0; i < x->room; i++) {
            piece *p = x->table[i];
            if (p && p->stamp <= limit) { x->bytes -= p->bytes; x->known--; drop_piece(p); x->table[i] = NULL; }
        }
        if (!rebuild(x, x->room)) return;
    }
}

static int is_separator(uint8_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31) || c == '-' || c == '.' || c == ',' || c == ';' || c == ':' || c == '/' || c == '(' || c == ')'
        || c == '[' || c == ']' || c == '<' || c == '>' || c == '*' || c == '_' || c == '+' || c == '&' || c == '|';
}

/* The next piece of a name (tokens.py: _SEPARATORS, _APOSTROPHES); 0 at its end. `out` has room for the name. */
static uint32_t next_piece(const uint8_t **from, const uint8_t *end, uint8_t *out)
{
    uint32_t size = 0;
    const uint8_t *at = *from;
    for (;;) {
        while (at < end && is_separator(*at)) at++;
        if (at == end) break;
        for (; at < end && !is_separator(*at); at++)
            if (*at != '\'' && *at != '`' && *at != '"') out[size++] = *at;
        if (size) break;
    }
    *from = at;
    return size;
}

#define MOST_BYTES 4096   /* of one name; kernel.py sends no longer ones */

static const uint8_t *end_of(const uint8_t *names, const uint64_t *at, uint64_t i)
{
    uint64_t size = at[i + 1] - at[i];
    return names + at[i] + (size < MOST_BYTES ? size : MOST_BYTES);
}

/* Offsets of the pieces of `names` that are not known, each once: `found` gets name number, offset and size. */
int64_t vg_unknown(vg_index *x, const uint8_t *names, const uint64_t *at, uint64_t count, uint8_t *texts,
                   uint32_t *sizes, uint64_t texts_room, uint64_t most)
{
    uint64_t found = 0, used = 0;
    pthread_rwlock_wrlock(&x->lock);
    x->stamp++;
    for (uint64_t i = 0; i < count; i++) {
        uint8_t out[MOST_BYTES];
        const uint8_t *from = names + at[i], *end = end_of(names, at, i);
        uint32_t size;
        while ((size = next_piece(&from, end, out))) {
            uint64_t hash = hash_of(out, size, 2);
            piece *p = known_piece(x, out, size, hash);
            if (p) { p->stamp = x->stamp; x->hits++; continue; }
            if (found == most || used + size > texts_room) goto full;
            memcpy(texts + used, out, size);
            sizes[found++] = size; used += size;
            x->misses++;
            /* An empty entry keeps the next of the same from being told again; vg_learn fills it. */
            if (x->known * 2 >= x->room && !rebuild(x, x->room ? x->room * 2 : 1024)) goto broken;
            p = calloc(1, sizeof *p);
            if (!p || !(p->text = malloc(size))) { free(p); goto broken; }
            memcpy(p->text, out, size);
            p->size = size; p->hash = hash; p->stamp = x->stamp;
            uint32_t place = (uint32_t)hash & (x->room - 1);
            while (x->table[place]) place = (place + 1) & (x->room - 1);
            x->table[place] = p; x->known++;
        }
    }
full:
    pthread_rwlock_unlock(&x->lock);
    return (int64_t)found;
broken:
    pthread_rwlock_unlock(&x->lock);
    return -1;
}

/* Fills in one piece. `data`: number of words; of each role, flags, number of spellings; of each bare, size, letters.
 * 0 when memory ran out or the data are cut short; the piece then has no words. */
int vg_learn(vg_index *x, const uint8_t *text, uint32_t size, const uint8_t *data, uint64_t data_size)
{
    const uint8_t *end = data + data_size;
    int done = 0;
    pthread_rwlock_wrlock(&x->lock);
    piece *p = known_piece(x, text, size, hash_of(text, size, 2));
    if (!p || p->words || data == end) goto out;
    uint32_t count = *data++;
    word *words = calloc(count ? count : 1, sizeof *words);
    if (!words) goto out;
    p->words = words;
    for (uint32_t i = 0; i < count; i++) {
        word *w = words + i;
        spelled spellings[MOST_SPELLINGS];
        if (end - data < 3) goto out;
        w->role = *data++; w->flags = *data++;
        int n = *data++;
        if (n > MOST_SPELLINGS) goto out;
        w->identity = 3;
        for (int k = 0; k < n; k++) {
            spelled *one = spellings + k;
            if (end - data < 2 || data[1] > LONGEST || end - data < 2 + data[1] || !data[1]) goto out;
            one->bare = data[0]; one->size = data[1];
            memcpy(one->letters, data + 2, one->size);
            data += 2 + one->size;
            for (int c = 0; c < one->size; c++) if (one->letters[c] < 'a' || one->letters[c] > 'z') goto out;
            w->heads |= 1u << (one->letters[0] - 'a');
            if (k == 0) { memcpy(w->first, one->letters, w->first_size = one->size); w->first_is_bare = one->bare; }
            if (one->bare == w->first_is_bare) w->identity = hash_of(one->letters, one->size, w->identity);
            if (k == 1 && !one->bare) { memcpy(w->second, one->letters, w->second_size = one->size); w->has_second = 1; }
            if (one->bare && !w->has_bare) { memcpy(w->bone, one->letters, w->bone_size = one->size); w->has_bare = 1; }
        }
        if (!liken(x, spellings, n, &w->like)) goto out;
        p->bytes += sizeof *w + bytes_of(&w->like);
        p->count = i + 1;
    }
    p->bytes += sizeof *p + size;
    x->bytes += p->bytes;
    done = 1;
    make_room(x);
out:
    pthread_rwlock_unlock(&x->lock);
    return done;
}

/* ---- dates ------------------------------------------------------------------------------------------------------ */

typedef struct { int32_t first, last, year, month, day, last_year, approximate; } span;

static span span_of(const int32_t *packed)
{
    span s = {packed[0], packed[1], packed[2] >> 9, packed[2] >> 5 & 15, packed[2] & 31, packed[3] >> 1, packed[3] & 1};
    return s;
}

static int conventional(const span *s) { return (s->month == 1 && s->day == 1) || (s->month == 12 && s->day == 31); }

static int one_slip(int a, int b)          /* of two digits each */
{
    int a1 = a / 10, a2 = a % 10, b1 = b / 10, b2 = b % 10, wrong = (a1 != b1) + (a2 != b2);
    return wrong == 1 || (wrong == 2 && a1 == b2 && a2 == b1);
}

static int turned_year(int year) { return year - year % 100 + year % 10 * 10 + year % 100 / 10; }

static int32_t far_or(const vg_index *x, int gap, int conflict) { return x->w[gap > 10 ? W_FAR : conflict]; }

static int32_t worth_of_days(const vg_index *x, const span *own, const span *its)
{
    int gap = abs(own->year - its->year), apart = abs(own->first - its->first);
    if (conventional(own) || conventional(its))
        return gap == 0 ? x->w[W_SAME_YEAR] : gap == 1 ? x->w[W_NEXT_YEAR] : far_or(x, gap, W_CONFLICT_YEAR);
    if (apart == 0) return x->w[W_SAME_DAY];
    if (gap == 0) {
        if (own->month == its->day && own->day == its->month) return x->w[W_DAY_MONTH];
        if (apart == 1 || (own->month == its->month && one_slip(own->day, its->day))) return x->w[W_NEAR_DAY];
        if (own->month == its->month) return x->w[W_SAME_MONTH_YEAR];
        return x->w[own->day == its->day ? W_DAY_OTHER_MONTH : W_YEAR_OTHER_DAY];
    }
    if (own->month == its->month && own->day == its->day) {
        if (gap == 1) return x->w[W_YEAR_OFF];
        if (gap == 10 || turned_year(own->year) == its->year) return x->w[W_YEAR_DIGITS];
        return far_or(x, gap, W_CONFLICT);
    }
    if (apart == 1) return x->w[W_NEAR_DAY];
    return gap == 1 ? x->w[W_NEXT_YEAR_OTHER] : far_or(x, gap, W_CONFLICT);
}

static int32_t worth_of_date(const vg_index *x, const span *own, const span *its)
{
    int own_days = own->last - own->first + 1, its_days = its->last - its->first + 1, gap;
    if (own_days == 1 && its_days == 1 && !its->approximate) return worth_of_days(x, own, its);
    if ((own->first > its->first ? own->first : its->first) <= (own->last < its->last ? own->last : its->last)) {
        int longer = own_days > its_days ? own_days : its_days;
        if (longer == 1) return x->w[W_NEAR_DAY];
        if (longer <= 31) return x->w[W_SAME_MONTH];
        if (longer <= 366) return x->w[W_SAME_YEAR];
        int mine = own->last_year - own->year, theirs = its->last_year - its->year;
        int32_t worth = x->w[W_WITHIN] - x->log2_of[(mine > theirs ? mine : theirs) + 1];
        return worth > 0 ? worth : 0;
    }
    gap = own->first > its->last ? own->year - its->last_year : its->year - own->last_year;
    if (its->approximate) return gap <= 2 ? x->w[W_NEAR_APPROX] : far_or(x, gap, W_CONFLICT_APPROX);
    return gap <= 1 ? x->w[W_NEXT_YEAR] : far_or(x, gap, W_CONFLICT_YEAR);
}

/* Millibits of an own date against the dates of a row (evidence.of_birth_date). */
static int32_t worth_of_dates(const vg_index *x, const span *own, uint32_t row)
{
    uint32_t entry = AT(x, S_FORM_ENTRY, uint32_t)[row], own_date = AT(x, S_FORM_DATE, uint32_t)[row];
    const uint32_t *at = AT(x, S_DATES_AT, uint32_t);
    const int32_t *dates = AT(x, S_DATES, int32_t);
    int32_t best = 0;
    int any = 0;
    for (uint32_t i = at[entry]; i < at[entry + 1]; i++) {
        span its = span_of(dates + 4 * i);
        int32_t worth = worth_of_date(x, own, &its);
        if (!any++ || worth > best) best = worth;
    }
    if (best > 0) { best -= AT(x, S_CHARGE, int32_t)[entry]; if (best < 0) best = 0; }
    if (own_date) {
        span its = span_of(dates + 4 * (own_date - 1));
        int32_t worth = worth_of_date(x, own, &its);
        if (!any || worth > best) best = worth;
    }
    return best;
}

/* ---- one name of one traveller ----------------------------------------------------------------------------------- */

typedef struct { uint32_t traveller, row; int32_t score; } vg_match;

typedef struct {
    uint8_t first, size, role;         /* role of a single word */
    const likeness *like;
    likeness made;                     /* what `like` points to when it is not remembered */
} unit;

#define MOST_UNITS (4 * MOST_WORDS)

typedef struct {
    const word *words[MOST_WORDS];
    uint8_t roles[MOST_WORDS];
    int count, names, initials, particles, cut;
    unit units[MOST_UNITS];
    int unit_count;
    const span *born;
    uint8_t sex; uint16_t nation;
    int32_t threshold;
} asked;

typedef struct { uint8_t first, size; uint32_t listed; int32_t worth; } pair;
typedef struct { uint64_t key; int32_t value; uint32_t turn; } state;

typedef struct scratch {
    struct scratch *next;
    uint32_t *sums;                    /* for each row: units << 8 | own words met; all 0 between names */
    uint32_t *touched, touched_count;
    state *states; uint32_t state_room, state_count, turn;
    list matches;
    uint64_t aligned, scanned;
    int broken;
} scratch;

static void join_run(const asked *a, int first, int size, int which, spelled *out)
{
    /* which: 0 usual, 1 assimilated, 2 second spellings, 3 without short vowels (forms.py: _joined) */
    out->size = 0; out->bare = which == 3;
    for (int i = first; i < first + size; i++) {
        const word *w = a->words[i];
        const uint8_t *text = w->first;
        int n = w->first_size;
        if (w->first_is_bare) out->bare = 1;
        if (which == 1 && i + 1 < first + size && strchr("dtszrnl", a->words[i + 1]->first[0])) {
            if (i > first && w->flags & IS_ARTICLE) { out->letters[out->size++] = 'e'; continue; }
            if (w->flags & IS_SERVANT) n--;
        } else if (which == 2 && w->has_second) {
            text = w->second; n = w->second_size;
        } else if (which == 3 && w->has_bare) {
            text = w->bone; n = w->bone_size;
        }
        if (which == 3 && i > first && n > 1 && text[0] == 'a' && text[1] == 'l') text++, n--;
        memcpy(out->letters + out->size, text, n);
        out->size += n;
    }
}

/* Words of a name as tokens.py gives them; 0 when a piece is not known. */
static int read_words(vg_index *x, const uint8_t *from, const uint8_t *end, asked *a)
{
    const word *found[MOST_BYTES];
    uint8_t out[MOST_BYTES];
    int count = 0, titles = 0, kept = 0;
    uint32_t size;
    while ((size = next_piece(&from, end, out))) {
        piece *p = known_piece(x, out, size, hash_of(out, size, 2));
        if (!p || !p->words) return 0;
        for (uint32_t i = 0; i < p->count && count < MOST_BYTES; i++)
            if (!(p->words[i].flags & IS_NO_NAME)) {
                found[count++] = p->words + i;
                titles += p->words[i].flags & IS_TITLE;
            }
    }
    for (int i = 0; i < count && kept < MOST_WORDS; i++)
        if (titles == count || !(found[i]->flags & IS_TITLE)) a->words[kept++] = found[i];
    int same = 1, named = 0;
    for (int i = 0; i < kept; i++) same &= a->words[i]->identity == a->words[0]->identity;
    if (same && kept) kept = 1;
    for (int i = 0; i < kept; i++) named |= a->words[i]->role == NAME;
    a->count = kept; a->names = a->initials = a->particles = 0;
    for (int i = 0; i < kept; i++) {
        a->roles[i] = !named && a->words[i]->role == PARTICLE ? NAME : a->words[i]->role;
        a->names += a->roles[i] == NAME; a->initials += a->roles[i] == INITIAL; a->particles += a->roles[i] == PARTICLE;
    }
    return 1;
}

static void add_run(const vg_index *x, asked *a, int first, int size)
{
    spelled made[4];
    int count = 0, bone = 0;
    list items = {0}, runs = {0};
    for (int i = 0; i < a->unit_count; i++)
        if (a->units[i].first == first && a->units[i].size == size) return;
    for (int i = first; i < first + size; i++) bone |= a->words[i]->has_bare;
    for (int which = 0; which < 3 + bone; which++) {
        int known = 0;
        join_run(a, first, size, which, made + count);
        for (int k = 0; k < count; k++)
            known |= made[k].size == made[count].size && made[k].bare == made[count].bare
                && !memcmp(made[k].letters, made[count].letters, made[k].size);
        if (known) continue;
        add_glued(x, made[count].letters, made[count].size, made[count].bare, boundaries(x, a->roles + first, size), &items);
        count++;
    }
    unit *u = a->units + a->unit_count;
    if (items.count && settle(x, &items, &runs, &u->made)) {
        u->first = (uint8_t)first; u->size = (uint8_t)size; u->role = NAME; u->like = &u->made;
        a->unit_count++;
    }
    free(items.at);
}

/* The units of the name (alignment.units) with what they resemble. */
static void read_units(const vg_index *x, asked *a)
{
    a->unit_count = 0;
    for (int i = 0; i < a->count; i++)
        a->units[a->unit_count++] = (unit){.first = (uint8_t)i, .size = 1, .role = a->roles[i], .like = &a->words[i]->like};
    const word *last = a->count ? a->words[a->count - 1] : NULL;
    if (a->cut && last && a->roles[a->count - 1] == NAME && !last->first_is_bare && last->first_size >= 3) {
        unit *u = a->units + a->unit_count;
        if (liken_beginning(x, last->first, last->first_size, &u->made)) {
            u->first = (uint8_t)(a->count - 1); u->size = 1; u->role = NAME; u->like = &u->made;
            a->unit_count++;
        }
    }
    for (int i = 0; i + 1 < a->count; i++) add_run(x, a, i, 2);
    for (int i = 0; i + 2 < a->count; i++) if (a->roles[i + 1] == PARTICLE) add_run(x, a, i, 3);
    for (int size = a->count - 2 < 3 ? 3 : a->count - 2; size <= a->count; size++) {
        add_run(x, a, 0, size);
        add_run(x, a, a->count - size, size);
    }
}

static void forget_units(asked *a)
{
    for (int i = 0; i < a->unit_count; i++) if (a->units[i].like == &a->units[i].made) forget(&a->units[i].made);
}

/* ---- the best pairing ------------------------------------------------------------------------------------------- */

static int32_t limit(const vg_index *x, int role, int32_t worth)
{
    int32_t most = role == PARTICLE ? x->w[W_PARTICLE] : role == INITIAL ? x->w[W_INITIAL] : INT32_MAX;
    return worth < most ? worth : most;
}

static int32_t worth_of_item(const likeness *l, uint32_t item)
{
    uint32_t low = 0, high = l->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (l->items[middle] < item) low = middle + 1; else high = middle;
    }
    return low < l->count && l->items[low] == item ? l->worth[low] : INT32_MIN;
}

static uint32_t first_from(const uint32_t *rows, uint32_t count, uint32_t row)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rows[middle] < row) low = middle + 1; else high = middle;
    }
    return low;
}

typedef struct {
    const vg_index *x; scratch *s; const asked *a;
    pair pairs[MOST_PAIRS + 1]; int count, start[MOST_WORDS + 1];
    uint32_t names;
} pairing;

static int32_t rest_of(const pairing *p, int left, uint32_t used)
{
    int listed = __builtin_popcount(p->names & ~used);
    if (!p->a->names) return 0;
    return p->x->rest[p->a->cut][left < 6 ? left : 6][listed < 6 ? listed : 6];
}

static state *state_of(scratch *s, uint64_t key)
{
    if (s->state_count * 2 >= s->state_room) {
        if (s->state_room >= 2 * MOST_STATES) { s->broken = 1; return NULL; }
        uint32_t room = s->state_room ? s->state_room * 2 : 4096;
        state *more = calloc(room, sizeof *more);
        if (!more) { s->broken = 1; return NULL; }
        for (uint32_t i = 0; i < s->state_room; i++) {
            if (s->states[i].turn != s->turn) continue;
            uint32_t at = (uint32_t)(s->states[i].key * 0x9e3779b97f4a7c15u >> 40) & (room - 1);
            while (more[at].turn == s->turn) at = (at + 1) & (room - 1);
            more[at] = s->states[i];
        }
        free(s->states);
        s->states = more; s->state_room = room;
    }
    uint32_t at = (uint32_t)(key * 0x9e3779b97f4a7c15u >> 40) & (s->state_room - 1);
    while (s->states[at].turn == s->turn && s->states[at].key != key) at = (at + 1) & (s->state_room - 1);
    return s->states + at;
}

static int32_t following(pairing *p, int place, int left, uint32_t used)
{
    if (place >= p->a->count || p->s->broken) return rest_of(p, left, used);   /* broken: nothing would be remembered */
    uint64_t key = (uint64_t)place << 40 | (uint64_t)left << 32 | used;
    if (p->count > 8) {
        state *known = state_of(p->s, key);
        if (known && known->turn == p->s->turn) return known->value;
    }
    int32_t top = following(p, place + 1, left + (p->a->roles[place] == NAME), used);
    for (int i = p->start[place]; i < p->start[place + 1]; i++) {
        const pair *one = p->pairs + i;
        if (one->listed & used) continue;
        int32_t sum = one->worth + following(p, place + one->size, left, used | one->listed);
        if (sum > top) top = sum;
    }
    if (p->count > 8) {
        state *known = state_of(p->s, key);
        if (known && known->turn != p->s->turn) {
            *known = (state){key, top, p->s->turn};
            p->s->state_count++;
        }
    }
    return top;
}

static int by_place(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : x->worth > y->worth ? -1 : x->worth < y->worth;
}

static int by_worth(const void *a, const void *b)     /* as alignment.best ranks them */
{
    const pair *x = a, *y = b;
    if (x->worth != y->worth) return x->worth > y->worth ? -1 : 1;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->size != y->size) return x->size < y->size ? -1 : 1;
    int u = __builtin_ctz(x->listed), v = __builtin_ctz(y->listed);
    if (u != v) return u < v ? -1 : 1;
    return x->listed < y->listed ? -1 : x->listed > y->listed;
}

/* Millibits of the name of a row (evidence.of_name). */
static int32_t name_of(const vg_index *x, scratch *s, const asked *a, uint32_t row)
{
    enum { ROOM = MOST_UNITS * (MOST_WORDS + 32) };
    static __thread pair found[ROOM];
    const uint32_t *words_at = AT(x, S_WORDS_AT, uint32_t), *items_at = AT(x, S_WORD_ITEMS_AT, uint32_t);
    const uint32_t *items = AT(x, S_WORD_ITEMS, uint32_t), *heads = AT(x, S_WORD_HEADS, uint32_t);
    const uint8_t *roles = AT(x, S_WORD_ROLE, uint8_t);
    uint32_t base = words_at[row];
    int listed = (int)(words_at[row + 1] - base), count = 0;
    pairing p = {.x = x, .s = s, .a = a};
    for (int j = 0; j < listed; j++) if (roles[base + j] == NAME) p.names |= 1u << j;
    for (int i = 0; i < a->unit_count; i++) {
        const unit *u = a->units + i;
        int from = count;
        uint32_t at = first_from(u->like->run_rows, u->like->runs, row);
        for (; at < u->like->runs && u->like->run_rows[at] == row && count < ROOM; at++) {
            uint32_t first = u->like->run_unit[at] & 255, size = u->like->run_unit[at] >> 8;
            found[count++] = (pair){u->first, u->size, ((1u << size) - 1) << first, limit(x, u->role, u->like->run_worth[at])};
        }
        for (int j = 0; j < listed && count < ROOM; j++) {
            int32_t best = INT32_MIN;
            for (uint32_t k = items_at[base + j]; k < items_at[base + j + 1]; k++) {
                int32_t worth = worth_of_item(u->like, items[k]);
                if (worth > best) best = worth;
            }
            if (best != INT32_MIN) best = limit(x, u->role, best);
            if (best <= 0 && u->size == 1 && (u->role == INITIAL || roles[base + j] == INITIAL) && u->role != PARTICLE
                && roles[base + j] != PARTICLE && a->words[u->first]->heads & heads[base + j])
                best = x->w[W_INITIAL];
            if (best > 0) found[count++] = (pair){u->first, u->size, 1u << j, best};
        }
        while (from < count && found[from].worth <= 0) found[from] = found[--count];
    }
    /* One pair of two units, the best. */
    qsort(found, count, sizeof *found, by_worth);
    int kept = 0;
    for (int i = 0; i < count; i++) {
        int known = found[i].worth <= 0;
        for (int k = 0; k < kept && !known; k++)
            known = found[k].first == found[i].first && found[k].size == found[i].size && found[k].listed == found[i].listed;
        if (!known) found[kept++] = found[i];
    }
    if (!kept) return INT32_MIN / 2;
    if (kept > MOST_PAIRS) {
        uint32_t own = 0, used = 0;
        int32_t sum = 0;
        int left = 0;
        for (int i = 0; i < kept; i++) {
            uint32_t mask = ((1u << found[i].size) - 1) << found[i].first;
            if (mask & own || found[i].listed & used) continue;
            own |= mask; used |= found[i].listed; sum += found[i].worth;
        }
        for (int i = 0; i < a->count; i++) left += a->roles[i] == NAME && !(own >> i & 1);
        return sum + rest_of(&p, left, used);
    }
    memcpy(p.pairs, found, kept * sizeof *found);
    p.count = kept;
    qsort(p.pairs, kept, sizeof *p.pairs, by_place);
    for (int i = 0, place = 0; place <= a->count; place++) {
        while (i < kept && p.pairs[i].first < place) i++;
        p.start[place] = i;
    }
    s->turn++; s->state_count = 0;
    return following(&p, 0, 0, 0);
}

/* ---- candidates -------------------------------------------------------------------------------------------------- */

static int32_t facts_of(const vg_index *x, const asked *a, uint32_t row)
{
    uint32_t entry = AT(x, S_FORM_ENTRY, uint32_t)[row];
    int32_t sum = a->born ? worth_of_dates(x, a->born, row) : 0;
    uint8_t sex = AT(x, S_SEX, uint8_t)[entry];
    if (a->sex && sex) sum += x->w[a->sex == sex ? W_SEX_SAME : W_SEX_OTHER];
    const uint32_t *at = AT(x, S_NATIONS_AT, uint32_t);
    if (a->nation && at[entry] < at[entry + 1]) {
        int same = 0;
        for (uint32_t i = at[entry]; i < at[entry + 1]; i++) same |= AT(x, S_NATIONS, uint16_t)[i] == a->nation;
        sum += x->w[same ? W_NATION_SAME : W_NATION_OTHER];
    }
    if (AT(x, S_FORM_FLAGS, uint8_t)[row] & FORM_WEAK) sum += x->w[W_WEAK];
    return sum;
}

typedef struct { const likeness *like; uint32_t from, to; int size; } slice;

static int by_length(const void *a, const void *b)
{
    const slice *x = a, *y = b;
    uint32_t n = x->to - x->from, m = y->to - y->from;
    return n > m ? -1 : n < m;
}

/* Scores the rows from `low` to below `high` that may reach the threshold when facts are worth `most` there. */
static void screen_rows(const vg_index *x, scratch *s, const asked *a, uint32_t traveller, uint32_t low, uint32_t high,
                        int32_t most)
{
    if (low >= high) return;
    int odd = low >= AT(x, S_CLASS_AT, uint32_t)[ODD] && low < AT(x, S_CLASS_AT, uint32_t)[FIRST_YEAR];
    int32_t slack = x->w[W_PARTICLE] * a->particles + x->w[W_INITIAL] * (a->initials + (odd ? a->names : 0));
    const int32_t complete = a->names ? x->rest[a->cut][0][0] : 0;
    int64_t need = (int64_t)a->threshold - most - slack - (complete > 0 ? complete : 0), skipped = 0;
    slice slices[MOST_UNITS];
    int count = 0, first = 0;
    for (int i = 0; i < a->unit_count; i++) {
        const likeness *l = a->units[i].like;
        if (a->units[i].role != NAME || !l->posts) continue;
        slice one = {l, first_from(l->rows, l->posts, low), first_from(l->rows, l->posts, high), a->units[i].size};
        if (one.from < one.to) slices[count++] = one;
    }
    qsort(slices, count, sizeof *slices, by_length);
    while (first < count && (skipped + slices[first].like->greatest) * UNIT < need) skipped += slices[first++].like->greatest;
    for (int i = first; i < count; i++) {
        const slice *one = slices + i;
        const uint32_t *rows = one->like->rows;
        const uint16_t *worth = one->like->most;
        s->scanned += one->to - one->from;
        for (uint32_t at = one->from; at < one->to; at++) {
            uint32_t row = rows[at];
            if (!s->sums[row]) s->touched[s->touched_count++] = row;
            s->sums[row] += (uint32_t)worth[at] << 8 | one->size;
        }
    }
    for (int i = 0; i < first; i++) {
        const slice *one = slices + i;
        const uint32_t *rows = one->like->rows;
        const uint16_t *worth = one->like->most;
        if ((uint64_t)s->touched_count * 16 < one->to - one->from) {
            for (uint32_t k = 0; k < s->touched_count; k++) {
                uint32_t row = s->touched[k], at = one->from + first_from(rows + one->from, one->to - one->from, row);
                if (at < one->to && rows[at] == row) s->sums[row] += (uint32_t)worth[at] << 8 | one->size;
            }
        } else {
            s->scanned += one->to - one->from;
            for (uint32_t at = one->from; at < one->to; at++)
                if (s->sums[rows[at]]) s->sums[rows[at]] += (uint32_t)worth[at] << 8 | one->size;
        }
    }
    for (uint32_t k = 0; k < s->touched_count; k++) {
        uint32_t row = s->touched[k], sum = s->sums[row];
        s->sums[row] = 0;
        int left = a->names - (int)(sum & 255) - (odd ? a->names : 0);
        int64_t bound = (int64_t)(sum >> 8) * UNIT + slack + (a->names ? x->rest[a->cut][left < 0 ? 0 : left < 6 ? left : 6][0] : 0);
        if (bound + most < a->threshold) continue;
        int32_t facts = facts_of(x, a, row);
        if (bound + facts < a->threshold) continue;
        s->aligned++;
        int32_t score = name_of(x, s, a, row) + facts;
        if (score < a->threshold) continue;
        vg_match *match = grow(&s->matches, sizeof *match);
        if (!match) { s->broken = 1; continue; }
        *match = (vg_match){traveller, row, score};
    }
    s->touched_count = 0;
}

static int32_t greater(int32_t a, int32_t b) { return a > b ? a : b; }

static void screen_name(const vg_index *x, scratch *s, const asked *a, uint32_t traveller)
{
    const uint32_t *class_at = AT(x, S_CLASS_AT, uint32_t);
    int32_t more = (a->sex ? greater(0, x->w[W_SEX_SAME]) : 0) + (a->nation ? greater(0, x->w[W_NATION_SAME]) : 0);
    int64_t years = x->years;
    screen_rows(x, s, a, traveller, class_at[UNDATED], class_at[ODD], more);
    screen_rows(x, s, a, traveller, class_at[ODD], class_at[FIRST_YEAR], more + (a->born ? greater(0, x->best_date) : 0));
    if (!a->born) {
        screen_rows(x, s, a, traveller, class_at[FIRST_YEAR], class_at[FIRST_YEAR + years], more);
        return;
    }
    /* Years in stretches of one worth: outside, near, slips of a digit, the window. */
    int64_t first = a->born->year - 1 - x->first_year, last = a->born->last_year + 1 - x->first_year, from = 0;
    int single = a->born->first == a->born->last;
    int64_t slips[3] = {a->born->year - 10 - x->first_year, a->born->year + 10 - x->first_year,
                        turned_year(a->born->year) - x->first_year};
    int32_t kind_before = 0;
    for (int64_t y = 0; y <= years; y++) {
        int32_t kind;
        if (y == years) kind = INT32_MIN;
        else if (y >= first && y <= last) kind = x->best_date;
        else if (single && (y == slips[0] || y == slips[1] || y == slips[2])) kind = x->w[W_YEAR_DIGITS];
        else if (y >= first - 9 && y <= last + 9) kind = greater(x->w[W_CONFLICT], x->w[W_CONFLICT_YEAR]);
        else kind = x->w[W_FAR];
        if (y && kind != kind_before) {
            screen_rows(x, s, a, traveller, class_at[FIRST_YEAR + from], class_at[FIRST_YEAR + y], more + kind_before);
            from = y;
        }
        kind_before = kind;
    }
}

static scratch *take_scratch(vg_index *x)
{
    pthread_mutex_lock(&x->spares);
    scratch *s = x->spare;
    if (s) x->spare = s->next;
    pthread_mutex_unlock(&x->spares);
    if (s) return s;
    s = calloc(1, sizeof *s);
    if (!s) return NULL;
    s->sums = calloc((size_t)x->forms + 1, sizeof *s->sums);
    s->touched = malloc(((size_t)x->forms + 1) * sizeof *s->touched);
    if (s->sums && s->touched) return s;
    free(s->sums); free(s->touched); free(s);
    return NULL;
}

/* Scores names. at: offsets of names; of: the traveller of each name; cut: whether it was cut off; born: four numbers
 * a traveller (first and last day, packed first day, last year; all 0 when unknown); sex 0, 1 M, 2 F; nation 0 unknown.
 * Gives the number of matches, of which the first `room` are in `out`; -1 when memory ran out; -2 when a word is not
 * known any more (another thread's words took its place: ask again).
 */
int64_t vg_screen(vg_index *x, const uint8_t *names, const uint64_t *at, const uint32_t *of, const uint8_t *cut,
                  uint64_t count, const int32_t *born, const uint8_t *sex, const uint16_t *nation, int32_t threshold,
                  vg_match *out, uint64_t room, uint64_t *told)
{
    scratch *s = take_scratch(x);
    int64_t answer = 0;
    if (!s) return -1;
    asked *a = calloc(1, sizeof *a);
    if (!a) answer = -1;
    s->matches.count = 0; s->matches.broken = s->broken = 0; s->aligned = s->scanned = 0;
    pthread_rwlock_rdlock(&x->lock);
    for (uint64_t i = 0; i < count && !answer; i++) {
        const int32_t *packed = born + 4 * (uint64_t)of[i];
        span when = span_of(packed);
        a->cut = cut[i]; a->threshold = threshold; a->sex = sex[of[i]]; a->nation = nation[of[i]];
        a->born = packed[0] ? &when : NULL;
        if (!read_words(x, names + at[i], end_of(names, at, i), a)) { answer = -2; break; }
        if (!a->count) continue;
        read_units(x, a);
        screen_name(x, s, a, of[i]);
        forget_units(a);
    }
    pthread_rwlock_unlock(&x->lock);
    if (s->broken || s->matches.broken) answer = -1;
    if (!answer) {
        answer = (int64_t)s->matches.count;
        if (answer) memcpy(out, s->matches.at, sizeof *out * (s->matches.count < room ? s->matches.count : room));
        if (told) { told[0] = s->aligned; told[1] = s->scanned; }
    }
    free(a);
    pthread_mutex_lock(&x->spares);
    s->next = x->spare; x->spare = s;
    pthread_mutex_unlock(&x->spares);
    return answer;
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

static int rises(const uint32_t *at, uint64_t count, uint64_t last)
{
    uint32_t wrong = 0;
    if (!count || at[0] || at[count - 1] != last) return 0;
    for (uint64_t i = 1; i < count; i++) wrong |= at[i] < at[i - 1];
    return !wrong;
}

static int below(const uint32_t *values, uint64_t count, uint64_t limit)
{
    uint32_t most = 0;
    for (uint64_t i = 0; i < count; i++) most = values[i] > most ? values[i] : most;
    return !count || most < limit;
}

/* Numbers below `limit`, each at most once: one many times would multiply the work of a search. -1 when memory ran out. */
static int once(const uint32_t *numbers, uint64_t count, uint64_t limit)
{
    if (count > limit || !below(numbers, count, limit)) return 0;
    uint8_t *seen = calloc(limit + 1, 1);
    if (!seen) return -1;
    int good = 1;
    for (uint64_t i = 0; i < count && good; i++) { good = !seen[numbers[i]]; seen[numbers[i]] = 1; }
    free(seen);
    return good;
}

static int letters_only(const uint8_t *text, uint64_t count, int sounds)
{
    uint32_t wrong = 0;
    for (uint64_t i = 0; i < count; i++) wrong |= !((text[i] >= 'a' && text[i] <= 'z') || (sounds && text[i] == 'S'));
    return !wrong;
}

#define CHECK(number, condition) if (!(condition)) return number

#define MOST_CHARGE (1 << 20)   /* millibits: far more than any sum, far from overflow */

/* 0 when every offset and number of the sections may be trusted, else the number of the check that failed; -1 when
 * memory ran out. */
static int check(const vg_index *x)
{
    const section *s = x->s;
    uint64_t v = x->spellings, n = x->items, f = x->forms, e = x->entries, words = s[S_WORD_ROLE].count;
    CHECK(1, s[S_LETTERS_AT].count == v + 1 && rises(AT(x, S_LETTERS_AT, uint32_t), v + 1, s[S_LETTERS].count));
    CHECK(2, s[S_FOLDS_AT].count == v + 1 && rises(AT(x, S_FOLDS_AT, uint32_t), v + 1, s[S_FOLDS].count));
    CHECK(3, letters_only(AT(x, S_LETTERS, uint8_t), s[S_LETTERS].count, 0));
    CHECK(4, letters_only(AT(x, S_FOLDS, uint8_t), s[S_FOLDS].count, 1));
    CHECK(5, s[S_BARE].count == v && s[S_BONE_KEYS].count == v && s[S_BONE_WORDS].count == v);
    int bones = once(AT(x, S_BONE_WORDS, uint32_t), v, v), begins = once(AT(x, S_ALPHABET, uint32_t), s[S_ALPHABET].count, v);
    if (bones < 0 || begins < 0) return -1;
    CHECK(6, bones && begins);
    for (uint64_t i = 0; i < v; i++) {
        CHECK(7, AT(x, S_LETTERS_AT, uint32_t)[i + 1] - AT(x, S_LETTERS_AT, uint32_t)[i] <= LONGEST);
        CHECK(8, AT(x, S_FOLDS_AT, uint32_t)[i + 1] - AT(x, S_FOLDS_AT, uint32_t)[i] <= 2 * LONGEST);
        CHECK(9, AT(x, S_BARE, uint8_t)[i] <= 1);
        CHECK(10, !i || AT(x, S_BONE_KEYS, uint64_t)[i] >= AT(x, S_BONE_KEYS, uint64_t)[i - 1]);
    }
    CHECK(11, s[S_LENGTH_AT].count == 2 * LONGEST + 2 && below(AT(x, S_LENGTH_AT, uint32_t), 2 * LONGEST + 2, v + 1));
    for (int k = 0; k <= 2 * LONGEST; k++)
        for (uint32_t i = AT(x, S_LENGTH_AT, uint32_t)[k]; i < AT(x, S_LENGTH_AT, uint32_t)[k + 1]; i++)
            CHECK(12, AT(x, S_FOLDS_AT, uint32_t)[i + 1] - AT(x, S_FOLDS_AT, uint32_t)[i] == (uint32_t)k);
    CHECK(13, s[S_ITEMS_AT].count == v + 1 && rises(AT(x, S_ITEMS_AT, uint32_t), v + 1, n));
    CHECK(14, s[S_WORTHS].count % LEVELS == 0 && s[S_ITEM_WORTH].count == n);
    CHECK(15, below(AT(x, S_ITEM_WORTH, uint32_t), n, s[S_WORTHS].count / LEVELS));
    CHECK(16, s[S_POSTS_AT].count == n + 1 && rises(AT(x, S_POSTS_AT, uint32_t), n + 1, s[S_POSTS].count));
    CHECK(17, below(AT(x, S_POSTS, uint32_t), s[S_POSTS].count, f));
    CHECK(18, s[S_CLASS_AT].count == (uint64_t)FIRST_YEAR + x->years + 1
              && rises(AT(x, S_CLASS_AT, uint32_t), s[S_CLASS_AT].count, f));
    CHECK(19, s[S_FORM_ENTRY].count == f && below(AT(x, S_FORM_ENTRY, uint32_t), f, e) && s[S_FORM_FLAGS].count == f);
    CHECK(20, s[S_FORM_DATE].count == f && s[S_DATES].count % 4 == 0
              && below(AT(x, S_FORM_DATE, uint32_t), f, s[S_DATES].count / 4 + 1));
    CHECK(21, s[S_WORDS_AT].count == f + 1 && rises(AT(x, S_WORDS_AT, uint32_t), f + 1, words));
    for (uint64_t i = 0; i < f; i++)
        CHECK(22, AT(x, S_WORDS_AT, uint32_t)[i + 1] - AT(x, S_WORDS_AT, uint32_t)[i] <= MOST_WORDS);
    CHECK(23, s[S_WORD_HEADS].count == words && s[S_WORD_ITEMS_AT].count == words + 1
              && rises(AT(x, S_WORD_ITEMS_AT, uint32_t), words + 1, s[S_WORD_ITEMS].count));
    for (uint64_t i = 0; i < words; i++)
        CHECK(24, AT(x, S_WORD_ITEMS_AT, uint32_t)[i + 1] > AT(x, S_WORD_ITEMS_AT, uint32_t)[i]);
    CHECK(25, below(AT(x, S_WORD_ITEMS, uint32_t), s[S_WORD_ITEMS].count, n));
    CHECK(26, s[S_RUN_FORM].count == x->runs && s[S_RUN_UNIT].count == x->runs && s[S_RUN_FOLD].count == x->runs
              && s[S_RUN_PATTERN].count == x->runs && below(AT(x, S_RUN_FORM, uint32_t), x->runs, f));
    for (uint64_t i = 0; i < x->runs; i++) {
        uint32_t row = AT(x, S_RUN_FORM, uint32_t)[i], unit = AT(x, S_RUN_UNIT, uint16_t)[i];
        uint32_t size = AT(x, S_WORDS_AT, uint32_t)[row + 1] - AT(x, S_WORDS_AT, uint32_t)[row];
        CHECK(27, (unit >> 8) > 1 && (unit & 255) + (unit >> 8) <= size);
        CHECK(28, !i || AT(x, S_RUN_KEYS, uint64_t)[i] >= AT(x, S_RUN_KEYS, uint64_t)[i - 1]);
    }
    CHECK(29, s[S_DATES_AT].count == e + 1 && rises(AT(x, S_DATES_AT, uint32_t), e + 1, AT(x, S_DATES_AT, uint32_t)[e]));
    CHECK(30, AT(x, S_DATES_AT, uint32_t)[e] <= s[S_DATES].count / 4 && s[S_CHARGE].count == e && s[S_SEX].count == e);
    for (uint64_t i = 0; i < s[S_DATES].count / 4; i++) {
        span d = span_of(AT(x, S_DATES, int32_t) + 4 * i);
        CHECK(31, d.first > 0 && d.first <= d.last && d.year > 0 && d.year <= d.last_year && d.last_year <= 9999);
    }
    CHECK(32, s[S_NATIONS_AT].count == e + 1 && rises(AT(x, S_NATIONS_AT, uint32_t), e + 1, s[S_NATIONS].count));
    CHECK(33, below(AT(x, S_CHARGE, uint32_t), e, MOST_CHARGE));       /* none is below 0: it would be large, unsigned */
    CHECK(34, x->first_year > 0 && (int64_t)x->first_year + x->years <= 10000);
    return 0;
}

void vg_close(vg_index *x)
{
    if (!x) return;
    for (uint32_t i = 0; i < x->room; i++) drop_piece(x->table[i]);
    while (x->spare) {
        scratch *s = x->spare;
        x->spare = s->next;
        free(s->sums); free(s->touched); free(s->states); free(s->matches.at); free(s);
    }
    free(x->table); free(x->letters); free(x->pairs);
    pthread_rwlock_destroy(&x->lock);
    pthread_mutex_destroy(&x->spares);
    free(x);
}

static void set_rest(vg_index *x)
{
    for (int cut = 0; cut < 2; cut++)
        for (int own = 0; own < 7; own++)
            for (int listed = 0; listed < 7; listed++) {
                int both = own < listed ? own : listed, sum = own || listed ? 0 : x->w[W_COMPLETE];
                if (both > 3) both = 3;
                for (int i = 0; i < both; i++) sum += x->w[W_CONTRADICTION + i];
                for (int i = 0; i < own - both && i < 3 - both; i++) sum += x->w[W_ONLY_OWN + i];
                for (int i = 0; i < listed - both && i < 3 - both && !cut; i++) sum += x->w[W_ONLY_LISTED + i];
                x->rest[cut][own][listed] = sum;
            }
}

/* Opens an index over arrays that outlive it. `failed` gets 0, the number of a check that failed, or -1 for memory. */
vg_index *vg_open(const section *sections, uint64_t count, const int32_t *weights, uint64_t weight_count,
                  const int32_t *log2_of, const uint8_t *sounds, uint64_t sounds_size, uint32_t sound_count,
                  int32_t first_year, uint32_t years, uint64_t budget, int32_t *failed)
{
    vg_index *x = calloc(1, sizeof *x);
    *failed = -1;
    if (!x) return NULL;
    pthread_rwlock_init(&x->lock, NULL);
    pthread_mutex_init(&x->spares, NULL);
    if (count != S_COUNT || weight_count != W_COUNT) { *failed = 100; goto broken; }
    memcpy(x->s, sections, sizeof x->s);
    memcpy(x->w, weights, sizeof x->w);
    memcpy(x->log2_of, log2_of, sizeof x->log2_of);
    x->spellings = (uint32_t)x->s[S_BARE].count;
    x->items = (uint32_t)x->s[S_ITEM_WORTH].count;
    x->forms = (uint32_t)x->s[S_FORM_ENTRY].count;
    x->entries = (uint32_t)x->s[S_SEX].count;
    x->runs = (uint32_t)x->s[S_RUN_KEYS].count;
    x->first_year = first_year; x->years = years; x->budget = budget;
    if ((*failed = check(x))) goto broken;
    *failed = -1;
    x->letters = malloc(((size_t)x->spellings + 1) * sizeof *x->letters);
    x->pairs = malloc(((size_t)x->spellings + 1) * sizeof *x->pairs);
    if (!x->letters || !x->pairs) goto broken;
    if (!set_rules(x, sounds, sounds_size, sound_count)) { *failed = 101; goto broken; }
    for (uint32_t i = 0; i < x->spellings; i++) {
        int size;
        const uint8_t *text = text_of(x, S_FOLDS, i, &size);
        x->letters[i] = 0;
        x->pairs[i] = pairs_of(text, size);
        for (int k = 0; k < size; k++) x->letters[i] |= 1u << number_of(text[k]);
    }
    x->best_date = 0;
    for (int i = W_SAME_DAY; i <= W_CONFLICT_APPROX; i++) x->best_date = greater(x->best_date, x->w[i]);
    set_rest(x);
    *failed = 0;
    return x;
broken:
    vg_close(x);
    return NULL;
}

void vg_told(vg_index *x, uint64_t *out)
{
    pthread_rwlock_rdlock(&x->lock);
    out[0] = x->known; out[1] = x->bytes; out[2] = x->hits; out[3] = x->misses;
    pthread_rwlock_unlock(&x->lock);
}

/* For the builder: of each spelling the hash of its skeleton, of its fold (31 bits) and of its pattern. */
int vg_sounds(const uint8_t *sounds, uint64_t sounds_size, uint32_t sound_count, const uint8_t *letters,
              const uint64_t *at, uint64_t count, uint64_t *keys, uint32_t *folds, uint32_t *patterns)
{
    static __thread vg_index x;        /* only its rules are used */
    uint8_t own[2 * RUN_BYTES], bones[2 * RUN_BYTES + 1];
    if (!set_rules(&x, sounds, sounds_size, sound_count)) return 0;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t size = at[i + 1] - at[i];
        int n = fold(&x, letters + at[i], size < RUN_BYTES ? (int)size : RUN_BYTES, own);
        keys[i] = hash_of(bones, skeleton(own, n, bones), 0);
        folds[i] = (uint32_t)(hash_of(own, n, 1) >> 32) >> 1;
        patterns[i] = pattern_of(own, n, NULL);
    }
    return 1;
}

/* ---- reverse: the stored travellers whom one entry may reach (reverse.py) ---------------------------------------- */

#define REVERSE_UNIT 64            /* millibits of one step of a worth, rounded up */
#define REVERSE_ANY 255            /* worth more than the steps can say */
#define REVERSE_MORE 0x80000000u   /* the last number of a row is a place in its partition's overflow */
#define REVERSE_LONG 31            /* words of a name of which not all are compared */

typedef struct {                   /* rows born in one year; of year 0 those with any other date or none */
    int64_t year; uint64_t count;
    const uint32_t *pieces;        /* four a row; 0 where there are fewer */
    const uint64_t *glued;         /* two bits for the skeleton of each run of the name */
    const uint32_t *facts;         /* day, month << 5, sex << 9, cut << 11, words << 12, single << 17, nation << 18: single
                                    * when each piece is one word */
    const int32_t *born;           /* four a row, as packed; of year 0 only */
    const uint32_t *more; uint64_t more_count;
} vg_part;

static int32_t greatest_of(const list *items, const list *runs)
{
    int32_t most = 0;
    for (uint64_t i = 0; i < items->count; i++) most = greater(most, ((const found_item *)items->at)[i].worth);
    for (uint64_t i = 0; i < runs->count; i++) most = greater(most, ((const found_run *)runs->at)[i].worth);
    return most;
}

static int32_t worth_of_initial(const vg_index *x, int role, uint32_t heads)
{
    const uint8_t *roles = AT(x, S_WORD_ROLE, uint8_t);
    for (uint64_t i = 0; i < x->s[S_WORD_ROLE].count; i++)
        if ((role == INITIAL || roles[i] == INITIAL) && heads & AT(x, S_WORD_HEADS, uint32_t)[i]) return greater(0, x->w[W_INITIAL]);
    return 0;
}

typedef struct { list levels, items, runs; int32_t plain, cut; int named; } most;

/* Adds the most that one word can be worth. As liken and liken_beginning find it; its role limits it only further. */
static void add_most(const vg_index *x, int role, int flags, const spelled *spellings, int count, most *m)
{
    uint32_t heads = 0;
    int32_t plain, first;
    m->items.count = m->runs.count = 0;
    for (int i = 0; i < count; i++) {
        const spelled *one = spellings + i;
        heads |= 1u << (one->letters[0] - 'a');
        m->levels.count = 0;
        similar(x, one->letters, one->size, one->bare, &m->levels);
        const found_level *found = m->levels.at;
        for (uint64_t k = 0; k < m->levels.count; k++)
            add_items(x, found[k].number, i && found[k].level < SAME_SOUND ? SAME_SOUND : (int)found[k].level, INT32_MAX, 0, &m->items);
        runs_like(x, one->letters, one->size, one->bare, &m->runs);
    }
    plain = greater(greatest_of(&m->items, &m->runs), worth_of_initial(x, role, heads));
    if (count && !spellings[0].bare && (first = spellings[0].size) >= 3) {
        int32_t limit_of_cut = x->w[W_AGREES + CUT_OFF] + x->w[W_RARITY] * x->w[W_CUT_LETTER] * first / 1000;
        for (uint64_t i = 0; i < x->s[S_ALPHABET].count; i++) {
            int its;
            uint32_t number = AT(x, S_ALPHABET, uint32_t)[i];
            const uint8_t *text = text_of(x, S_LETTERS, number, &its);
            if (its > first && !memcmp(text, spellings[0].letters, first)) add_items(x, number, CUT_OFF, limit_of_cut, 0, &m->items);
        }
    }
    m->plain += plain;
    m->cut += greater(plain, greatest_of(&m->items, &m->runs));
    m->named |= role == NAME && !(flags & (IS_TITLE | IS_NO_NAME));
}

/* 0: worth nothing, and surely left over as a name; 1: worth nothing; then steps. */
static uint8_t step_of(int32_t worth, int named)
{
    int32_t steps = (worth + REVERSE_UNIT - 1) / REVERSE_UNIT;
    return worth <= 0 ? !named : steps + 1 < REVERSE_ANY ? (uint8_t)(steps + 1) : REVERSE_ANY;
}

typedef struct { int role, flags, count; spelled spellings[MOST_SPELLINGS]; } told_word;

/* The next word of a piece's data (as for vg_learn); 0 when they are cut short. */
static int next_word(const uint8_t **from, const uint8_t *end, told_word *w)
{
    const uint8_t *at = *from;
    if (end - at < 3 || at[0] > INITIAL || at[2] > MOST_SPELLINGS) return 0;
    w->role = at[0]; w->flags = at[1]; w->count = at[2];
    at += 3;
    for (int k = 0; k < w->count; k++) {
        spelled *one = w->spellings + k;
        if (end - at < 2 || !at[1] || at[1] > LONGEST || end - at < 2 + at[1]) return 0;
        one->bare = at[0]; one->size = at[1];
        memcpy(one->letters, at + 2, one->size);
        at += 2 + one->size;
        for (int c = 0; c < one->size; c++) if (one->letters[c] < 'a' || one->letters[c] > 'z') return 0;
    }
    *from = at;
    return 1;
}

/* What tells at a glance that a spelling resembles nothing: its skeleton, the letters and length of its fold, its own
 * letters. */
typedef struct { uint64_t key; uint32_t fold, letters; } vg_sketch;
enum { SKETCH_NAMED = 1 << 26, SKETCH_ALWAYS = 1 << 27, SKETCH_FIRST = 1 << 28, SKETCH_BARE = 1 << 29, SKETCH_LONG = 31 };

static uint32_t set_of(const uint8_t *text, int size)
{
    uint32_t set = 0;
    for (int i = 0; i < size; i++) set |= 1u << number_of(text[i]);
    return set;
}

/* Sketches of all spellings of each piece; at: where those of each begin, and the end. Gives their number, of which
 * the first `room` are in `out`; -1 when the data are cut short. Of the index only the rules of sounds are used. */
int64_t vg_sketches(const vg_index *x, const uint8_t *data, const uint64_t *data_at, uint64_t count, uint64_t *at, vg_sketch *out,
                    uint64_t room)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < count; i++) {
        const uint8_t *from = data + data_at[i], *end = data + data_at[i + 1];
        uint32_t of_piece = 0;
        at[i] = n;
        for (int words = from < end ? *from++ : 0; words; words--) {
            told_word w;
            if (!next_word(&from, end, &w)) return -1;
            if (w.role == INITIAL) of_piece |= SKETCH_ALWAYS;
            if (w.role == NAME && !(w.flags & (IS_TITLE | IS_NO_NAME))) of_piece |= SKETCH_NAMED;
            for (int k = 0; k < w.count; k++) {
                const spelled *one = w.spellings + k;
                uint8_t own[2 * LONGEST], bones[2 * LONGEST + 1];
                int size = fold(x, one->letters, one->size, own);
                if (n < room) {
                    out[n].key = hash_of(bones, skeleton(own, size, bones), 0);
                    out[n].fold = set_of(own, size) | (uint32_t)(size < SKETCH_LONG ? size : SKETCH_LONG) << 27;
                    out[n].letters = set_of(one->letters, one->size) | (one->bare ? SKETCH_BARE : 0)
                        | (k == 0 && !one->bare ? SKETCH_FIRST : 0);
                }
                n++;
            }
        }
        for (uint64_t k = at[i]; k < n && k < room; k++) out[k].letters |= of_piece;
    }
    at[count] = n;
    return (int64_t)n;
}

typedef struct { uint8_t keys[512]; uint32_t count; int any; uint32_t *folds, *letters; } glance;

static int set_glance(const vg_index *x, glance *g)
{
    memset(g, 0, sizeof *g);
    for (int s = S_BONE_KEYS;; s = S_RUN_KEYS) {
        for (uint64_t i = 0; i < x->s[s].count; i++) {
            uint64_t key = AT(x, s, uint64_t)[i];
            g->keys[key >> 3 & 511] |= (uint8_t)(1 << (key & 7));
        }
        if (s == S_RUN_KEYS) break;
    }
    for (uint64_t i = 0; i < x->s[S_WORD_ROLE].count; i++) g->any |= AT(x, S_WORD_ROLE, uint8_t)[i] == INITIAL;
    g->folds = malloc((x->spellings + 1) * sizeof *g->folds); g->letters = malloc((x->spellings + 1) * sizeof *g->letters);
    if (!g->folds || !g->letters) return 0;
    for (uint32_t i = 0; i < x->spellings; i++) {
        int size;
        const uint8_t *text;
        if (AT(x, S_BARE, uint8_t)[i]) continue;
        text = text_of(x, S_LETTERS, i, &size);
        g->letters[g->count] = set_of(text, size);
        text_of(x, S_FOLDS, i, &size);
        g->any |= size >= SKETCH_LONG;
        g->folds[g->count++] = x->letters[i] | (uint32_t)size << 27;
    }
    return 1;
}

/* Whether a spelling may resemble a listed one: by the conditions of similar, runs_like and liken_beginning. */
static int may_resemble(const glance *g, const vg_sketch *s)
{
    int size = (int)(s->fold >> 27), far = farthest(size);
    if (g->any || s->letters & SKETCH_ALWAYS || size == SKETCH_LONG || g->keys[s->key >> 3 & 511] >> (s->key & 7) & 1) return 1;
    uint32_t own = s->letters & 0x3ffffff;
    int begins = (s->letters & SKETCH_FIRST) != 0, whole = !(s->letters & SKETCH_BARE), found = 0;
    for (uint32_t i = 0; i < g->count; i++) {
        int apart = (int)(g->folds[i] >> 27) - size;
        uint32_t v = (g->folds[i] ^ s->fold) & 0x7ffffff;
        v = v - ((v >> 1) & 0x55555555u);
        v = (v & 0x33333333u) + ((v >> 2) & 0x33333333u);
        v = (((v + (v >> 4)) & 0x0f0f0f0fu) * 0x01010101u) >> 24;
        found |= (whole & (apart <= far) & (-apart <= far) & ((int)v <= 2 * far)) | (begins & !(own & ~g->letters[i]));
    }
    return found;
}

/* Of each piece of a vocabulary (data as for vg_learn) the most that it can be worth against any name of the index, in
 * a name that is whole and in one that was cut off. sketches, which may be missing, only save time. 0 when the data are
 * cut short, -1 when memory ran out. */
int vg_worths(const vg_index *x, const uint8_t *data, const uint64_t *at, uint64_t count, const uint64_t *sketch_at,
              const vg_sketch *sketches, uint8_t *plain, uint8_t *cut)
{
    most m = {0};
    glance g;
    int done = set_glance(x, &g) ? 1 : -1;
    for (uint64_t i = 0; i < count && done == 1; i++) {
        const uint8_t *from = data + at[i], *end = data + at[i + 1];
        if (sketches && sketch_at[i] < sketch_at[i + 1]) {
            int may = 0;
            for (uint64_t k = sketch_at[i]; k < sketch_at[i + 1] && !may; k++) may = may_resemble(&g, sketches + k);
            if (!may) {
                plain[i] = cut[i] = !(sketches[sketch_at[i]].letters & SKETCH_NAMED);
                continue;
            }
        }
        m.plain = m.cut = m.named = 0;
        for (int words = from < end ? *from++ : 0; words && done; words--) {
            told_word w;
            if ((done = next_word(&from, end, &w))) add_most(x, w.role, w.flags, w.spellings, w.count, &m);
        }
        if (m.levels.broken || m.items.broken || m.runs.broken) done = -1;
        plain[i] = step_of(m.plain, m.named); cut[i] = step_of(m.cut, m.named);
    }
    free(m.levels.at); free(m.items.at); free(m.runs.at); free(g.folds); free(g.letters);
    return done;
}

static int32_t ordinal(int32_t year, int month, int day)
{
    static const int16_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0, past = year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400 + before[month - 1] + (leap && month > 2) + day;
}

/* The most that an own date is worth against any form. */
static int32_t most_of_date(const vg_index *x, const span *own)
{
    const uint32_t *date = AT(x, S_FORM_DATE, uint32_t), *of = AT(x, S_FORM_ENTRY, uint32_t);
    int32_t best = INT32_MIN;
    for (uint32_t row = 0; row < x->forms; row++)
        if (!row || date[row] != date[row - 1] || of[row] != of[row - 1]) best = greater(best, worth_of_dates(x, own, row));
    return best;
}

/* The most that a name can be worth: every listed word at its best, paired or as part of a run, and nothing left over. */
static int32_t most_of_names(const vg_index *x, int32_t complete)
{
    const uint32_t *items_at = AT(x, S_WORD_ITEMS_AT, uint32_t);
    int32_t best = 0, better = 0;
    for (int level = 0; level < LEVELS; level++) better = greater(better, x->w[W_RUN_LEVEL + level]);
    for (uint32_t row = 0; row < x->forms; row++) {
        int32_t sum = complete;
        for (uint32_t j = AT(x, S_WORDS_AT, uint32_t)[row]; j < AT(x, S_WORDS_AT, uint32_t)[row + 1]; j++) {
            int32_t word = greater(0, x->w[W_INITIAL]);
            for (uint32_t k = items_at[j]; k < items_at[j + 1]; k++)
                for (int level = 0; level < LEVELS; level++)
                    word = greater(word, AT(x, S_WORTHS, int16_t)[LEVELS * AT(x, S_ITEM_WORTH, uint32_t)[AT(x, S_WORD_ITEMS, uint32_t)[k]] + level]);
            sum += word + better;
        }
        best = greater(best, sum);
    }
    return best;
}

/* Steps of a row's pieces: their sum, and whether one is surely left over; INT32_MAX when the steps cannot say. */
static int32_t steps_of(const vg_part *p, const uint8_t *table, uint64_t row, int *left)
{
    const uint32_t *piece = p->pieces + 4 * row;
    int32_t sum = 0, none = 0, any = 0, last = 4;
    if (piece[3] & REVERSE_MORE) {
        const uint32_t *more = p->more + (piece[3] & ~REVERSE_MORE);
        last = 3;
        for (uint32_t i = 1; i <= more[0]; i++) {
            uint8_t one = table[more[i]];
            sum += one - !!one; none |= !one; any |= one == REVERSE_ANY;
        }
    }
    for (int i = 0; i < last; i++) {
        uint8_t one = table[piece[i]];
        sum += one - !!one; none |= !one; any |= one == REVERSE_ANY;
    }
    *left = none;
    return any ? INT32_MAX : sum;
}

/* The most that a row is worth with runs, each of which takes two words at least: of a row of single words the two that
 * are worth least, else none. */
static int64_t most_with_runs(const vg_part *p, const uint8_t *table, uint64_t row, int words, int32_t steps, int32_t glue)
{
    const uint32_t *piece = p->pieces + 4 * row;
    int64_t best = INT64_MIN, sum = (int64_t)steps * REVERSE_UNIT;
    if (steps == INT32_MAX || piece[3] & REVERSE_MORE || !(p->facts[row] >> 17 & 1)) return sum + (int64_t)(words / 2) * glue;
    int32_t own[4];
    int count = 0;
    for (; count < 4 && piece[count]; count++) {
        int32_t one = table[piece[count]] - !!table[piece[count]];
        int at = count;
        for (; at && own[at - 1] > one; at--) own[at] = own[at - 1];
        own[at] = one;
    }
    for (int runs = 1; runs <= words / 2; runs++) {
        for (int i = 2 * runs - 2; i < 2 * runs && i < count; i++) sum -= (int64_t)own[i] * REVERSE_UNIT;
        if (sum + (int64_t)runs * glue > best) best = sum + (int64_t)runs * glue;
    }
    return best;
}

/* Rows of stored travellers who may reach the threshold against the one entry of an index, as partition and row; never
 * too few. worths: for each piece what vg_worths says, `plain` then `cut`; skeletons: two bits for each of the listed
 * words' own; nations: millibits of each nationality. Gives their number, of which the first `room` are in `out`.
 *
 * A name is worth no more than the best of each of its pieces and what is left over; or, where the skeleton of one of
 * its runs is a listed word's, the dearest listed word for each of up to half as many runs as it has words, and the best
 * of the pieces that they leave. The facts are worth what they are (best of the forms).
 */
int64_t vg_reverse(const vg_index *x, const vg_part *parts, uint64_t part_count, const uint8_t *const *worths,
                   const uint64_t *skeletons, uint64_t skeleton_count, const int32_t *nations, uint64_t nation_count,
                   int32_t threshold, uint32_t *out, uint64_t room)
{
    int32_t complete[2] = {0, 0}, left_over[2] = {INT32_MIN, INT32_MIN}, glue = 0, weak = INT32_MIN, sexes[4] = {0}, most_nation = 0;
    uint64_t found = 0;
    if (!x->forms || x->entries != 1) return 0;
    for (int cut = 0; cut < 2; cut++)
        for (int own = 0; own < 7; own++)
            for (int listed = 0; listed < 7; listed++) {
                complete[cut] = greater(complete[cut], x->rest[cut][own][listed]);
                if (own) left_over[cut] = greater(left_over[cut], x->rest[cut][own][listed]);
            }
    for (uint64_t i = 0; i < x->s[S_WORTHS].count; i++) glue = greater(glue, AT(x, S_WORTHS, int16_t)[i]);
    glue = greater(0, glue + greater(x->w[W_JOINED], x->w[W_JOINED_PARTICLE]));
    for (uint32_t row = 0; row < x->forms; row++)
        weak = greater(weak, AT(x, S_FORM_FLAGS, uint8_t)[row] & FORM_WEAK ? x->w[W_WEAK] : 0);
    for (int sex = 1; sex < 3; sex++)
        if (AT(x, S_SEX, uint8_t)[0]) sexes[sex] = x->w[AT(x, S_SEX, uint8_t)[0] == sex ? W_SEX_SAME : W_SEX_OTHER];
    for (uint64_t i = 0; i < nation_count; i++) most_nation = greater(most_nation, nations[i]);
    const int64_t names = most_of_names(x, greater(complete[0], complete[1]));
    for (uint64_t part = 0; part < part_count; part++) {
        const vg_part *p = parts + part;
        int32_t days[512], most_day = p->year ? INT32_MIN : greater(0, x->best_date);
        if (!p->count) continue;
        for (int month = 1; p->year && month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                int32_t first = ordinal((int32_t)p->year, month, day);
                span own = {first, first, (int32_t)p->year, month, day, (int32_t)p->year, 0};
                most_day = greater(most_day, days[month << 5 | day] = most_of_date(x, &own));
            }
        const int64_t most_facts = (int64_t)most_day + greater(sexes[1], greater(sexes[2], 0)) + most_nation + weak;
        if (names + most_facts < threshold) continue;
        const int64_t need = threshold - most_facts;
        for (uint64_t row = 0; row < p->count; row++) {
            uint32_t facts = p->facts[row];
            int cut = facts >> 11 & 1, words = facts >> 12 & 31, left, hit = 0;
            int32_t steps = steps_of(p, worths[cut], row, &left);
            int64_t runs = (int64_t)(words / 2) * glue, bound = (int64_t)steps * REVERSE_UNIT;
            if (bound + runs + complete[cut] < need) continue;
            for (uint64_t i = 0; i < skeleton_count; i++) hit |= (p->glued[row] & skeletons[i]) == skeletons[i];
            if (!hit && !steps) continue;
            bound += left && words != REVERSE_LONG ? left_over[cut] : complete[cut];
            if (hit && words > 1) {
                int64_t glued = most_with_runs(p, worths[cut], row, words, steps, glue) + complete[cut];
                if (glued > bound) bound = glued;
            }
            if (bound < need) continue;
            int32_t dated = 0;
            if (p->year) dated = days[facts & 511];
            else if (p->born[4 * row]) {
                span own = span_of(p->born + 4 * row);
                dated = most_of_date(x, &own);
            }
            if (bound + dated + sexes[facts >> 9 & 3] + nations[facts >> 18] + weak < threshold) continue;
            if (found < room) { out[2 * found] = (uint32_t)part; out[2 * found + 1] = (uint32_t)row; }
            found++;
        }
    }
    return (int64_t)found;
}
