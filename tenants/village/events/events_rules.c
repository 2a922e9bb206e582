// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/events/events_rules.h"

#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/nik.h"

static const struct {
    struct str word, path, label;
    const char *audit;
} kinds[] = {[EVENT_NONE] = {STR_INIT(""), STR_INIT(""), STR_INIT(""), ""},
#define X(name, word, path, label) [EVENT_##name] = {STR_INIT(word), STR_INIT(path), STR_INIT(label), "event." word},
             EVENT_KINDS(X)
#undef X
};

struct str event_word(enum event_kind kind)
{
    return kinds[kind].word;
}

struct str event_label(enum event_kind kind)
{
    return kinds[kind].label;
}

const char *event_audit(enum event_kind kind)
{
    return kinds[kind].audit;
}

const struct event_words *event_words_of(enum event_kind kind)
{
    static const struct event_words words[] = {
        [EVENT_NONE] = {"", "", "", "", "", false, false},
        [EVENT_BIRTH] = {"Catat kelahiran", "Kelahiran tercatat", "Tanggal lahir", "Tempat lahir", "Nomor akta kelahiran", true, false},
        [EVENT_ARRIVAL] = {"Catat kedatangan", "Kedatangan tercatat", "Tanggal datang", "Alamat asal", "Nomor surat pindah", true, false},
        [EVENT_DEATH] = {"Catat kematian", "Kematian tercatat", "Tanggal meninggal", "Tempat meninggal", "Nomor akta kematian", true, true},
        [EVENT_MOVE_OUT] = {"Catat kepindahan", "Kepindahan tercatat", "Tanggal pindah", "Alamat tujuan", "Nomor surat pindah", true,
                            false},
        [EVENT_MISSING] = {"Catat orang hilang", "Orang hilang tercatat", "Hilang sejak", "Tempat terakhir terlihat",
                           "Nomor laporan polisi", false, true},
        [EVENT_FOUND] = {"Catat orang ditemukan", "Orang ditemukan tercatat", "Tanggal ditemukan", "Tempat ditemukan",
                         "Nomor surat keterangan", false, true},
    };

    return &words[kind];
}

enum event_kind event_of_word(struct str word)
{
    for (int k = EVENT_NONE + 1; k < EVENT_END; k++)
        if (str_eq(kinds[k].word, word))
            return (enum event_kind)k;
    return EVENT_NONE;
}

enum event_kind event_of_path(struct str path)
{
    for (int k = EVENT_NONE + 1; k < EVENT_END; k++)
        if (str_eq(kinds[k].path, path))
            return (enum event_kind)k;
    return EVENT_NONE;
}

uint8_t event_status(enum event_kind kind)
{
    switch (kind) {
    case EVENT_DEATH:
        return STATUS_DEAD;
    case EVENT_MOVE_OUT:
        return STATUS_MOVED;
    case EVENT_MISSING:
        return STATUS_MISSING;
    default:
        return STATUS_ALIVE;
    }
}

uint8_t event_status_back(uint8_t status_before)
{
    return status_before != 0 ? status_before : STATUS_NOT_VALID;
}

enum { OLDEST = 130 }; /* years, as in the import */

struct str event_date_fault(enum event_kind kind, struct date day, struct date born, struct date today)
{
    if (date_is_none(day))
        return STR("");
    if (date_compare(day, today) > 0)
        return STR("Tanggal ini belum terjadi. Periksa tahunnya.");
    if (kind != EVENT_BIRTH && !date_is_none(born) && date_compare(day, born) < 0)
        return STR("Tanggal ini sebelum tanggal lahirnya. Periksa tahunnya.");
    if (date_age(day, today) > OLDEST)
        return STR("Tanggal ini lebih dari 130 tahun yang lalu. Periksa tahunnya.");
    return STR("");
}

enum event_side event_side_of(enum event_kind kind, struct date day, bool is_after, struct str other, struct date other_day)
{
    bool is_event = event_of_word(other) != EVENT_NONE;
    int c = date_compare(day, other_day);

    if (kind == EVENT_BIRTH || (is_event && !is_after))
        return c > 0 ? EVENT_TOO_LATE : EVENT_SIDE_RIGHT;
    if (kind == EVENT_DEATH || is_event)
        return c < 0 ? EVENT_TOO_EARLY : EVENT_SIDE_RIGHT;
    return EVENT_SIDE_RIGHT;
}

struct str event_did(struct str other)
{
    switch (event_of_word(other)) {
    case EVENT_BIRTH:
        return STR("lahir");
    case EVENT_ARRIVAL:
        return STR("datang");
    case EVENT_DEATH:
        return STR("meninggal");
    case EVENT_MOVE_OUT:
        return STR("pindah");
    case EVENT_MISSING:
        return STR("hilang");
    case EVENT_FOUND:
        return STR("ditemukan");
    default:
        return str_is(other, "divorce") ? STR("bercerai") : STR("menikah");
    }
}

struct str nik_fault(struct str nik, struct date born, bool is_female, struct date today)
{
    struct date claimed;
    bool claims_female;

    if (nik.n != 16 || nik_is_temporary(nik) || date_is_none(born))
        return STR("");
    if (!nik_birth(nik, today, &claimed, &claims_female))
        return STR("NIK tidak memuat tanggal lahir yang benar. Cocokkan dengan dokumennya.");
    if (claimed.day != born.day || claimed.month != born.month || claimed.year % 100 != born.year % 100)
        return STR("NIK dan tanggal lahir tidak cocok. Angka ke-7 sampai 12 NIK adalah tanggal lahir.");
    if (claims_female != is_female)
        return claims_female ? STR("NIK menyatakan perempuan. Cocokkan dengan dokumennya.")
                             : STR("NIK menyatakan laki-laki. Cocokkan dengan dokumennya.");
    return STR("");
}

struct str destination_label(uint8_t code)
{
    switch (code) {
    case 1:
        return STR("Desa lain, kecamatan yang sama");
    case 2:
        return STR("Kecamatan lain, kabupaten yang sama");
    case 3:
        return STR("Kabupaten lain, provinsi yang sama");
    case 4:
        return STR("Provinsi lain atau luar negeri");
    default:
        return STR("");
    }
}

enum { HEAD = 1, HUSBAND, WIFE, CHILD, CHILD_IN_LAW, GRANDCHILD, PARENT, PARENT_IN_LAW, KIN };

uint8_t newborn_role(uint8_t parent_role)
{
    switch (parent_role) {
    case HEAD:
    case HUSBAND:
    case WIFE:
        return CHILD;
    case CHILD:
    case CHILD_IN_LAW:
        return GRANDCHILD;
    default:
        return KIN;
    }
}

bool is_newborn_role(uint8_t role)
{
    return role != HEAD && role != HUSBAND && role != WIFE && role != CHILD_IN_LAW && role != PARENT && role != PARENT_IN_LAW;
}
