// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The population of a training village: about 1,800 people who do not exist,
 * in families, hamlets, ages and trades such as a village of Luwu has. The same
 * village code gives the same people on any day and machine. Every NIK is
 * plainly none of Dukcapil's: the village's own region, a birth date by the
 * rule, and a serial from 9000 up. Such a village carries DATA CONTOH on every
 * page and paper (control.village.is_sample), and is refused when the village
 * already has people of its own.
 */
#ifndef BALAI_TRAINING_H
#define BALAI_TRAINING_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/store/store.h"
#include "tenants/directory/directory.h"
#include "tenants/village/residents/registry.h"

struct feature;

/* ---- people, without I/O ---- */

struct training_place {
    struct str code;    /* 10 digits: the seed */
    struct str village; /* "Sampano" */
};
struct training_official {
    struct str name, position; /* "Kepala Desa Sampano" */
    const char *office;        /* head, secretary, section, hamlet */
};
struct training_people {
    struct resident_row *rows;
    size_t n, families;
    struct str *hamlets;
    size_t hamlets_n;
    struct training_official *officials; /* the head first, then the secretary */
    size_t officials_n;
};
/* Everything in the arena. */
void training_people_make(struct arena *arena, const struct training_place *place, struct training_people *out);
/* The day on which these people have their ages. */
struct date training_day(void);

/* ---- into a village ---- */

struct training_account {
    const char *role; /* word of the role: "clerk" … */
    struct str name, username, password;
};
enum { TRAINING_ACCOUNTS = 4, TRAINING_SHOWN = 5 };
struct training_result {
    struct training_account accounts[TRAINING_ACCOUNTS];
    struct {
        struct str nik, name, pin, card_uid;
        struct date birth;
    } residents[TRAINING_SHOWN]; /* adults alive, to try things with: a card to tap and a PIN to type */
    struct str kiosk_code;       /* enrols kiosks again and again */
    size_t residents_n, families_n;
};

struct training {
    struct directory *directory;
    struct store *store;
    const unsigned char *pepper;
    utc_us now;
    const struct feature *const *features; /* whose `training` is asked; ended by NULL */
};
/*
 * Marks the village as sample, then writes people, what features show of
 * themselves, officials and accounts with fresh random passwords in one
 * transaction. Again: the same people, new passwords. RC_CONFLICT when the village has people and is no sample.
 */
enum rc training_village(const struct training *t, struct arena *arena, struct str code, struct training_result *out,
                         struct err *err) MUST_USE;

#endif
