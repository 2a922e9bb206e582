// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/training.h"

#include "server/web/audit.h"
#include "server/web/feature.h"
#include "server/web/pagecache.h"
#include "server/web/password.h"
#include "server/web/staff_rows_sql.h"
#include "tenants/control/training_control_sql.h"
#include "tenants/control/training_sql.h"
#include "tenants/directory/village_rows_sql.h"
#include "tenants/village/kiosk/kiosk.h"
#include "tenants/village/staff/identity_rows_sql.h"
#include "tenants/village/staff/staff.h"
#include "workers/queue/queue.h"

enum { PASSWORD_SIGNS = 14 }; /* of 31: 69 bits */

struct writing {
    struct arena *arena;
    const struct training *t;
    const struct village *village;
    const struct training_people *people;
    struct training_result *out;
    struct str hashes[TRAINING_ACCOUNTS];
    bool was_sample;
};

/* ---- the mark first: people who do not exist are never shown without it ---- */

struct marking {
    struct str code;
    bool is_sample;
    bool was_sample;
};

static enum rc mark_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct marking *m = ctx;
    struct training_mark mark;

    TRY(sql_training_is_sample(txn, m->code, &mark, err));
    if (!str_is(mark.step, "ready"))
        return fail(err, RC_CONFLICT, "village %.*s is not ready: provision it first", STR_ARG(m->code));
    m->was_sample = mark.is_sample;
    TRY(sql_training_mark(txn, m->code, m->is_sample, NULL, err));
    return directory_moved(txn, err);
}

/* ---- accounts ---- */

static const struct {
    const char *word, *username, *position;
    size_t official; /* whose name; the head's is the first, the secretary's the second */
} accounts[TRAINING_ACCOUNTS] = {
    {"clerk", "operator", "Operator", 4},
    {"secretary", "sekretaris", "Sekretaris Desa", 1},
    {"head", "kades", "Kepala Desa", 0},
    {"editor", "editor", "Pengelola situs", 5},
};

/* Random and hashed before the transaction, which may run several times. */
static enum rc accounts_prepare(struct writing *w, struct err *err)
{
    for (size_t i = 0; i < TRAINING_ACCOUNTS; i++) {
        struct training_account *a = &w->out->accounts[i];

        a->role = accounts[i].word;
        a->name = w->people->officials[accounts[i].official].name;
        a->username = str_c(accounts[i].username);
        a->password = random_word(w->arena, PASSWORD_SIGNS);
        TRY(password_hash(w->arena, w->t->pepper, a->password, &w->hashes[i], err));
    }
    return RC_OK;
}

static enum rc account_write(const struct writing *w, struct txn *txn, size_t i, struct err *err)
{
    const struct training_account *a = &w->out->accounts[i];
    struct training_staff known;
    bool is_known;
    uint64_t id;

    TRY(sql_training_staff_of(in_txn(txn), a->username, &known, &is_known, err));
    if (is_known)
        return sql_training_staff_password(txn, known.id, w->hashes[i], NULL, err);
    const struct staff_new staff = {
        .username = a->username,
        .name = a->name,
        .position = str_c(accounts[i].position),
        .role = str_c(accounts[i].word),
        .password_hash = w->hashes[i],
    };

    return staff_add(txn, &staff, &id, err);
}

/* ---- everything else ---- */

static enum rc officials_write(const struct writing *w, struct txn *txn, struct err *err)
{
    const struct training_people *people = w->people;
    struct training_officials_put_in *rows = ARENA_ARRAY(w->arena, struct training_officials_put_in, people->officials_n);
    struct training_officials known;

    TRY(sql_training_officials_known(txn, &known, err));
    if (known.n > 0)
        return RC_OK;
    for (size_t i = 1; i < people->officials_n; i++)
        rows[i - 1] = (struct training_officials_put_in){people->officials[i].name, people->officials[i].position,
                                                         str_c(people->officials[i].office), (uint16_t)(i * 10)};
    TRY(official_set_head(txn, people->officials[0].name, people->officials[0].position, STR(""), err));
    return sql_training_officials_put(txn, rows, people->officials_n - 1, err);
}

static enum rc identity_write(const struct writing *w, struct txn *txn, struct err *err)
{
    struct str address = str_fmt(w->arena, "Jalan Contoh Nomor 1, Dusun %.*s", STR_ARG(w->people->hamlets[0]));
    const char *zone = zone_name(zone_of_area(village_db_code(in_txn(txn))));
    struct str hours = str_fmt(w->arena, "Senin sampai Jumat, 08.00–15.00 %s", zone);

    return sql_training_identity(txn, address, STR("0812 0000 0000"), hours, STR(""), w->t->now, NULL, err);
}

/* Locks first: the registry's writers wait for one another there. */
static enum rc write_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct writing *w = ctx;
    struct training_lock lock;
    struct training_state state;

    TRY(audit_lock(txn, err));
    TRY(sql_training_lock(txn, &lock, err));
    TRY(sql_training_state(txn, &state, err));
    if (!w->was_sample && (state.has_people || state.has_staff))
        return fail(err, RC_CONFLICT, "village %.*s has people of its own: it is no place for training", STR_ARG(w->village->code));
    TRY(officials_write(w, txn, err)); /* these, people and accounts first: the rooms' rows may name them */
    if (!state.has_people)
        TRY(registry_write_rows(txn, w->people->rows, w->people->n, NULL, w->t->now, err));
    for (size_t i = 0; i < TRAINING_ACCOUNTS; i++)
        TRY(account_write(w, txn, i, err));
    if (!state.has_people) {
        for (const struct feature *const *f = w->t->features; *f != NULL; f++)
            if ((*f)->training != NULL)
                TRY((*f)->training(txn, utc_date(w->t->now, zone_of_area(w->village->code)), err));
    }
    TRY(identity_write(w, txn, err));
    TRY(page_epoch_bump(txn, err));
    TRY(outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err));

    const struct audit row = {.at = w->t->now,
                              .actor_name = STR("balaictl"),
                              .action = STR("village.training"),
                              .subject = str_fmt(w->arena, "village:%.*s", STR_ARG(w->village->code)),
                              .detail = str_fmt(w->arena, "{\"residents\":%zu}", w->people->n)};

    return audit_put(txn, &row, err);
}

/* Adults who live there, of both sexes, spread over the village. */
static void residents_show(const struct training_people *people, struct training_result *out)
{
    struct date adult = date_add_months(training_day(), -12 * 25);
    size_t n = 0, step = people->n / (2 * TRAINING_SHOWN);

    for (size_t i = 0; i < people->n && n < TRAINING_SHOWN; i++) {
        const struct resident_row *r = &people->rows[i];

        if (i < n * step || r->basic_status != 1 || date_compare(r->birth_date, adult) > 0 || r->sex != 1 + n % 2)
            continue;
        out->residents[n].nik = r->nik;
        out->residents[n].name = r->name;
        out->residents[n].birth = r->birth_date;
        n++;
    }
    out->residents_n = people->n;
    out->families_n = people->families;
}

/* ---- the kiosk: cards and PINs of those shown, a code for devices ---- */

struct equipping {
    const struct writing *w;
    uint64_t ids[TRAINING_SHOWN]; /* 0: has moved away since */
    struct str pin_hashes[TRAINING_SHOWN];
};

static enum rc equip_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct equipping *e = ctx;
    const struct writing *w = e->w;

    TRY(kiosk_training_code(txn, w->t->directory, w->village->code, w->out->kiosk_code, w->t->now, err));
    for (size_t i = 0; i < TRAINING_SHOWN; i++)
        if (e->ids[i] != 0)
            TRY(kiosk_training_card(txn, w->t->directory, w->village->code, e->ids[i], w->out->residents[i].card_uid, e->pin_hashes[i],
                                    w->t->now, err));
    return RC_OK;
}

/* After the people are there: a PIN's hash is bound to the resident's id. */
static enum rc kiosk_equip(const struct writing *w, struct village_db *db, struct err *err)
{
    struct equipping e = {.w = w};

    w->out->kiosk_code = kiosk_random_code(w->arena);
    for (size_t i = 0; i < TRAINING_SHOWN && w->out->residents[i].nik.n > 0; i++) {
        struct str nik = w->out->residents[i].nik;
        enum rc rc = kiosk_training_resident_id(db, nik, &e.ids[i], err);

        if (rc == RC_NOT_FOUND)
            continue;
        TRY(rc);
        w->out->residents[i].pin = kiosk_random_pin(w->arena, nik, w->out->residents[i].birth);
        w->out->residents[i].card_uid = kiosk_random_card(w->arena);
        TRY(password_hash(w->arena, w->t->pepper, kiosk_pin_text(w->arena, w->village->code, e.ids[i], w->out->residents[i].pin),
                          &e.pin_hashes[i], err));
    }
    return txn_run(db, equip_body, &e, err);
}

enum rc training_village(const struct training *t, struct arena *arena, struct str code, struct training_result *out, struct err *err)
{
    struct control_db *control = store_control(t->store, arena);
    struct writing w = {.arena = arena, .t = t, .out = out};
    struct training_people people;
    struct marking marking = {.code = code, .is_sample = true};
    struct village_db *db;
    struct err unmark_err;

    *out = (struct training_result){0};
    TRY(directory_refresh(t->directory, control, false, err));
    TRY(directory_by_code(t->directory, arena, code, &w.village, err));
    training_people_make(arena, &(struct training_place){code, w.village->name}, &people);
    w.people = &people;
    TRY(accounts_prepare(&w, err));
    TRY(directory_open(t->directory, t->store, arena, code, &db, err));
    TRY(control_txn_run(control, mark_body, &marking, err));
    w.was_sample = marking.was_sample;
    enum rc rc = txn_run(db, write_body, &w, err);

    if (rc == RC_CONFLICT && !marking.was_sample) {
        marking.is_sample = false;
        if (control_txn_run(control, mark_body, &marking, &unmark_err) != RC_OK)
            log_err("training_unmark", &unmark_err);
    }
    TRY(rc);
    residents_show(&people, out);
    return kiosk_equip(&w, db, err);
}
