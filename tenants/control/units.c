// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/units.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "server/base/text.h"
#include "tenants/village/codes/address.h"

enum { FILE_MAX = 8 * 1024 * 1024, ROWS_MAX = 5000, FAULTS_MAX = 500, COLUMNS_MAX = 32, NAME_MAX_POINTS = 60 };

enum column { COLUMN_CODE, COLUMN_KIND, COLUMN_NAME, COLUMN_DISTRICT_CODE, COLUMN_DISTRICT, COLUMN_LAT, COLUMN_LNG, COLUMN_COUNT };

static const struct {
    const char *name, *written; /* the second as people here write it; both are understood */
    bool is_required;
    const char *english, *indonesian; /* when it is missing */
} columns[COLUMN_COUNT] = {
    [COLUMN_CODE] = {"code", "kode", true, "the header line has no column \"code\"", "Baris judul belum punya kolom kode."},
    [COLUMN_KIND] = {"kind", "jenis", true, "the header line has no column \"kind\"", "Baris judul belum punya kolom jenis."},
    [COLUMN_NAME] = {"name", "nama", true, "the header line has no column \"name\"", "Baris judul belum punya kolom nama."},
    [COLUMN_DISTRICT_CODE] = {"district_code", "kode kecamatan", false, NULL, NULL},
    [COLUMN_DISTRICT] = {"district", "kecamatan", true, "the header line has no column \"district\"",
                         "Baris judul belum punya kolom kecamatan."},
    [COLUMN_LAT] = {"lat", "lintang", false, NULL, NULL},
    [COLUMN_LNG] = {"lng", "bujur", false, NULL, NULL},
};

struct reader {
    struct arena *arena;
    struct unit_list *out;
    int at[COLUMN_COUNT]; /* position of each column, -1: not there */
    size_t fields_n;      /* of the header */
    size_t line;
};

void unit_fault_put(struct arena *arena, struct unit_list *list, size_t line, struct str value, const char *english, struct str indonesian)
{
    if (list->faults_n >= FAULTS_MAX)
        return;
    if (!utf8_is_valid(value))
        value = STR("?");
    list->faults[list->faults_n++] = (struct unit_fault){line, utf8_part(arena, text_tidy(arena, value), NAME_MAX_POINTS), english,
                                                         str_z(arena, indonesian)};
}

static void fault(struct reader *r, struct str value, const char *english, const char *indonesian)
{
    unit_fault_put(r->arena, r->out, r->line, value, english, str_c(indonesian));
}

static size_t split(struct str line, struct str fields[COLUMNS_MAX])
{
    size_t n = 0;
    struct str head;

    while (n < COLUMNS_MAX && str_cut(&line, '\t', &head))
        fields[n++] = str_trim(head);
    return n;
}

/* Any dots where official codes have them; nothing else. */
static struct str plain_code(struct arena *arena, struct str s, size_t digits)
{
    struct str plain = str_replace(arena, str_trim(s), STR("."), STR(""));
    size_t dots = str_trim(s).n - plain.n;

    if (plain.n != digits || (dots != 0 && dots != (digits == 10 ? 3u : 2u)))
        return STR_NONE;
    for (size_t i = 0; i < plain.n; i++)
        if (plain.p[i] < '0' || plain.p[i] > '9')
            return STR_NONE;
    return plain;
}

struct str unit_code(struct arena *arena, struct str s)
{
    return plain_code(arena, s, 10);
}

struct str unit_dotted(struct arena *arena, struct str code)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < code.n; i++) {
        if (i == 2 || i == 4 || i == 6)
            buf_put_char(&out, '.');
        buf_put_char(&out, code.p[i]);
    }
    return buf_str(&out);
}

struct str unit_bare_name(struct str name)
{
    static const char *const words[] = {"desa ", "kelurahan ", "kecamatan ", "kel. ", "kel.", "kec. ", "kec.", "kec ", "ds. ", "ds."};

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t n = strlen(words[i]);

        if (name.n > n && str_eq_nocase(str_part(name, 0, n), str_c(words[i])))
            return unit_bare_name(str_from(name, n));
    }
    return name;
}

const char *unit_name_fault(struct str name)
{
    bool has_letter = false;

    if (area_name_fault(name) != NULL)
        return area_name_fault(name);
    for (size_t i = 0; i < name.n; i++)
        has_letter = has_letter || (unsigned char)name.p[i] >= 0x80 || isalpha((unsigned char)name.p[i]);
    if (!has_letter)
        return "Nama wilayah memuat sedikitnya satu huruf.";
    return str_find(name, STR("--")) >= 0 ? "Nama wilayah tidak memuat dua tanda hubung berurutan." : NULL;
}

static bool header_read(struct reader *r, struct str line)
{
    struct str fields[COLUMNS_MAX];
    bool is_whole = true;

    r->fields_n = split(line, fields);
    for (size_t c = 0; c < COLUMN_COUNT; c++) {
        r->at[c] = -1;
        for (size_t i = 0; i < r->fields_n; i++) {
            if (!str_eq_nocase(fields[i], str_c(columns[c].name)) && !str_eq_nocase(fields[i], str_c(columns[c].written)))
                continue;
            if (r->at[c] >= 0) {
                fault(r, fields[i], "this column stands twice in the header line", "Kolom ini ada dua di baris judul.");
                is_whole = false;
            }
            r->at[c] = (int)i;
        }
        if (r->at[c] < 0 && columns[c].is_required) {
            fault(r, STR(""), columns[c].english, columns[c].indonesian);
            is_whole = false;
        }
    }
    return is_whole;
}

static struct str field(const struct reader *r, const struct str *fields, size_t n, enum column column)
{
    int at = r->at[column];

    return at >= 0 && (size_t)at < n ? fields[at] : STR("");
}

/* A name of a place as people write it: valid UTF-8, no control characters, a letter in it. */
static bool name_read(struct reader *r, struct str value, struct str *out, struct str *written_out)
{
    if (!utf8_is_valid(value)) {
        fault(r, value, "this text is not UTF-8", "Tulisan ini bukan UTF-8. Simpan ulang berkas sebagai UTF-8.");
        return false;
    }
    *written_out = text_tidy(r->arena, value);
    *out = unit_bare_name(*written_out);
    if (str_empty(*out) || str_empty(slug_of(r->arena, *out))) {
        fault(r, value, "the name is missing", "Nama belum diisi.");
        return false;
    }
    if (unit_name_fault(*out) != NULL) {
        fault(r, value, "this is no name of a place", unit_name_fault(*out));
        return false;
    }
    if (utf8_length(*out) > NAME_MAX_POINTS) {
        fault(r, value, "the name is longer than 60 letters", "Nama lebih dari 60 huruf.");
        return false;
    }
    return true;
}

static void code_read(struct reader *r, struct str value, struct unit_row *row)
{
    row->code = unit_code(r->arena, value);
    if (row->code.p == NULL)
        fault(r, value, "not a village code: ten digits such as 73.17.10.2003 or 7317102003",
              "Kode desa harus sepuluh angka, misalnya 73.17.10.2003.");
}

static void kind_read(struct reader *r, struct str value, struct unit_row *row)
{
    struct str kind = str_lower(r->arena, value);
    bool is_kelurahan = str_is(kind, "kelurahan") || str_is(kind, "k") || str_is(kind, "kel");

    row->is_desa = str_is(kind, "desa") || str_is(kind, "d");
    if (!row->is_desa && !is_kelurahan) {
        fault(r, value, "not a kind: desa or kelurahan", "Jenis harus desa atau kelurahan.");
        return;
    }
    /* Official codes tell them apart by the first digit of the last part. */
    if (row->code.p != NULL && row->code.p[6] != (row->is_desa ? '2' : '1'))
        fault(r, row->code, "kind and code disagree: desa have 2xxx, kelurahan 1xxx as their last four digits",
              "Jenis dan kode tidak cocok. Empat angka akhir desa mulai 2, kelurahan mulai 1.");
}

static void district_read(struct reader *r, const struct str *fields, size_t n, struct unit_row *row)
{
    struct str written = field(r, fields, n, COLUMN_DISTRICT_CODE);

    (void)name_read(r, field(r, fields, n, COLUMN_DISTRICT), &row->district, &row->district_written);
    row->district_code = row->code.p != NULL ? str_part(row->code, 0, 6) : STR("");
    if (r->at[COLUMN_DISTRICT_CODE] < 0 || row->code.p == NULL)
        return;
    struct str code = plain_code(r->arena, written, 6);

    if (code.p == NULL)
        fault(r, written, "not a district code: six digits such as 73.17.10", "Kode kecamatan harus enam angka, misalnya 73.17.10.");
    else if (!str_eq(code, row->district_code))
        fault(r, written, "the district code is not the beginning of the village code", "Kode kecamatan tidak sama dengan awal kode desa.");
}

/* A decimal number with a point, of a range; both coordinates or neither. */
static bool degrees_read(struct arena *arena, struct str value, double low, double high, double *out)
{
    char *end;
    char *text = str_z(arena, value);

    for (size_t i = 0; i < value.n; i++)
        if ((value.p[i] < '0' || value.p[i] > '9') && value.p[i] != '.' && !(i == 0 && value.p[i] == '-'))
            return false;
    errno = 0;
    double degrees = strtod(text, &end);

    if (end == text || *end != 0 || errno != 0 || !isfinite(degrees) || degrees < low || degrees > high)
        return false;
    *out = degrees;
    return true;
}

static void point_read(struct reader *r, const struct str *fields, size_t n, struct unit_row *row)
{
    struct str lat = field(r, fields, n, COLUMN_LAT), lng = field(r, fields, n, COLUMN_LNG);

    if (str_empty(lat) && str_empty(lng))
        return;
    bool is_lat = degrees_read(r->arena, lat, -11.5, 6.5, &row->lat);
    bool is_lng = degrees_read(r->arena, lng, 94.5, 141.5, &row->lng);

    if (!is_lat)
        fault(r, lat, "not a latitude of Indonesia: degrees with a point, such as -3.62871",
              "Lintang harus derajat dengan titik, misalnya -3.62871.");
    if (!is_lng)
        fault(r, lng, "not a longitude of Indonesia: degrees with a point, such as 120.31402",
              "Bujur harus derajat dengan titik, misalnya 120.31402.");
    row->has_point = is_lat && is_lng;
}

/* Against the rows before: one code once, one regency. */
static void row_compare(struct reader *r, const struct unit_row *row)
{
    const struct unit_list *list = r->out;

    if (row->code.p == NULL)
        return;
    if (list->n > 0 && list->p[0].code.p != NULL && memcmp(list->p[0].code.p, row->code.p, 4) != 0)
        fault(r, row->code, "this code is of another regency than the first line's",
              "Kode ini dari kabupaten lain daripada baris pertama.");
    for (size_t i = 0; i < list->n; i++) {
        if (list->p[i].code.p != NULL && str_eq(list->p[i].code, row->code)) {
            fault(r, row->code, "this code stands in the list twice", "Kode ini ada dua kali di daftar.");
            return;
        }
    }
}

/* ---- one name a district ---- */

static bool names_district(const struct unit_row *row, struct str code)
{
    return row->code.p != NULL && !str_empty(row->district) && str_eq(row->district_code, code);
}

static bool is_same_name(struct arena *arena, struct str a, struct str b)
{
    return str_eq_nocase(a, b) || str_eq(str_trim(text_fold(arena, a)), str_trim(text_fold(arena, b)));
}

/* Of the rows of a district, the first of which is given: those whose name is not `known`, else not the first one's. */
static void district_named(struct arena *arena, struct unit_list *list, size_t first, struct str known)
{
    const struct unit_row *head = &list->p[first];
    struct str code = unit_dotted(arena, head->district_code), right = known.p != NULL ? known : head->district;
    struct str head_code = unit_dotted(arena, head->code);
    bool differs = false;

    for (size_t i = first + 1; i < list->n && !differs; i++)
        differs = names_district(&list->p[i], head->district_code) && !str_eq_nocase(list->p[i].district, head->district);
    for (size_t i = first; i < list->n && differs; i++) {
        const struct unit_row *row = &list->p[i];

        if (!names_district(row, head->district_code) || is_same_name(arena, row->district, right))
            continue;
        unit_fault_put(arena, list, row->line, row->district, "this district has another name",
                       known.p != NULL
                           ? str_fmt(arena, "Kecamatan berkode %.*s bernama %.*s. Perbaiki nama kecamatan atau kode desa ini.",
                                     STR_ARG(code), STR_ARG(right))
                           : str_fmt(arena, "Di desa berkode %.*s kecamatan ini bernama %.*s. Samakan namanya, atau perbaiki kodenya.",
                                     STR_ARG(head_code), STR_ARG(right)));
    }
}

void unit_faults_order(struct unit_list *list)
{
    for (size_t i = 1; i < list->faults_n; i++) {
        const struct unit_fault fault = list->faults[i];
        size_t at = i;

        for (; at > 0 && list->faults[at - 1].line > fault.line; at--)
            list->faults[at] = list->faults[at - 1];
        list->faults[at] = fault;
    }
}

void units_districts(struct arena *arena, struct unit_list *list, struct str (*name_of)(const void *ctx, struct str code), const void *ctx)
{
    for (size_t i = 0; i < list->n; i++) {
        struct str code = list->p[i].district_code;
        size_t first = 0;

        while (first < i && !names_district(&list->p[first], code))
            first++;
        if (first == i && names_district(&list->p[i], code))
            district_named(arena, list, i, name_of != NULL ? name_of(ctx, code) : STR_NONE);
    }
    unit_faults_order(list);
}

static void row_read(struct reader *r, struct str line)
{
    struct str fields[COLUMNS_MAX];
    size_t n = split(line, fields);
    struct unit_row *row = &r->out->p[r->out->n];

    *row = (struct unit_row){.line = r->line};
    if (n > r->fields_n) {
        fault(r, line, "more fields than the header line has", "Isian lebih banyak daripada judul kolom.");
        return;
    }
    code_read(r, field(r, fields, n, COLUMN_CODE), row);
    kind_read(r, field(r, fields, n, COLUMN_KIND), row);
    (void)name_read(r, field(r, fields, n, COLUMN_NAME), &row->name, &row->name_written);
    district_read(r, fields, n, row);
    point_read(r, fields, n, row);
    row_compare(r, row);
    r->out->n++;
}

static size_t lines_count(struct str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

void units_read(struct arena *arena, struct str text, struct unit_list *out)
{
    struct reader r = {.arena = arena, .out = out};
    struct str line;
    bool is_header = true;
    size_t most = lines_count(text);

    if (most > ROWS_MAX)
        most = ROWS_MAX;
    *out = (struct unit_list){.p = ARENA_ARRAY(arena, struct unit_row, most), .faults = ARENA_ARRAY(arena, struct unit_fault, FAULTS_MAX)};
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_from(text, 3);
    while (str_cut(&text, '\n', &line)) {
        r.line++;
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        if (str_empty(str_trim(line)))
            continue;
        if (is_header) {
            is_header = false;
            if (!header_read(&r, line))
                return;
        } else if (out->n >= most) {
            fault(&r, STR(""), "more than 5,000 lines: split the list", "Lebih dari 5.000 baris. Bagi daftar ini.");
            return;
        } else {
            row_read(&r, line);
        }
    }
    r.line = 0;
    if (out->n == 0 && out->faults_n == 0)
        fault(&r, STR(""), "the list is empty: a header line and a line for each village are expected",
              "Daftar kosong. Isi baris judul lalu satu baris untuk tiap desa.");
}

enum rc units_read_file(struct arena *arena, const char *path, struct unit_list *out, struct err *err)
{
    FILE *file = fopen(path, "rb");
    struct buf text = {.arena = arena};
    char block[65536];
    size_t n;

    if (file == NULL)
        return fail(err, RC_INVALID, "cannot open %s: %s", path, strerror(errno));
    while ((n = fread(block, 1, sizeof(block), file)) > 0 && text.n <= FILE_MAX)
        buf_put(&text, block, n);
    bool is_read = ferror(file) == 0;

    fclose(file);
    if (!is_read)
        return fail(err, RC_INVALID, "cannot read %s: %s", path, strerror(errno));
    if (text.n > FILE_MAX)
        return fail(err, RC_INVALID, "%s is larger than 8 MiB: this is no list of villages", path);
    units_read(arena, buf_str(&text), out);
    units_districts(arena, out, NULL, NULL);
    return RC_OK;
}
