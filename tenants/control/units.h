// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The list of a regency's villages as people have it: tab-separated text with
 * the headers code, kind, name, district_code, district, lat, lng in any order
 * (district_code, lat and lng may be left out), or, as people here write them,
 * kode, jenis, nama, kode kecamatan, kecamatan, lintang, bujur. Codes with or without dots,
 * kinds as "desa"/"kelurahan" or "D"/"K", CRLF and a byte order mark forgiven.
 * Every bad line is named, all at once; a list with a fault is used for nothing.
 */
#ifndef BALAI_UNITS_H
#define BALAI_UNITS_H

#include "server/base/base.h"

struct unit_row {
    size_t line;              /* of the file, from 1 */
    struct str code;          /* 10 digits */
    bool is_desa;             /* else kelurahan: in the tree, never hosted */
    struct str name;          /* without "Desa " or "Kelurahan " before it */
    struct str district_code; /* 6 digits */
    struct str district;
    struct str name_written, district_written; /* as the list has them */
    bool has_point;
    double lat, lng;
};

struct unit_fault {
    size_t line;      /* 0: the file as a whole */
    struct str value; /* as written, at most 60 code points */
    const char *english, *indonesian;
};

struct unit_list {
    struct unit_row *p; /* in the file's order */
    size_t n;
    struct unit_fault *faults; /* in the file's order */
    size_t faults_n;
};

/* Reads text; everything in the arena. Not a failure when there are faults: look at faults_n. units_districts comes next. */
void units_read(struct arena *arena, struct str text, struct unit_list *out);

/*
 * Adds the faults of rows that name one district differently: of those that do not have its name. What it is called name_of says
 * (STR_NONE: it does not know; NULL: nobody asks), else the first of its rows. The faults stand in the file's order again.
 */
void units_districts(struct arena *arena, struct unit_list *list, struct str (*name_of)(const void *ctx, struct str code), const void *ctx);

/* In the file's order, after some were added. */
void unit_faults_order(struct unit_list *list);

/* As units_read and units_districts of a file. RC_INVALID when it cannot be read or is over 8 MiB. */
enum rc units_read_file(struct arena *arena, const char *path, struct unit_list *out, struct err *err) MUST_USE;

/* Adds a fault that the reader cannot see; beyond 500 none is added. */
void unit_fault_put(struct arena *arena, struct unit_list *list, size_t line, struct str value, const char *english, struct str indonesian);

/* "73.17.01.2005" or "7317012005" → 10 digits; STR_NONE when it is no village code. */
struct str unit_code(struct arena *arena, struct str s);
/* "7317012005" → "73.17.01.2005", "731701" → "73.17.01". */
struct str unit_dotted(struct arena *arena, struct str code);
/* A place's name without the word for what it is: "Desa Sampano" → "Sampano", "Kec. Bua" → "Bua". */
struct str unit_bare_name(struct str name);
/* What the name of a village or district may not have in it, in words; NULL: it may be one. */
const char *unit_name_fault(struct str name);

/* ---- host names ---- */

/* "To'long" → "tolong", "Buntu Awo'" → "buntu-awo": lower case, apostrophes dropped, spaces to hyphens, other characters dropped. At most
 * 60 bytes; may be empty. */
struct str slug_of(struct arena *arena, struct str name);
/* Names the platform keeps for itself. */
bool slug_is_reserved(struct str slug);

/* A village among whose names a slug is chosen. */
struct slug_seat {
    struct str code, name, district;
    struct str slug; /* p != NULL: has it for good */
};
/*
 * Gives every seat without a slug its own: the name's, or with the district
 * added when another seat has a name of the same slug or it is reserved, or
 * with the code when even that is taken. Depends only on the seats, not on
 * their order.
 */
void slugs_assign(struct arena *arena, struct slug_seat *seats, size_t n);

#endif
