// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about letters without I/O: numbers, fields, who signs, what the paper says. Private to this room and its job. */
#ifndef BALAI_LETTERS_RULES_H
#define BALAI_LETTERS_RULES_H

#include <jansson.h>

#include "server/html/widgets.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/letters/letters.h"

#define LETTER_NUMBER_DEFAULT "[kode_surat]/[nomor,3]/[kode_desa]/[bulan_romawi]/[tahun]"

struct letter_number {
    struct str classification; /* "500.3" */
    struct str village_code;   /* what [kode_desa] prints */
    uint32_t number;
    struct date date;
};

/*
 * Fills a number format. Codes: [kode_surat] [nomor] [nomor,N] (zero-padded to
 * N ≤ 9; also spelled [nomor_surat], [nomor_surat, N]) [kode_desa]
 * [bulan_romawi] [bulan] [tahun]; other text stands as it is, upper case.
 * RC_INVALID names an unknown code. A format without a number code is refused.
 */
enum rc letter_number_text(struct arena *arena, struct str format, const struct letter_number *n, struct str *out,
                           struct err *err) MUST_USE;

/* A word that a paper may use. */
struct letter_word {
    const char *name; /* NULL ends a list */
    struct str label, sample;
};

enum field_kind {
    FIELD_LINE = 1,
    FIELD_AREA,
    FIELD_YEAR,
    FIELD_NUMBER,   /* dots forgiven; with decimals a comma */
    FIELD_MONEY,    /* whole rupiah */
    FIELD_DATE,     /* three boxes; prints "24 November 2026" */
    FIELD_DAY_DATE, /* the same; prints "Selasa, 24 November 2026" */
    FIELD_TIME,     /* 08.30 */
    FIELD_SELECT,   /* one of its options, or of a list of the registry */
    FIELD_NIK,      /* 16 digits; blanks and dots forgiven */
    FIELD_LIST,     /* lines, each of one or two parts: "Sitti Aminah; Ketua BPD" */
    FIELD_PERSON,   /* a resident, kept as an id of this village; letters_people.h */
    FIELD_FOLLOWERS /* some of the subject's family, kept as ids with commas */
};

/* A tile: what it says, and what the paper says. */
struct letter_choice {
    struct str label, value, icon;
};
/* A question as one asks it, with tiles. What they do not have is typed, or told at the counter: under the village's seal nothing is typed.
 */
enum ask_source { ASK_ITS_OWN, ASK_HAMLETS, ASK_YEARS };
struct letter_ask {
    struct str words, hint, sample; /* sample: as it stands on the paper; {tile} in it: the first tile */
    bool may_type;
    enum ask_source source; /* besides its own: the village's hamlets, the last years */
    struct {
        struct letter_choice *p;
        size_t n;
    } choices;
};
enum { ASK_MOST = 8 }; /* tiles; one more leads elsewhere */

/* Of a year: what one that has just begun must bring to the counter, once, and who gives it. */
struct letter_needs {
    struct str why, paper, from;
};

struct letter_words {
    struct str *p;
    size_t n;
};

/*
 * What a type says of a person: of its subject ("subject"), of another one of the letter, or of whom an option is for. Nothing in it:
 * anybody. An age that is strict is refused outside of its bounds; what else differs is a doubt, which wants a reason.
 */
struct letter_traits {
    uint8_t sex;                  /* SEX_…; 0: either */
    bool is_other_sex;            /* than the person's to whom it is related */
    struct str status;            /* "belum kawin", one of the words of letters_traits.c; "": any */
    struct str role, religion;    /* "kepala atau pasangan", "bukan Islam"; "": any */
    struct opt_u64 age, age_most; /* in years, both included */
    bool or_married, is_strict;   /* or_married: who is or was married is never too young */
    struct str age_on, unless;    /* the day field at which the age counts, "": today; the field whose answer lifts the age, "": none */
};

struct letter_field {
    struct str name, label, hint, group, unit; /* group: the heading that begins with it; unit: behind the box */
    enum field_kind kind;
    struct str before;                  /* the words that stand before it on the paper; "" */
    struct str ordinal;                 /* of a list: what stands before the number of each line ("Pasal", "KE"); "" */
    char sign;                          /* the sign behind it on the paper, or NUL */
    bool is_numbered, has_parts;        /* of a list: the paper numbers its lines; prints what is behind their ';' apart */
    bool has_clauses;                   /* of a list: the paper prints its lines as articles of a regulation (letters_clauses.c) */
    bool is_required, is_past, is_from; /* is_past: a date of today or before; is_from: where a person is from */
    bool is_phone;                      /* of a line: a telephone number */
    bool is_ahead, before_birth;        /* of a date: usually of today or after; may be before its person's birth */
    uint32_t max, decimals;
    struct opt_u64 least, most;   /* of a number, of money; of a list how many lines */
    enum code_list codes;         /* of a select */
    struct letter_words options;  /* of a select without codes */
    struct str list;              /* of a person: one of several, whom an `each` goes over by this name; "" */
    bool must_live, must_be_dead; /* of a person: living here; a resident who is dead */
    struct letter_traits traits;  /* of a person */
    enum letter_relation {
        RELATION_NONE,
        RELATION_FATHER,
        RELATION_MOTHER,
        RELATION_SPOUSE,
        RELATION_HEAD,
        RELATION_HEIR, /* of several: one after another; what each is to the subject is asked (PERSON_TIE) */
        RELATION_CHILD,
        RELATION_BETROTHED
    } relation; /* of a person to the subject, or to `to`: who is proposed, and what is held against the register */
    struct {
        struct str field; /* of a person: the select that says the relation; "": none */
        struct {
            struct str option;
            enum letter_relation relation;
        } * p;
        size_t n;
    } relation_by;
    struct str to;                      /* of a person's relation: another person, before it; "": the subject */
    struct letter_words places, within; /* of a select: the fields of village, district, regency, province, whose nearest common one is the
                                           option; of hamlet, RT, RW; empty: it is no class of a move */
    bool is_kk;                         /* of a number: a family card's, the subject's */
    bool is_subjects;                   /* one of the boxes for a subject from elsewhere */
    bool with_subject;                  /* of followers: the list begins with the subject */
    struct str name_in;                 /* of a NIK: the field with its owner's name; "": none */
    struct {
        struct str field; /* asked only while that one says one of `values`; "": always */
        struct letter_words values;
    } only;
    struct opt_u64 from_age;        /* a year: not before its person was so old */
    struct str whose;               /* the person whom the answer is about; "": the subject */
    struct str not_before;          /* of a date: another one, which it does not precede; "" */
    struct str first_day, last_day; /* of a number: the dates whose days it counts, both included; "" */
    struct letter_words fits;       /* of a select: "Jejaka; L; belum kawin", whom an option fits; others fit anybody */
    enum letter_known {
        KNOWN_NOT,
        KNOWN_BIRTH,
        KNOWN_DEATH,
        KNOWN_DEATH_PLACE
    } known;               /* what the register says of its person: it stands there already, and another date is doubted */
    struct letter_ask ask; /* at the kiosk; nothing in it: the label is asked, and the answer typed */
    struct letter_needs needs;
};

/* A letter type's definition, read and checked. */
struct letter_form {
    struct letter_field *fields;
    size_t n_fields;
    struct str *requirements;
    size_t n_requirements;
    struct letter_traits subject;       /* what its person usually is */
    struct str group;                   /* the heading under which it is offered; "" */
    struct letter_words also;           /* what else people call it: "SKTM", "miskin" */
    struct str purpose;                 /* one line under the type's name: what it is for */
    struct str kiosk_label, kiosk_icon; /* its tile at the kiosk; "" when the definition does not say */
    bool shows_family;                  /* the paper lists the subject's family: `keluarga` */
    struct str moving, left; /* of a move: the questions for its kind, and for the card of those who stay; "" (letters_moving.c) */
    enum letter_of { OF_LIVING, OF_DEAD, OF_ALL, OF_NONE } subject_of; /* OF_NONE: a letter of the office itself, about no resident */
    struct str about, addressed; /* of one: the fields that say what it is about, and to whom it goes; "" */
    size_t n_outside;            /* boxes for a subject from elsewhere, who is in no register; 0: it is for residents only */
    bool is_outside;             /* they are the first of the fields: letter_form_for */
    bool fits_kiosk;             /* it asks nothing but what the kiosk can */
    const json_t *tree;          /* of server/paper; lives as long as the arena */
};
enum rc letter_form_read(struct arena *arena, struct str definition, struct letter_form *out, struct err *err) MUST_USE;
/* The form of a letter for that resident; of one for nobody in the register (0), when its type allows it, he is asked for first. */
void letter_form_for(struct letter_form *form, uint64_t resident_id);
/* Part of it, "also" of a definition: at most 12 of at most 60 signs. */
enum rc letter_form_also(struct arena *arena, const json_t *also, struct letter_words *out, struct err *err) MUST_USE;

/* How a type answers what was typed. */
enum letter_sought {
    SOUGHT_NOT,
    SOUGHT_NEAR,   /* one of the words, or one that begins like it */
    SOUGHT,        /* each begins a word of its name, its purpose, its heading, or what else it is called */
    SOUGHT_BY_NAME /* it is called so */
};
enum letter_sought letter_sought(struct arena *arena, struct str name, const struct letter_form *form, struct str typed);
/* Whether a type of that name is called so, "surat" and "keterangan" in front or not. */
bool letter_is_called(struct arena *arena, struct str name, const struct letter_words *also, struct str typed);

/* Whether every word that was typed is one of its name or of what else it is called; "surat" and the like say nothing. */
bool letter_is_said(struct arena *arena, struct str name, const struct letter_words *also, struct str typed);

/* What its person is called: "Pemohon"; of one about the dead "Yang meninggal". */
struct str letter_subject_label(const struct letter_form *form);
/* A number of a definition's JSON; not set: it has none. */
struct opt_u64 letter_number_of(const json_t *json, const char *key);

/* Part of letter_form_read: what the paper prints around each answer, said in the hints. Needs the fields and the tree. */
void letter_form_around(struct arena *arena, struct letter_form *form);
/* A text or list without what the paper prints itself: "1. ", "KESATU:" of a line, words before an answer, a full stop before a comma. */
struct str letter_typed_once(struct arena *arena, const struct letter_field *field, struct str typed);

/* A letter whose text was corrected has a tree of its own, as JSON; STR_NONE: its type's. Lives as long as the arena. */
enum rc letter_form_own(struct arena *arena, struct str paper, struct letter_form *form, struct err *err) MUST_USE;

/* The tree of a paper that is said by a frame (letters_frame.c); lives as long as the arena. RC_INVALID. */
enum rc letter_frame_fill(struct arena *arena, const struct letter_form *form, const json_t *paper, const json_t **tree_out,
                          struct err *err) MUST_USE;

/*
 * Parts of letter_form_read: a person, or several of one kind ("most": 5, "least": 1: waris_1 to waris_5, and the list
 * `daftar_waris` for `each`), added to the fields; how many fields that may be;
 * who goes along; and {"field": "cara", "equals"|"in": …}. RC_INVALID.
 */
enum { PERSONS_MOST = 12 };
enum rc letter_form_add_person(struct arena *arena, const json_t *json, struct letter_form *form, struct err *err) MUST_USE;
enum { SUBJECT_FIELDS = 12 }; /* {"subject": {"outside": "any"|"lives"}}: lives, he says where he stays in the village */
enum rc letter_form_add_subject(struct arena *arena, const json_t *subject, struct letter_form *form, struct err *err) MUST_USE;
size_t letter_form_person_room(const json_t *json);
enum rc letter_form_add_followers(struct arena *arena, const json_t *json, struct letter_form *form, struct err *err) MUST_USE;
enum rc letter_form_only_if(struct arena *arena, const json_t *json, struct letter_field *out, struct err *err) MUST_USE;

bool letter_field_is_date(const struct letter_field *field);
/* The field of that name; NULL. */
struct letter_field *letter_field_called(const struct letter_form *form, struct str name);
/* The field of those who go along; NULL. */
const struct letter_field *letter_followers_field(const struct letter_form *form);

/*
 * A person asked for as {"name": "pelapor", "label": "Pelapor", "outside": "long"} becomes fields: where he is from (of both), who he is
 * among the residents, and what is written down of somebody from elsewhere. Their names are the person's with these behind.
 */
#define PERSON_FROM "_dari"
#define PERSON_RESIDENT "Warga desa ini"
#define PERSON_OUTSIDE "Orang luar desa"
#define PERSON_DEAD "Sudah meninggal" /* offered with "name_enough": not in the register, and only his name is asked */
#define PERSON_NAME "_nama"
#define PERSON_NIK "_nik"
#define PERSON_BIRTH_PLACE "_tempat_lahir"
#define PERSON_BIRTH_DATE "_tanggal_lahir"
#define PERSON_SEX "_kelamin"
#define PERSON_RELIGION "_agama"
#define PERSON_OCCUPATION "_pekerjaan"
#define PERSON_CITIZENSHIP "_warga_negara"
#define PERSON_ADDRESS "_alamat"
#define LETTER_SUBJECT "pemohon" /* before those of a subject from elsewhere, of whom more is asked: */
#define PERSON_CARD "_kk"
#define PERSON_MARITAL "_kawin"
#define PERSON_STAY "_tinggal"
#define PERSON_TIE "_hubungan" /* of an heir: one of letter_tie */

/* Whether a number is one of "12,13": of what is ticked. */
bool letter_has_id(struct str ids, uint64_t id);

/* What an heir is to the deceased, as letter_heirs (letters.sql) counts them. */
enum letter_tie { TIE_SPOUSE = 1, TIE_CHILD, TIE_PARENT, TIE_SIBLING, TIE_GRANDCHILD, TIE_OTHER, TIE_END };
struct str letter_tie(uint8_t tie);
/* The same on paper, by the heir's sex (0: not known): "Istri", "Ayah". */
struct str letter_tie_said(struct str tie, uint8_t sex);

/*
 * A list is printed as it was typed ({isi_kepada}), line by line (each of `daftar_kepada`: {nomor}, {baris}, or its parts {nama} and
 * {sebagai}), and says how long it is: {jumlah_kepada}; `panjang_kepada` has a value when it is too long to stand within a letter's head.
 */
#define LIST_LINES "daftar_"
#define LIST_COUNT "jumlah_"
#define LIST_LONG "panjang_"
enum { LIST_SHORT = 3, LIST_MOST = 100 };
extern const struct letter_word letter_list_words[]; /* of a line */
/* Its lines as people are told them, their two parts with a comma: "Camat", `between`, "Sitti Aminah, Ketua BPD". */
struct str letter_list_told(struct arena *arena, struct str text, const char *between);
/*
 * The articles of a regulation, of a list with has_clauses: {"nomor", "judul", "baris", "ayat": [{"nomor": "(1)", "huruf", "baris"}]}; the
 * caller owns the new reference. And what is wrong with them, in words: one that says nothing.
 */
#define LETTER_CLAUSES "ayat"
json_t *letter_articles(struct arena *arena, struct str text);
struct str letter_articles_fault(struct arena *arena, struct str label, const json_t *articles);
extern const struct letter_word letter_article_words[], letter_clause_words[]; /* of an article, besides those of a line; of a clause */
/* Takes the next line that says something, trimmed, off `rest`. */
bool letter_list_line(struct str *rest, struct str *line_out);

/* What a built-in type is besides the village's own choices: the head of its definition. Classification: Permendagri 83/2022. */
struct letter_type_head {
    struct str name, classification, policy, number_format, number_scope;
    uint8_t valid_months;
    uint16_t sort;
    bool at_kiosk; /* it has a tile there */
};
/* RC_INVALID when something of it is missing. */
enum rc letter_type_head_read(struct arena *arena, struct str definition, struct letter_type_head *out, struct err *err) MUST_USE;

/* "agama" and the like, as definitions name the lists of the registry; CODE_NO_LIST: unknown. */
enum code_list letter_code_list(struct str word);
/* The i-th of what a select offers; false after the last. */
bool letter_field_option(struct arena *arena, const struct letter_field *field, size_t i, struct option *out);

/*
 * What a letter of the office itself is about, and to whom it goes, as its lists and the archive's search have it: one line, at most
 * LETTER_SAID_MOST signs. Without an answer the one is the type's name, the other "". One for somebody from elsewhere is about him.
 */
struct letter_said {
    struct str about, addressed;
};
struct letter_said letter_said_of(struct arena *arena, const struct letter_form *form, struct str type_name, const json_t *inputs);

/*
 * A value in its three forms: as it is kept (numbers and money as digits, dates as 2026-11-24, times as 08.30), as it stands in its box,
 * as the paper says it ("" when it is not asked). What is none of its kind is kept as it was typed, and has a fault.
 */
struct str letter_field_kept(struct arena *arena, const struct letter_field *field, struct str typed);
struct str letter_field_boxed(struct arena *arena, const struct letter_field *field, struct str kept);
struct str letter_field_printed(struct arena *arena, const struct letter_form *form, const struct letter_field *field,
                                const json_t *inputs);
/* The fault of a kept value, or STR_NONE. */
struct str letter_field_fault(struct arena *arena, const struct letter_field *field, struct str kept, struct date today);
/* Whether a field is asked when the others say that. */
bool letter_field_is_asked(struct arena *arena, const struct letter_form *form, const struct letter_field *field, const json_t *inputs);
/* Of answers, those to questions that are asked now; the caller owns the new reference. */
json_t *letter_inputs_asked(struct arena *arena, const struct letter_form *form, const json_t *inputs);

/*
 * The words a paper may use, for the subject ({nama}) and with _NAME for each person ({nama_pelapor}), of heirs some more; and of village
 * and letter.
 */
extern const struct letter_word letter_person_words[], letter_heir_words[], letter_office_words[];

/* What people call the values of a paper, in the order in which they read it. */
struct letter_label {
    const char *name;
    struct str label;
};
struct letter_labels {
    struct letter_label *p;
    size_t n;
};
struct letter_labels letter_value_labels(struct arena *arena, const struct letter_form *form);

/* Who signs: `position` in a sentence ("Sekretaris Desa Sampano"), `block` as it stands above the name, in lines. */
struct letter_signer {
    uint64_t id; /* of the official; 0: nobody is there to sign */
    struct str name, position, nip, block;
    struct str secretary, secretary_position; /* who promulgates what the head decides; "": nobody */
    bool by_esign;                            /* with a passphrase, by the regency's service; else by a key of the platform */
    struct opt_u64 agreed_by;                 /* the account from which he agreed to that service as it is set up now */
    bool is_unagreed;                         /* and that is missing: until then nothing is sent, and his letters wait */
};

/* What the paper needs besides the resident: all placeholders as text. */
struct letter_parts {
    const struct letter_identity *identity;
    const struct letter_subject *subject;
    const struct letter_signer *signer;
    const struct letter_form *form;
    const struct letter_people *people; /* NULL: of a type without */
    const json_t *inputs;
    struct str type_name, number_text;
    struct date date, valid_until;
    bool is_sample;
};
/*
 * The last day of a letter of that day: some months on, or the last day ahead that its answers name (a wedding, the way back), so that it
 * holds for what it is for; a day farther off than LETTER_AHEAD_DAYS is doubted and prolongs nothing. None when the type knows no end.
 */
enum { LETTER_AHEAD_DAYS = 731 };
struct date letter_valid_until(struct arena *arena, const struct letter_form *form, const json_t *inputs, struct date day, uint8_t months);

/* The values object of the paper tree: placeholder → final text. The caller owns the new reference. */
json_t *letter_values(struct arena *arena, const struct letter_parts *parts);

/* "Antrean 1 · Resi 48JTUQA5": what the kiosk's slip says and the resident reads out; "" of a letter that never had a slip. */
struct str letter_called(struct arena *arena, struct str receipt, struct opt_u64 queue_number);

/* Whom a letter is for, as lists say it: a name in its usual letters; of one of the office itself what it is about, as it was typed. */
struct str letter_whose(struct arena *arena, bool is_office, struct str stored);

/* What the applicant is called by now, where the paper has another name; else "". */
struct str letter_name_now(struct arena *arena, struct str paper, struct str now);

/* Of all prints those after the first; was_printed: the kiosk gave it out. And what the next one is called. */
uint64_t letter_reprints(uint64_t prints, bool was_printed);
struct str letter_print_label(uint64_t prints, bool was_printed);

/*
 * What must be answered and is not, or not wholly (a date), in the form's order. Of somebody who may be from elsewhere the question where
 * he is from stands for him.
 */
struct letter_lack {
    const struct letter_field *field;
    struct str label, words; /* within a sentence: "harga", "harga belum diisi" */
};
struct letter_lacks {
    struct letter_lack *p;
    size_t n;
};
struct letter_lacks letter_lacks(struct arena *arena, const struct letter_form *form, const json_t *inputs);
/* That label of a field, answered or not. */
struct str letter_field_needs(struct arena *arena, const struct letter_form *form, const struct letter_field *field);
/* Puts those words into the paper's values, {"unfilled": …}; what follows from a person who was not chosen says whom it follows. */
void letter_values_lack(struct arena *arena, const struct letter_form *form, const json_t *inputs, json_t *values);

/* What stands in the paper's values and no font of it can draw, or its sums and dates cannot use, in words that name where; STR_NONE:
 * nothing. */
struct str letter_undrawn(struct arena *arena, const struct letter_form *form, const json_t *values);

/* Who is dead, or not there, when an option is true: bits. */
enum { GONE_FATHER = 1, GONE_MOTHER = 2, GONE_SPOUSE = 4, GONE_BROTHERS = 8 };
/* One of "fits", taken apart: its option, for whom it is, and who is gone when it is true. */
struct letter_fit {
    struct str option;
    struct letter_traits traits;
    uint8_t gone;
};
/* false: it is none. */
bool letter_fit_read(struct str line, struct letter_fit *out);
/* What the type says about that option; false: nothing, it fits anybody. */
bool letter_option_fit(const struct letter_field *field, struct str option, struct letter_fit *out);
/* Whether the option may be chosen by somebody of that sex (0: not known, any may). */
bool letter_option_fits(const struct letter_field *field, struct str option, uint8_t sex);

/* The traits of a definition's "subject" or person. RC_INVALID: an unknown word, or bounds that bind nothing. */
enum rc letter_traits_read(struct arena *arena, const json_t *json, struct letter_traits *out, struct err *err) MUST_USE;
/* ", umur 17 tahun ke atas, yang belum kawin"; "" when they say nothing. */
struct str letter_traits_told(struct arena *arena, const struct letter_traits *traits);
bool letter_traits_any(const struct letter_traits *traits);

/* A letter as it is judged. people: NULL of a type without any. */
struct letter_matter {
    struct arena *arena;
    const struct letter_form *form;
    const struct letter_subject *subject;
    const struct letter_people *people;
    const json_t *inputs;
    struct date today;
};

enum letter_trait { TRAIT_SEX, TRAIT_STATUS, TRAIT_AGE, TRAIT_ROLE, TRAIT_RELIGION, TRAITS };
/* "tercatat kawin" where "yang belum kawin" is wanted; unknown: what the register lacks ("Status kawin"), else "". */
struct letter_unlike {
    struct str is, wanted, unknown;
};
/* Whether this person differs in this trait, or cannot be compared; of an outsider what was not asked never differs. */
bool letter_unlike(const struct letter_matter *m, const struct letter_traits *traits, const struct letter_subject *who,
                   enum letter_trait trait, struct letter_unlike *out);

/*
 * What is wrong with an answer by itself, or beside the others: of no kind, a year before birth (from_age 0), a date before the one that it
 * follows, an option of the other sex. In words; STR_NONE: nothing.
 */
struct str letter_answer_fault(struct arena *arena, const struct letter_form *form, const struct letter_field *field,
                               const struct letter_subject *subject, const json_t *inputs, struct date today);
/* The days between its two dates, both included, of a number that counts them; 0: they are not there. */
uint64_t letter_days_counted(struct arena *arena, const struct letter_field *field, const json_t *inputs);
/* What the register says where the field asks it (`known`), as it is kept; "": nothing. */
struct str letter_known(struct arena *arena, const struct letter_field *field, const struct letter_subject *who);

/*
 * What speaks against this letter for this person, in words for staff: against what its type says (age, sex, marital status, role), against
 * the register (birth, death, kin, numbers), against itself. An empty list: nothing. Whoever goes on all the same says why, which the
 * letter's history keeps beside the doubts, and who decides reads. What the register has otherwise is issued by nobody alone
 * (letter_is_delegated).
 */
struct letter_doubts {
    struct str *p;
    size_t n;
    bool is_against_register; /* at least one of them */
};
struct letter_doubts letter_doubts(const struct letter_matter *m);
/*
 * Why this letter cannot be at all, whatever the reason: somebody who must live is dead or gone, who must be dead lives, a strict age,
 * kin who cannot marry. "": it can.
 */
struct str letter_refusal(const struct letter_matter *m);

/*
 * Of a select with `places`: the option that the typed places say, against the village's own (Dukcapil's classes, from "Dalam satu desa" to
 * "Antarprovinsi": the options in this order, the last always between provinces). "": they are not all typed, or no option is for it.
 */
struct str letter_move_class(struct arena *arena, const struct letter_field *field, const struct letter_identity *village,
                             const json_t *inputs);
/* Of the same: the target is where the subject lives, or in the village and no option is for that. STR_NONE: it is not. */
struct str letter_move_fault(const struct letter_matter *m, const struct letter_field *field);

/* Of lists that the paper prints in two columns: a line whose parts a comma divides, not ';'. To be told, not a doubt. */
struct letter_doubts letter_commas(struct arena *arena, const struct letter_form *form, const json_t *inputs);

/*
 * Why no letter of this type may go on for this person, in words for staff; empty: it may. Most are for who lives here. People die and move
 * between the draft and the signature: each step of a letter refuses then, and each page of one says it before.
 */
struct str letter_not_living(struct arena *arena, const struct letter_form *form, const struct letter_subject *subject);
bool letter_may_have(const struct letter_form *form, uint8_t basic_status);
/*
 * Whether the operator's press issues it: the head delegated the type (policy seal), and he delegated its text, too. With a text of its own
 * (`paper`; STR_NONE: its type's), or where the register has it otherwise (`doubts`; NULL: of what is refused with doubts, as a pile's
 * line), somebody else reads it before it goes out.
 */
bool letter_is_delegated(struct str policy, struct str paper, const struct letter_doubts *doubts);

#endif
