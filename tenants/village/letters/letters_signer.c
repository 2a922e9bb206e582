// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_signer.h"

#include "server/base/json.h"
#include "server/base/text.h"

#define NO_HEAD "Kepala desa belum diisi, atau masa jabatannya sudah berakhir. Isi di Pengaturan dulu."

static const struct letter_official *official_by_id(const struct letter_official_rows *all, uint64_t id)
{
    for (size_t i = 0; id != 0 && i < all->n; i++)
        if (all->p[i].id == id)
            return &all->p[i];
    return NULL;
}

static bool is_in_office(const struct letter_official *o, struct date today)
{
    return (date_is_none(o->since) || date_compare(o->since, today) <= 0) &&
           (date_is_none(o->ends_on) || date_compare(o->ends_on, today) >= 0);
}

static const struct letter_official *official_of(const struct letter_official_rows *all, const char *office, struct date today)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_is(all->p[i].office, office) && is_in_office(&all->p[i], today))
            return &all->p[i];
    return NULL;
}

static bool is_away(const struct letter_official *o, struct date today)
{
    return !date_is_none(o->away_from) && date_compare(o->away_from, today) <= 0 &&
           (date_is_none(o->away_until) || date_compare(o->away_until, today) >= 0);
}

/* "Plh. Kepala Desa Sampano"; without a standing the position alone. */
static struct str with_standing(struct arena *arena, struct str standing, struct str position)
{
    const char *word = str_is(standing, "pj") ? "Pj. " : str_is(standing, "plt") ? "Plt. " : str_is(standing, "plh") ? "Plh. " : "";

    return str_fmt(arena, "%s%.*s", word, STR_ARG(position));
}

/* A position as a sentence names it, with the village: "Sekretaris Desa Sampano". */
static struct str position_here(struct arena *arena, struct str position, struct str village)
{
    if (str_find(position, village) >= 0)
        return position;
    return str_fmt(arena, "%.*s %s%.*s", STR_ARG(position), str_ends(position, STR("Desa")) ? "" : "Desa ", STR_ARG(village));
}

/* Who signs in the head's name: "a.n. Kepala Desa Sampano", then himself, who is below the secretary under the secretary's position. */
static struct str delegated(struct arena *arena, struct str village, const struct letter_official *o, struct str position)
{
    if (str_is(o->office, "secretary"))
        return str_fmt(arena, "a.n. Kepala Desa %.*s\n%.*s", STR_ARG(village), STR_ARG(position));
    return str_fmt(arena, "a.n. Kepala Desa %.*s\nSekretaris Desa\nu.b.\n%.*s", STR_ARG(village), STR_ARG(position));
}

static struct letter_signer as_himself(struct arena *arena, struct str village, const struct letter_official *o)
{
    struct str position = with_standing(arena, o->standing, o->position);
    struct letter_signer out = {.id = o->id,
                                .name = o->name,
                                .nip = o->nip,
                                .position = position_here(arena, position, village),
                                .by_esign = !str_empty(o->esign_nik),
                                .agreed_by = o->agreed_by};

    out.block = str_is(o->office, "head") ? position : delegated(arena, village, o, position);
    return out;
}

/* In the place of somebody who is away: under that position where "Plh." or "Plt." was said, else in the head's name. */
static struct letter_signer as_substitute(struct arena *arena, struct str village, const struct letter_official *away,
                                          const struct letter_official *o)
{
    if (str_empty(away->substitute_as))
        return as_himself(arena, village, o);
    struct str position = with_standing(arena, away->substitute_as, away->position);

    return (struct letter_signer){.id = o->id,
                                  .name = o->name,
                                  .nip = o->nip,
                                  .position = position_here(arena, position, village),
                                  .by_esign = !str_empty(o->esign_nik),
                                  .agreed_by = o->agreed_by,
                                  .block = str_is(away->office, "head") ? position : delegated(arena, village, away, position)};
}

/* Who does an official's work while he is away; NULL: he himself. */
static const struct letter_official *substitute_of(const struct letter_official_rows *all, const struct letter_official *own,
                                                   struct date today)
{
    const struct letter_official *o = is_away(own, today) && own->substitute_id.is_set ? official_by_id(all, own->substitute_id.value)
                                                                                       : NULL;

    return o != NULL && is_in_office(o, today) ? o : NULL;
}

static void choose(struct arena *arena, const struct letter_official_rows *all, struct str village, uint64_t type_signer,
                   const struct letter_decider *decider, struct date today, struct letter_signer *out, struct str *why_out)
{
    const struct letter_official *head = official_of(all, "head", today), *own = official_by_id(all, type_signer),
                                 *me = official_by_id(all, decider->official_id), *substitute;

    if (own == NULL || !is_in_office(own, today)) /* who left office signs no more: the head does */
        own = head;
    *out = (struct letter_signer){
        .name = STR("(kepala desa belum diisi)"), .nip = STR(""), .position = STR("Kepala Desa"), .block = STR("Kepala Desa")};
    *why_out = own == NULL ? STR(NO_HEAD) : STR("");
    if (own == NULL)
        return;
    substitute = substitute_of(all, own, today);
    if (me != NULL && (me == own || me == head)) {
        *out = as_himself(arena, village, me);
        return;
    }
    *out = substitute != NULL ? as_substitute(arena, village, own, substitute) : as_himself(arena, village, own);
    if (!decider->is_known || (me != NULL && me == substitute) || (me == NULL && !decider->must_be_linked))
        return;
    *why_out =
        me == NULL
            ? STR("Akun Anda belum dihubungkan dengan perangkat desa, jadi tidak dapat menandatangani. Hubungkan di Pengaturan, Perangkat.")
            : str_fmt(arena, "Surat ini ditandatangani %.*s. Anda tidak menggantikannya hari ini.", STR_ARG(out->name));
}

/* Who promulgates what the head decides (Permendagri 111/2014, annex: "Diundangkan"): the secretary, or who stands for him. */
static void put_secretary(struct arena *arena, const struct letter_official_rows *all, struct str village, struct date today,
                          struct letter_signer *out)
{
    const struct letter_official *own = official_of(all, "secretary", today),
                                 *substitute = own != NULL ? substitute_of(all, own, today) : NULL;
    const struct letter_signer who = own == NULL          ? (struct letter_signer){.name = STR(""), .position = STR("Sekretaris Desa")}
                                     : substitute != NULL ? as_substitute(arena, village, own, substitute)
                                                          : as_himself(arena, village, own);

    out->secretary = who.name;
    out->secretary_position = position_here(arena, who.position, village);
}

void letter_signer_of(struct arena *arena, const struct letter_official_rows *all, struct str village, uint64_t type_signer,
                      const struct letter_decider *decider, struct date today, struct letter_signer *out, struct str *why_out)
{
    choose(arena, all, village, type_signer, decider, today, out, why_out);
    put_secretary(arena, all, village, today, out);
}

enum rc letter_official_of(struct village_db *db, uint64_t account_id, uint64_t *official_out, struct err *err)
{
    struct letter_account account;
    bool is_there;

    TRY(sql_letter_account(db, account_id, &account, &is_there, err));
    *official_out = is_there && account.official_id.is_set ? account.official_id.value : 0;
    return RC_OK;
}

/* Whoever may sign by the service does so once he has agreed, from the account that he signs with, to where his passphrase goes. */
static void must_have_agreed(struct letter_signer *signer, uint64_t account_id, struct str *why)
{
    signer->is_unagreed = signer->by_esign && str_empty(*why) &&
                          (account_id == 0 ? !signer->agreed_by.is_set : signer->agreed_by.value != account_id);
    if (signer->is_unagreed && account_id != 0)
        *why = STR(LETTER_UNAGREED);
}

enum rc letter_account_may(struct village_db *db, uint64_t account_id, const char *right, struct date today, bool *may_out, struct err *err)
{
    struct letter_account_may row;

    TRY(sql_letter_account_may(db, account_id, str_c(right), today, &row, err));
    *may_out = row.may;
    return RC_OK;
}

enum rc letter_signer_find(struct village_db *db, struct str village, uint64_t type_signer, uint64_t account_id, struct str policy,
                           struct date today, struct letter_signer *out, struct str *why_out, struct err *err)
{
    struct letter_decider decider = {.is_known = account_id != 0, .must_be_linked = str_is(policy, "sign")};
    struct letter_official_rows all;

    TRY(sql_letter_officials(db, &all, err));
    if (account_id != 0)
        TRY(letter_official_of(db, account_id, &decider.official_id, err));
    letter_signer_of(village_db_arena(db), &all, village, type_signer, &decider, today, out, why_out);
    out->by_esign &= !str_is(policy, "seal");
    if (out->by_esign && decider.is_known && decider.official_id != out->id && str_empty(*why_out)) /* nobody types another's passphrase */
        *why_out = str_fmt(village_db_arena(db),
                           "Surat ini ditandatangani %.*s dengan BSrE, dari akunnya sendiri. Hubungkan akun itu di Pengaturan, Perangkat.",
                           STR_ARG(out->name));
    must_have_agreed(out, account_id, why_out);
    return RC_OK;
}

enum rc letter_signer_numbered(struct village_db *db, uint64_t signer_id, uint64_t account_id, struct date today, struct letter_signer *out,
                               struct str *why_out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    const struct letter_official *own;
    struct letter_official_rows all;
    uint64_t mine;

    TRY(sql_letter_officials(db, &all, err));
    own = official_by_id(&all, signer_id);
    *out = own != NULL ? as_himself(arena, STR(""), own) : (struct letter_signer){.id = signer_id, .name = STR("(tidak lagi menjabat)")};
    *why_out = STR("");
    if (account_id == 0) {
        must_have_agreed(out, 0, why_out);
        return RC_OK;
    }
    TRY(letter_official_of(db, account_id, &mine, err));
    if (own == NULL || !is_in_office(own, today))
        *why_out = STR("Surat ini sudah bernomor, dan penandatangannya tidak lagi menjabat. Cabut surat ini, lalu buat penggantinya.");
    else if (mine != own->id)
        *why_out = str_fmt(
            arena,
            "Surat ini sudah bernomor dan menunggu tanda tangan %.*s, dari akunnya sendiri. Tidak bisa ditunggu? Cabut surat "
            "ini, lalu buat penggantinya.",
            STR_ARG(own->name));
    must_have_agreed(out, account_id, why_out);
    return RC_OK;
}

struct str letter_signed_as(const json_t *values)
{
    struct str block = json_text(values, "blok_penandatangan");

    return str_empty(block) ? json_text(values, "jabatan_penandatangan") : block;
}

struct str letter_capacity(struct arena *arena, struct str block)
{
    struct str out = str_replace(arena, block, STR("\nu.b.\n"), STR(", u.b. "));

    return str_replace(arena, out, STR("\n"), STR(", "));
}
