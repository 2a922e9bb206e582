// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a schema is, in one hash; and whether all of a kind are the same. */
#include "server/base/random.h"
#include "tenants/control/migrate.h"

/*
 * One statement a subject, each giving one text a row in canonical order.
 * Names of schemas are left out, so equal villages give equal texts. Generated
 * names cannot occur: every key and constraint of migrations/ is named, or is
 * named by the server after its column in the same way everywhere.
 */
static const char *const subjects[] = {
    "SELECT CONCAT_WS('|', 'table', table_name, table_type, COALESCE(engine, ''), COALESCE(table_collation, ''),"
    " COALESCE(create_options, ''))"
    " FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name",

    "SELECT CONCAT_WS('|', 'column', table_name, ordinal_position, column_name, column_type, is_nullable,"
    " COALESCE(column_default, '-'), COALESCE(character_set_name, ''), COALESCE(collation_name, ''), extra,"
    " COALESCE(generation_expression, ''))"
    " FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position",

    "SELECT CONCAT_WS('|', 'index', table_name, index_name, seq_in_index, column_name, non_unique,"
    " COALESCE(sub_part, ''), index_type)"
    " FROM information_schema.statistics WHERE table_schema = ? ORDER BY table_name, index_name, seq_in_index",

    "SELECT CONCAT_WS('|', 'trigger', trigger_name, event_object_table, action_timing, event_manipulation,"
    " action_order, action_statement)"
    " FROM information_schema.triggers WHERE trigger_schema = ? ORDER BY trigger_name",

    "SELECT CONCAT_WS('|', 'constraint', table_name, constraint_name, constraint_type)"
    " FROM information_schema.table_constraints WHERE table_schema = ? ORDER BY table_name, constraint_name, constraint_type",

    "SELECT CONCAT_WS('|', 'check', table_name, constraint_name, check_clause)"
    " FROM information_schema.check_constraints WHERE constraint_schema = ? ORDER BY table_name, constraint_name",

    "SELECT CONCAT_WS('|', 'reference', table_name, constraint_name, column_name, ordinal_position,"
    " referenced_table_name, referenced_column_name)"
    " FROM information_schema.key_column_usage WHERE table_schema = ? AND referenced_table_name IS NOT NULL"
    " ORDER BY table_name, constraint_name, ordinal_position",

    "SELECT CONCAT_WS('|', 'rule', table_name, constraint_name, update_rule, delete_rule)"
    " FROM information_schema.referential_constraints WHERE constraint_schema = ? ORDER BY table_name, constraint_name",
};

enum rc schema_fingerprint(struct admin_db *db, struct arena *arena, struct str schema, struct str *out, struct err *err)
{
    struct buf text = {.arena = arena};
    unsigned char hash[HASH_BYTES];

    for (size_t i = 0; i < COUNT_OF(subjects); i++) {
        struct str_list rows;
        const struct admin_value name[] = {ADMIN_TEXT(schema)};

        TRY(admin_column(db, subjects[i], name, 1, &rows, err));
        for (size_t k = 0; k < rows.n; k++) {
            buf_put_str(&text, rows.p[k]);
            buf_put_char(&text, '\n');
        }
    }
    hash_sha256(text.p, text.n, hash);
    *out = str_hex(arena, hash, HASH_BYTES);
    return RC_OK;
}

/* ---- all schemas ---- */

struct checking {
    struct arena *arena;
    struct admin_db *db;
    struct migration_steps steps;
    struct migrate_check *check;
    size_t room; /* of fingerprints and of faults: more than there can be */
};

static void fault_put(struct checking *c, struct str schema, struct str text)
{
    if (c->check->faults_n < c->room)
        c->check->faults[c->check->faults_n++] = (struct check_fault){str_dup(c->arena, schema), text};
}

static void fingerprint_put(struct checking *c, enum schema_kind kind, struct str schema, struct str hash)
{
    for (size_t i = 0; i < c->check->fingerprints_n; i++) {
        struct fingerprint *known = &c->check->fingerprints[i];

        if (known->kind == kind && str_eq(known->hash, hash)) {
            known->schemas++;
            return;
        }
    }
    if (c->check->fingerprints_n < c->room)
        c->check->fingerprints[c->check->fingerprints_n++] = (struct fingerprint){kind, hash, 1, str_dup(c->arena, schema)};
}

/* Steps of the kind that the schema has not recorded, or recorded with other text. */
static enum rc steps_check(struct checking *c, enum schema_kind kind, struct str schema, struct err *err)
{
    for (size_t i = 0; i < c->steps.n; i++) {
        const struct migration_step *step = &c->steps.p[i];
        const struct admin_value values[] = {ADMIN_ID(schema), ADMIN_TEXT(str_c(step->name))};
        unsigned char hash[HASH_BYTES];
        struct str_list rows;

        if (step->kind != kind)
            continue;
        TRY(admin_column(c->db, "SELECT sha256 FROM ?.schema_step WHERE name = ?", values, 2, &rows, err));
        hash_sha256(step->text.p, step->text.n, hash);
        if (rows.n == 0)
            fault_put(c, schema, str_fmt(c->arena, "step %s is missing: run balaictl migrate", step->name));
        else if (!str_eq(rows.p[0], str_hex(c->arena, hash, HASH_BYTES)))
            fault_put(c, schema, str_fmt(c->arena, "step %s was recorded with other text", step->name));
    }
    return RC_OK;
}

static enum rc schema_check(struct checking *c, enum schema_kind kind, struct str schema, struct err *err)
{
    const struct admin_value name[] = {ADMIN_TEXT(schema)};
    struct str_list found;
    struct str hash;

    TRY(admin_column(c->db,
                     "SELECT table_name FROM information_schema.tables"
                     " WHERE table_schema = ? AND table_name = 'schema_step'",
                     name, 1, &found, err));
    if (found.n == 0) {
        fault_put(c, schema, STR("the schema is not there or empty: run balaictl migrate"));
        return RC_OK;
    }
    TRY(schema_fingerprint(c->db, c->arena, schema, &hash, err));
    fingerprint_put(c, kind, schema, hash);
    return steps_check(c, kind, schema, err);
}

static enum rc villages_check(struct checking *c, const struct config *config, const struct str_list *codes, struct err *err)
{
    for (size_t i = 0; i < codes->n; i++) {
        struct str schema = str_fmt(c->arena, "%.*s%.*s", STR_ARG(config->village_prefix), STR_ARG(codes->p[i]));

        TRY(schema_check(c, SCHEMA_VILLAGE, schema, err));
    }
    return RC_OK;
}

static bool is_equal(const struct migrate_check *check)
{
    uint32_t kinds[SCHEMA_VILLAGE + 1] = {0};

    for (size_t i = 0; i < check->fingerprints_n; i++)
        if (++kinds[check->fingerprints[i].kind] > 1)
            return false;
    return check->faults_n == 0;
}

static enum rc check_all(struct checking *c, const struct config *config, struct err *err)
{
    const struct admin_value id[] = {ADMIN_ID(config->control_schema)};
    const struct admin_value name[] = {ADMIN_TEXT(config->control_schema)};
    struct str_list found, codes = {NULL, 0}, failed = {NULL, 0};

    TRY(admin_column(c->db, "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name = 'village'", name, 1,
                     &found, err));
    if (found.n > 0) {
        TRY(admin_column(c->db, "SELECT code FROM ?.village WHERE step NOT IN ('', 'requested') ORDER BY code", id, 1, &codes, err));
        TRY(admin_column(c->db, "SELECT CONCAT(code, ' ', failed_step) FROM ?.village WHERE failed_step <> '' ORDER BY code", id, 1,
                         &failed, err));
    }
    /* Room for each schema's fingerprint and for every step of every schema at fault. */
    c->room = (codes.n + 2) * (c->steps.n + 2);
    c->check->fingerprints = ARENA_ARRAY(c->arena, struct fingerprint, codes.n + 2);
    c->check->faults = ARENA_ARRAY(c->arena, struct check_fault, c->room);
    TRY(schema_check(c, SCHEMA_CONTROL, config->control_schema, err));
    TRY(schema_check(c, SCHEMA_REFERENCE, config->reference_schema, err));
    TRY(villages_check(c, config, &codes, err));
    for (size_t i = 0; i < failed.n; i++)
        fault_put(c, failed.p[i], STR("the step failed and the village is read-only: see the log, then run balaictl migrate"));
    c->check->is_equal = is_equal(c->check);
    return RC_OK;
}

enum rc migrate_check(struct arena *arena, const struct config *config, struct migration_steps steps, struct migrate_check *out,
                      struct err *err)
{
    struct admin_db *db = NULL;

    *out = (struct migrate_check){0};
    TRY(admin_open_configured(arena, config, &db, err));
    struct checking checking = {.arena = arena, .db = db, .steps = steps, .check = out};
    enum rc rc = check_all(&checking, config, err);

    admin_close(&db);
    return rc;
}
