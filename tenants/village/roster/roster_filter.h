// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a list of residents shows: the filters, the words and the order, as
 * they stand in an address (codes and places; words, which may be names or
 * NIKs, never do). Pure.
 *
 *   dusun rw rt      text of the place
 *   jk               1 laki-laki, 2 perempuan
 *   umur_dari umur_sampai   whole years, both inclusive; umur=kosong: no birth date
 *   status           basic status; not given: 1 (hidup); 0: all
 *   peran kerja agama kawin sekolah   a code; 0: not filled in
 *   nik              ada, or sementara (begins with 0)
 *   kartu            ada: a card is paired for the kiosk; belum
 *   lengkap          of the living: ya: nothing is missing; tidak; or what is: nik sementara lahir akta
 *   urut arah        nama umur dusun terbaru; naik turun (terbaru: turun unless said)
 *
 * Other pages link to /kantor/penduduk with these names and must count the same
 * people (hit_filter of roster_find.sql).
 */
#ifndef BALAI_RESIDENTS_FILTER_H
#define BALAI_RESIDENTS_FILTER_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "tenants/village/roster/roster_find_sql.h"

/* name in the address, label for people, most characters */
#define RESIDENT_FILTERS(X)            \
    X("dusun", "Dusun", 60)            \
    X("rw", "RW", 10)                  \
    X("rt", "RT", 10)                  \
    X("jk", "Jenis kelamin", 1)        \
    X("umur_dari", "Umur dari", 3)     \
    X("umur_sampai", "Umur sampai", 3) \
    X("umur", "Tanggal lahir", 10)     \
    X("status", "Status", 1)           \
    X("peran", "Hubungan keluarga", 3) \
    X("kerja", "Pekerjaan", 3)         \
    X("agama", "Agama", 3)             \
    X("kawin", "Status perkawinan", 3) \
    X("sekolah", "Pendidikan", 3)      \
    X("nik", "NIK", 10)                \
    X("kartu", "Kartu anjungan", 10)   \
    X("lengkap", "Kelengkapan", 10)    \
    X("urut", "Urutan", 10)            \
    X("arah", "Arah urutan", 10)

/* The same as rows of a route's input table. */
#define RESIDENT_FILTER_INPUT(name, label, most) FIELD(TEXT, name, label, false, 0, most),

extern const char *const resident_filter_names[];
enum {
#define X(name, label, most) +1
    RESIDENT_FILTER_COUNT = 0 RESIDENT_FILTERS(X)
#undef X
};

/* Value in the address, words; the numbers are those of `lacking` in roster_find.sql. */
#define RESIDENT_LACKS(X)                     \
    X(NOTHING, "ya", "Lengkap")               \
    X(ANYTHING, "tidak", "Belum lengkap")     \
    X(NIK_WRONG, "nik", "NIK tidak sesuai")   \
    X(NIK, "sementara", "NIK sementara")      \
    X(BIRTH, "lahir", "Tanggal lahir kosong") \
    X(BIRTH_CERT, "akta", "Akta lahir belum ada")

enum resident_lack {
    LACK_UNASKED,
#define X(name, value, words) LACK_##name,
    RESIDENT_LACKS(X)
#undef X
        LACK_END
};
extern const struct resident_lack_words {
    const char *value, *words;
} resident_lack_words[LACK_END];

enum resident_order { ORDER_NAME = 1, ORDER_AGE, ORDER_PLACE, ORDER_ENTRY };

struct resident_filter {
    struct str hamlet, rw, rt; /* empty: any */
    uint8_t sex;               /* 0: any */
    struct opt_u64 age_from, age_until;
    bool has_no_birth;
    uint8_t status;                                                /* 0: all */
    struct opt_u64 role, occupation, religion, marital, education; /* value 0: not filled in */
    struct opt_u64 is_temporary, has_card;                         /* 0 or 1 */
    enum resident_lack lack;
    enum resident_order order;
    bool is_down;
};

/* The living by name: what the list shows when nothing is said. */
struct resident_filter resident_filter_default(void);

/*
 * Takes one value as it stands in an address; an empty one says nothing. False
 * when it means nothing: *fault_out says in words what would be accepted. The
 * value is kept, not copied. `arah` comes after `urut`.
 */
bool resident_filter_set(struct resident_filter *filter, const char *name, struct str value, const char **fault_out) MUST_USE;
/* What holds two values together: umur_dari after umur_sampai. NULL: nothing is wrong. */
const char *resident_filter_fault(const struct resident_filter *filter);

/* The value of one name, as it stands in an address; empty when it is what stands for nothing said. */
struct str resident_filter_value(struct arena *arena, const struct resident_filter *filter, const char *name);
/* A filter in words, for the chip: "Dusun: Batu Lotong"; empty when it is not set. `urut` and `arah` are no filters. */
struct str resident_filter_words(struct arena *arena, const struct resident_filter *filter, const char *name);
/* The filter without one of its names ("umur_dari" takes "umur_sampai" with it). */
struct resident_filter resident_filter_without(struct resident_filter filter, const char *name);
/* "/kantor/penduduk?dusun=…&urut=umur", only what differs from the default. */
struct str resident_filter_href(struct arena *arena, const struct resident_filter *filter);
/* True when it is the list as it opens, which has its own fast statement. */
bool resident_filter_is_default(const struct resident_filter *filter);
/* True when one of those behind "Saringan lain" is set. */
bool resident_filter_is_more(const struct resident_filter *filter);

/* The statements' inputs of a filter; ages are counted on `today`. */
struct resident_find resident_filter_find(const struct resident_filter *filter, struct date today);

/*
 * What was typed, put into `find`: 16 digits (spaces forgiven) a NIK or KK
 * number; 4 to 15 digits the beginning of either; otherwise words of the name in
 * any order, each from its beginning, at most 4. SEARCH_NOTHING: nobody can be
 * meant. Texts are of the arena.
 */
enum resident_search { SEARCH_NONE, SEARCH_NUMBER, SEARCH_WORDS, SEARCH_NOTHING };
enum resident_search resident_find_typed(struct arena *arena, struct str typed, struct resident_find *find);

/* A fault of a person's row, for the list: the words and their tone; label empty when all is there. */
struct resident_fault {
    struct str tone, label;
    uint32_t more; /* how many more there are */
};
struct resident_fault resident_fault_of(const struct resident_hit *hit, struct date today);

#endif
