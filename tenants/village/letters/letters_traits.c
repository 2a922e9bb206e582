// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a type says of a person, whoever it is (its subject, another one of the letter, who an option is for), and how somebody differs. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"

#define BIT(code) (1U << (code))

/* A word of definitions: what it says, as people are told it, and which codes of the registry it is. */
struct coded_word {
    const char *word;
    struct str told;
    uint32_t codes;
};

static const struct coded_word marital_words[] = {
    {"belum kawin", STR_INIT("yang belum kawin"), BIT(MARITAL_SINGLE)},
    {"kawin", STR_INIT("yang kawin"), BIT(MARITAL_MARRIED)},
    {"cerai hidup", STR_INIT("yang cerai hidup"), BIT(MARITAL_DIVORCED)},
    {"cerai mati", STR_INIT("yang cerai mati"), BIT(MARITAL_WIDOWED)},
    {"cerai", STR_INIT("yang cerai hidup atau cerai mati"), BIT(MARITAL_DIVORCED) | BIT(MARITAL_WIDOWED)},
    {"pernah kawin", STR_INIT("yang kawin atau pernah kawin"), BIT(MARITAL_MARRIED) | BIT(MARITAL_DIVORCED) | BIT(MARITAL_WIDOWED)},
    {"tidak kawin", STR_INIT("yang tidak sedang kawin"), BIT(MARITAL_SINGLE) | BIT(MARITAL_DIVORCED) | BIT(MARITAL_WIDOWED)}};

static const struct coded_word role_words[] = {
    {"kepala keluarga", STR_INIT("kepala keluarga"), BIT(SHDK_HEAD)},
    {"kepala atau pasangan", STR_INIT("kepala keluarga, suami, atau istri"), BIT(SHDK_HEAD) | BIT(SHDK_HUSBAND) | BIT(SHDK_WIFE)},
    {"bukan kepala", STR_INIT("yang bukan kepala keluarga"), ~BIT(SHDK_HEAD)}};

enum { RELIGION_ISLAM = 1 }; /* CODE_RELIGION */
static const struct coded_word religion_words[] = {{"Islam", STR_INIT("yang beragama Islam"), BIT(RELIGION_ISLAM)},
                                                   {"bukan Islam", STR_INIT("yang tidak beragama Islam"), ~BIT(RELIGION_ISLAM)}};

static const struct {
    const char *word;
    uint8_t gone;
} gone_words[] = {{"ayah meninggal", GONE_FATHER},
                  {"ibu meninggal", GONE_MOTHER},
                  {"orang tua meninggal", GONE_FATHER | GONE_MOTHER},
                  {"pasangan meninggal", GONE_SPOUSE},
                  {"tanpa saudara laki-laki", GONE_BROTHERS}};

static const struct coded_word *word_in(const struct coded_word *words, size_t n, struct str word)
{
    for (size_t i = 0; i < n; i++)
        if (str_is(word, words[i].word))
            return &words[i];
    return NULL;
}
#define WORD_IN(words, word) word_in(words, COUNT_OF(words), word)

/* Which of the registry's codes it is, as bits; 0: an unknown word. */
static uint32_t marital_codes(struct str word)
{
    const struct coded_word *found = WORD_IN(marital_words, word);

    return found != NULL ? found->codes : 0;
}

/* ---- read ---- */

/* "17 tahun", "17 tahun atau kawin", "di bawah 17 tahun". */
static bool read_age(struct str part, struct letter_traits *out)
{
    const bool is_below = str_starts(part, STR("di bawah ")), or_married = str_ends(part, STR(" tahun atau kawin"));
    struct str rest = is_below ? str_from(part, 9) : part;
    uint64_t years;

    if (!str_ends(rest, or_married ? STR(" tahun atau kawin") : STR(" tahun")) || (is_below && or_married))
        return false;
    rest = str_part(rest, 0, rest.n - (or_married ? 17 : 6));
    if (!str_to_u64(rest, &years) || years == 0)
        return false;
    out->or_married = or_married;
    *(is_below ? &out->age_most : &out->age) = some_u64(is_below ? years - 1 : years);
    return true;
}

static bool read_gone(struct str part, uint8_t *out)
{
    for (size_t i = 0; i < COUNT_OF(gone_words); i++)
        if (str_is(part, gone_words[i].word)) {
            *out |= gone_words[i].gone;
            return true;
        }
    return false;
}

bool letter_fit_read(struct str line, struct letter_fit *out)
{
    struct str rest = line, part;

    *out = (struct letter_fit){0};
    if (!str_cut(&rest, ';', &part) || str_empty(out->option = str_trim(part)) || rest.p == NULL)
        return false;
    while (rest.p != NULL && str_cut(&rest, ';', &part)) {
        part = str_trim(part);
        if (str_is(part, "L") || str_is(part, "P"))
            out->traits.sex = str_is(part, "L") ? SEX_MALE : SEX_FEMALE;
        else if (marital_codes(part) != 0)
            out->traits.status = part;
        else if (WORD_IN(role_words, part) != NULL)
            out->traits.role = part;
        else if (!read_age(part, &out->traits) && !read_gone(part, &out->gone))
            return false;
    }
    return true;
}

bool letter_option_fit(const struct letter_field *field, struct str option, struct letter_fit *out)
{
    for (size_t i = 0; i < field->fits.n; i++)
        if (letter_fit_read(field->fits.p[i], out) && str_eq(out->option, option))
            return true;
    return false;
}

bool letter_option_fits(const struct letter_field *field, struct str option, uint8_t sex)
{
    struct letter_fit fit;

    return sex == 0 || !letter_option_fit(field, option, &fit) || fit.traits.sex == 0 || fit.traits.sex == sex;
}

enum rc letter_traits_read(struct arena *arena, const json_t *json, struct letter_traits *out, struct err *err)
{
    const struct str sex = json_text(json, "sex");

    *out = (struct letter_traits){.sex = str_is(sex, "L")   ? SEX_MALE
                                         : str_is(sex, "P") ? SEX_FEMALE
                                                            : 0,
                                  .is_other_sex = str_is(sex, "lain"),
                                  .status = str_dup(arena, json_text(json, "status")),
                                  .role = str_dup(arena, json_text(json, "role")),
                                  .religion = str_dup(arena, json_text(json, "religion")),
                                  .age = letter_number_of(json, "age"),
                                  .age_most = letter_number_of(json, "age_most"),
                                  .or_married = json_bool(json, "or_married"),
                                  .is_strict = json_bool(json, "strict"),
                                  .age_on = str_dup(arena, json_text(json, "age_on")),
                                  .unless = str_dup(arena, json_text(json, "unless"))};
    if ((!str_empty(sex) && out->sex == 0 && !out->is_other_sex) || (!str_empty(out->status) && marital_codes(out->status) == 0) ||
        (!str_empty(out->role) && WORD_IN(role_words, out->role) == NULL) ||
        (!str_empty(out->religion) && WORD_IN(religion_words, out->religion) == NULL))
        return fail(err, RC_INVALID, "letter type: unknown \"sex\", \"status\", \"role\" or \"religion\" of a person");
    if (out->age.is_set && out->age_most.is_set && out->age.value > out->age_most.value)
        return fail(err, RC_INVALID, "letter type: a person's most age is below the least");
    if ((out->is_strict || out->or_married || !str_empty(out->unless) || !str_empty(out->age_on)) && !out->age.is_set &&
        !out->age_most.is_set)
        return fail(err, RC_INVALID, "letter type: \"strict\", \"or_married\", \"unless\" and \"age_on\" are of an age");
    return RC_OK;
}

bool letter_traits_any(const struct letter_traits *traits)
{
    return traits->sex != 0 || traits->is_other_sex || traits->age.is_set || traits->age_most.is_set || !str_empty(traits->status) ||
           !str_empty(traits->role) || !str_empty(traits->religion);
}

/* ---- compared ---- */

/* Day of birth, of who has none the one that the NIK says; none. */
static struct date born_on(const struct letter_subject *who, struct date today)
{
    struct date born = who->birth_date;
    bool is_female;

    if (date_is_none(born) && !nik_birth(who->nik, today, &born, &is_female))
        return (struct date){0};
    return born;
}

/* The registry's word or, of somebody from elsewhere, the form's. */
static const char *noted(const struct letter_subject *who)
{
    return who->id != 0 ? "tercatat" : "tertulis";
}

static bool coded_differs(struct arena *arena, const struct coded_word *wanted, const struct letter_subject *who, struct opt_u64 code,
                          enum code_list list, struct str title, struct letter_unlike *out)
{
    if (wanted == NULL || (!code.is_set && who->id == 0))
        return false;
    out->wanted = wanted->told;
    out->unknown = code.is_set ? STR("") : title;
    if (!code.is_set)
        return true;
    out->is = str_fmt(arena, "%s %.*s", noted(who), STR_ARG(text_lower(arena, code_label(list, (uint32_t)code.value))));
    return (wanted->codes & BIT(code.value)) == 0;
}

/* "umur 17 tahun ke atas, atau yang sudah kawin" */
static struct str age_wanted(struct arena *arena, const struct letter_traits *t)
{
    if (t->age.is_set && t->age_most.is_set)
        return str_fmt(arena, "umur %" PRIu64 " sampai %" PRIu64 " tahun", t->age.value, t->age_most.value);
    if (t->age_most.is_set)
        return str_fmt(arena, "umur paling tua %" PRIu64 " tahun", t->age_most.value);
    return str_fmt(arena, "umur %" PRIu64 " tahun ke atas%s", t->age.value, t->or_married ? ", atau yang sudah kawin" : "");
}

static bool age_differs(const struct letter_matter *m, const struct letter_traits *t, const struct letter_subject *who,
                        struct letter_unlike *out)
{
    const struct date born = born_on(who, m->today);
    const bool is_lifted = !str_empty(t->unless) && !str_empty(json_text(m->inputs, str_z(m->arena, t->unless)));
    struct date on = m->today;

    if ((!t->age.is_set && !t->age_most.is_set) || is_lifted || (date_is_none(born) && who->id == 0))
        return false;
    out->wanted = age_wanted(m->arena, t);
    out->unknown = date_is_none(born) ? STR("Tanggal lahir") : STR("");
    if (date_is_none(born))
        return true;
    const bool is_on = !str_empty(t->age_on) && date_parse(json_text(m->inputs, str_z(m->arena, t->age_on)), &on);
    if (!is_on)
        on = m->today;
    const bool is_born = date_compare(born, on) <= 0, is_married = who->marital.is_set && who->marital.value != MARITAL_SINGLE;
    const uint64_t years = is_born ? (uint64_t)date_age(born, on) : 0;
    out->is = !is_born ? str_fmt(m->arena, "belum lahir pada %.*s", STR_ARG(date_long(m->arena, on)))
                       : str_fmt(m->arena, "berumur %.*s%s%.*s", STR_ARG(date_age_text(m->arena, born, on)), is_on ? " pada " : "",
                                 STR_ARG(is_on ? date_long(m->arena, on) : STR("")));
    return (t->age.is_set && years < t->age.value && !(t->or_married && is_married)) || (t->age_most.is_set && years > t->age_most.value);
}

bool letter_unlike(const struct letter_matter *m, const struct letter_traits *t, const struct letter_subject *who, enum letter_trait trait,
                   struct letter_unlike *out)
{
    *out = (struct letter_unlike){STR(""), STR(""), STR("")};
    switch (trait) {
    case TRAIT_SEX:
        out->is = str_fmt(m->arena, "%s %.*s", noted(who), STR_ARG(text_lower(m->arena, code_label(CODE_SEX, who->sex))));
        out->wanted = text_lower(m->arena, code_label(CODE_SEX, t->sex));
        return t->sex != 0 && who->sex != 0 && who->sex != t->sex;
    case TRAIT_STATUS:
        return coded_differs(m->arena, WORD_IN(marital_words, t->status), who, who->marital, CODE_MARITAL, STR("Status kawin"), out);
    case TRAIT_AGE:
        return age_differs(m, t, who, out);
    case TRAIT_ROLE:
        return coded_differs(m->arena, WORD_IN(role_words, t->role), who, who->family_role, CODE_FAMILY_ROLE,
                             STR("Hubungan dalam keluarga"), out);
    case TRAIT_RELIGION:
        return coded_differs(m->arena, WORD_IN(religion_words, t->religion), who, who->religion, CODE_RELIGION, STR("Agama"), out);
    case TRAITS:
        break;
    }
    return false;
}

struct str letter_traits_told(struct arena *arena, const struct letter_traits *t)
{
    const struct coded_word *words[] = {WORD_IN(marital_words, t->status), WORD_IN(role_words, t->role),
                                        WORD_IN(religion_words, t->religion)};
    struct buf out = {.arena = arena};

    if (t->is_other_sex)
        buf_fmt(&out, ", jenis kelaminnya lain");
    if (t->age.is_set || t->age_most.is_set)
        buf_fmt(&out, ", %.*s%s", STR_ARG(age_wanted(arena, t)), t->is_strict ? " (umur lain ditolak)" : "");
    if (!str_empty(t->age_on))
        buf_fmt(&out, " pada %.*s", STR_ARG(t->age_on));
    if (!str_empty(t->unless))
        buf_fmt(&out, " kecuali %.*s diisi", STR_ARG(t->unless));
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (words[i] != NULL)
            buf_fmt(&out, ", %.*s", STR_ARG(words[i]->told));
    return buf_str(&out);
}
