# SPDX-License-Identifier: AGPL-3.0-or-later
"""The kind `list` of sqlgen.py: one text for each way, order and direction, all made at build time."""
import re

KEY = re.compile(r"([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?)(-?)(?:\s+([a-z][a-z0-9_]*))?\Z")
# A cursor that is not set is zeroed memory: types for which that is NULL in any case.
NULL_WHEN_ZERO = ("str", "bytes", "date", "utc")


class Key:
    """One column of an order: its expression, whether it falls, and the column of the row that holds its value."""

    def __init__(self, expression, falls, name):
        self.expression, self.falls, self.name = expression, falls, name


class Order:
    def __init__(self, name, keys, index, line):
        self.name, self.keys, self.index, self.line = name, keys, index, line


class Way:
    """Where the rows come from: a part that begins after FROM. `instead`: parts that other parts stand for in this way."""

    def __init__(self, name, part, flags, instead, line):
        self.name, self.part, self.instead, self.line = name, part, instead, line
        self.is_distinct, self.is_hot = "distinct" in flags, "hot" in flags


class List:
    def __init__(self, statement):
        self.name, self.line, self.flags = statement.name, statement.line, statement.flags
        self.orders, self.ways, self.base = [], [], None
        self.statement = statement
        self.first = 0  # index of its first text in the file's table

    @property
    def row(self):
        return self.statement.row

    @property
    def find(self):
        return self.statement.shared

    @property
    def order_enum(self):
        return (self.base or self).name + "_order"

    @property
    def way_enum(self):
        return (self.base or self).name + "_way"

    def cursor_columns(self):
        """The row's columns that some order sorts by, each once."""
        names = [key.name for order in self.orders for key in order.keys]
        return [c for c in self.row.columns if c.name in names]


def parse_order(text, line, fault):
    """'newest: g.came_on-, g.id- by by_day' → Order."""
    name, colon, rest = text.partition(":")
    name = name.strip()
    if not colon or not re.match(r"[a-z][a-z0-9_]*\Z", name):
        raise fault(line, "expected 'order NAME: column, column-, …'")
    rest, _, index = rest.partition(" by ")
    if index and not re.match(r"\s*[a-z][a-z0-9_]*\s*\Z", index):
        raise fault(line, "'%s' is not an index: 'by by_day'" % index.strip())
    keys = []
    for part in rest.split(","):
        match = KEY.match(part.strip())
        if not match:
            raise fault(line, "'%s' is not a column to sort by: 'g.name', 'g.name-' (falling), 'g.name guest_name'" % part.strip())
        expression, falls, out = match.groups()
        keys.append(Key(expression, bool(falls), out or expression.split(".")[-1]))
    return Order(name, keys, index.strip(), line)


def parse_way(text, line, fault):
    """'words distinct: with_words', 'living hot: living, ended never' → Way."""
    match = re.match(r"([a-z][a-z0-9_]*)((?:\s+(?:distinct|hot))*)\s*:\s*([a-z][a-z0-9_]*)((?:\s*,\s*[a-z][a-z0-9_]*\s+[a-z][a-z0-9_]*)*)\Z",
                     text.strip())
    if not match:
        raise fault(line, "expected 'way NAME: part', 'way NAME distinct: part' or 'way NAME hot: part', then ', PART OTHER' if need be")
    return Way(match.group(1), match.group(3), match.group(2).split(), re.findall(r"([a-z0-9_]+)\s+([a-z0-9_]+)", match.group(4)), line)


def check(lst, fault):
    """What must hold before texts are made."""
    if lst.row is None:
        raise fault(lst.line, "%s is 'list' and needs an 'out' line" % lst.name)
    if not lst.orders:
        raise fault(lst.line, "%s is 'list' and needs an 'order' line" % lst.name)
    columns = {c.name: c for c in lst.row.columns}
    for order in lst.orders:
        for key in order.keys:
            if key.name not in columns:
                raise fault(order.line if lst.base is None else lst.line, "order %s: '%s' is no column of %s; write '%s COLUMN'"
                            % (order.name, key.name, lst.row.name, key.expression))
            if columns[key.name].type_name == "f64":
                raise fault(order.line, "order %s: '%s' is f64, which cannot be compared exactly" % (order.name, key.name))
        last = columns[order.keys[-1].name]
        if last.is_nullable:
            raise fault(order.line, "order %s: its last column tells two rows apart and cannot be NULL" % order.name)
    for column in lst.statement.inputs:
        if column.name == "limit" or column.name.startswith("at_"):
            raise fault(column.line, "'%s' is an input of every list; choose another name" % column.name)


def beyond(keys, columns, is_reversed):
    """The rows after the cursor in the order; NULL sorts before everything, as the server does."""
    key, rest = keys[0], keys[1:]
    at, is_nullable = ":at_" + key.name, columns[key.name].is_nullable
    falls = key.falls != is_reversed
    if falls:
        more = "%s < %s" % (key.expression, at)
        if is_nullable:
            more = "(%s OR (%s IS NULL AND %s IS NOT NULL))" % (more, key.expression, at)
    else:
        more = "%s > %s" % (key.expression, at)
        if is_nullable:
            more = "(%s OR (%s IS NOT NULL AND %s IS NULL))" % (more, key.expression, at)
    if not rest:
        return more
    from_here = "%s %s %s" % (key.expression, "<=" if falls else ">=", at)
    if is_nullable:
        from_here = "(%s OR %s)" % (from_here, "%s IS NULL" % (key.expression if falls else at))
    return "%s AND (%s OR (%s))" % (from_here, more, beyond(rest, columns, is_reversed))


def order_by(keys, is_reversed):
    return "ORDER BY " + ", ".join(k.expression + (" DESC" if k.falls != is_reversed else "") for k in keys)


def pieces(lst, order, is_reversed):
    """What {after} and {page} stand for, and what ends the text."""
    columns = {c.name: c for c in lst.row.columns}
    by = order_by(order.keys, is_reversed)
    if lst.base is not None:
        return {"after": "TRUE", "page": by}, by
    after = "(:at_set = 0 OR (%s))" % beyond(order.keys, columns, is_reversed)
    return {"after": after, "page": by + " LIMIT :limit"}, by + " LIMIT :limit"


def walk_index(text, order, fault):
    """The text with the order's index behind its table: a small table is scanned and sorted otherwise, whatever the page's size."""
    if not order.index:
        return text
    alias = order.keys[0].expression.split(".")[0]
    hinted, n = re.subn(r"\b((?:FROM|JOIN)\s+[a-z_]+\s+%s)\b" % re.escape(alias), r"\1 FORCE INDEX FOR ORDER BY (%s)" % order.index, text, flags=re.I)
    if n != 1:
        raise fault(order.line, "order %s: 'FROM TABLE %s' stands %d times, so the index %s has no place" % (order.name, alias, n, order.index))
    return hinted


def counted(text, lst, way, scan, fault):
    """The statement that counts: the list's own text (without comments) from its FROM on, up to a bound."""
    depth, position, start = 0, 0, None
    for kind, piece, _ in scan(text, lst.line, lambda line: None):
        if kind == "code":
            depth += {"(": 1, ")": -1}.get(piece, 0)
            if depth == 0 and re.match(r"FROM\b", text[position:], re.I) and not re.match(r"\w", text[position - 1]):
                start = position
                break
        position += len(piece) + (kind == "mark")
    if start is None:
        raise fault(lst.line, "%s has no FROM" % lst.name)
    what = "DISTINCT " + lst.orders[0].keys[-1].expression if way and way.is_distinct else "1"
    return "SELECT COUNT(*) AS n FROM (SELECT %s %s LIMIT :limit) AS some;" % (what, text[start:].rstrip().rstrip(";"))


def statements(file, lst, raw, body_line, tools):
    """All texts of the list, in the order the table of its runtime counts on: way, order, direction; then one count a way."""
    texts, counts = [], []
    clean = tools.clean(raw, body_line)
    for way in lst.ways or [None]:
        prefix = lst.name + ("_" + way.name if way else "")
        known = {}
        for name, part in [("way", way.part)] + way.instead if way else []:
            if file.parts.get(part) is None:
                raise tools.fault(way.line, "part '%s' is not declared above" % part)
            known[name] = file.parts[part]
        for order in lst.orders:
            for is_reversed in (False, True):
                known_here, end = pieces(lst, order, is_reversed)
                text = file.put_parts(file.put_parts(raw, body_line, {**known, **known_here}), body_line, known_here).rstrip()
                if lst.base is None and ":at_set" not in text:
                    raise tools.fault(body_line, "%s has no {after} in its WHERE clause: each of its pages would be the first" % lst.name)
                if not text.endswith(";"):
                    raise tools.fault(body_line, "%s does not end with ';'" % lst.name)
                if way and way.is_distinct:
                    text = re.sub(r"\A(\s*)SELECT\b", r"\1SELECT DISTINCT", text, flags=re.I)
                if lst.base is None:
                    text = walk_index(text, order, tools.fault)
                texts.append(("%s_%s%s" % (prefix, order.name, "_back" if is_reversed else ""), "many", text[:-1] + " " + end + ";", way))
        if lst.base is None:
            known_here = {**known, "after": "TRUE", "page": ""}
            text = file.put_parts(file.put_parts(clean, body_line, known_here), body_line, known_here)
            counts.append((prefix + "_count", "one", counted(text, lst, way, tools.scan, tools.fault), way))
    return texts + counts


# ---- the C ----

def handle_parameters(lst, handle):
    params = [handle]
    if lst.find:
        params.append("const struct %s *find" % lst.find.name)
    if lst.ways:
        params.append("enum %s way" % lst.way_enum)
    return params


def signatures(lst, handle):
    """(function, parameters) of the list's door."""
    first = handle_parameters(lst, handle)
    row = "enum rc (*row)(void *ctx, const struct %s *row, struct err *err)" % lst.row.name
    each = ("sql_%s_each" % lst.name, first + ["const struct list_at *at", row, "void *ctx", "struct err *err"])
    if lst.base is not None:
        return [each]
    return [("sql_%s_page" % lst.name, first + ["const struct list_at *at", "uint32_t limit", "struct %s_rows *out" % lst.row.name,
                                                "struct list_ends *ends_out", "struct err *err"]),
            ("sql_%s_count" % lst.name, first + ["uint32_t bound", "uint64_t *n_out", "struct err *err"]),
            each]


def enum_lines(name, words, upper):
    return ["enum %s { %s };" % (name, ", ".join("%s_%s%s" % (upper, word.upper(), " = 1" if i == 0 else "")
                                                 for i, word in enumerate(words)))]


def header_lines(lst, handle):
    out = []
    if lst.base is None:
        out += enum_lines(lst.order_enum, [o.name for o in lst.orders], (lst.name + "_by").upper())
        if lst.ways:
            out += enum_lines(lst.way_enum, [w.name for w in lst.ways], (lst.name + "_way").upper())
    return out + ["enum rc %s(%s) MUST_USE;" % (name, ", ".join(params)) for name, params in signatures(lst, handle)] + [""]


def struct_lines(lst):
    """What every text of the list takes: the filters, the cursor, the limit. Private to the generated file."""
    out = ["struct %s_cursor {" % lst.name, "    bool is_set;"]
    out += ["    %s %s;" % (c.ctype, c.name) for c in lst.cursor_columns()]
    out += ["};", "struct %s_ask {" % lst.name]
    if lst.find:
        out.append("    struct %s find;" % lst.find.name)
    return out + ["    struct %s_cursor at;" % lst.name, "    uint32_t limit;", "};"]


def table_lines(lst, base, handle_value, index):
    """The data that the runtime (server/store/list.c) walks, and the typed doors to it."""
    columns = {c.name: c for c in lst.row.columns}
    out = []
    for struct, label in ((lst.row.name, "keys"), (lst.name + "_ask", "at")):
        for order in lst.orders:
            out.append("static const struct sql_column %s_%s_%s[] = {" % (lst.name, order.name, label))
            for key in order.keys:
                c = columns[key.name]
                member = key.name if label == "keys" else "at." + key.name
                out.append('    {"%s", %s, %s, offsetof(struct %s, %s)},'
                           % (c.name, c.code, "true" if c.is_nullable else "false", struct, member))
            out.append("};")
    out.append("static const struct sql_list_order %s_orders[] = {" % lst.name)
    out += ["    {%s_%s_keys, %s_%s_at, %d}," % (lst.name, o.name, lst.name, o.name, len(o.keys)) for o in lst.orders]
    out += ["};", "static const struct sql_list %s_list = {" % lst.name,
            "    .statements = &%s_sql_statements[%d]," % (base, index),
            "    .orders = %s_orders," % lst.name, "    .orders_n = %d," % len(lst.orders),
            "    .ways_n = %d," % max(1, len(lst.ways)),
            "    .ask_bytes = sizeof(struct %s_ask)," % lst.name]
    if lst.find:
        out.append("    .find_bytes = sizeof(struct %s)," % lst.find.name)
    out += ["    .is_set_offset = offsetof(struct %s_ask, at.is_set)," % lst.name,
            "    .limit_offset = offsetof(struct %s_ask, limit)," % lst.name, "};", ""]
    handle_parameter, handle = handle_value
    find, way = "find" if lst.find else "NULL", "way" if lst.ways else "1"
    out += ["struct %s_each {" % lst.name, "    enum rc (*row)(void *ctx, const struct %s *row, struct err *err);" % lst.row.name,
            "    void *ctx;", "};", "static enum rc %s_row(void *ctx, const void *row, struct err *err)" % lst.name, "{",
            "    const struct %s_each *each = ctx;" % lst.name, "", "    return each->row(each->ctx, row, err);", "}", ""]
    for name, params in signatures(lst, handle_parameter):
        out += ["enum rc %s(%s)" % (name, ", ".join(params)), "{"]
        if name.endswith("_page"):
            out += ["    struct sql_rows rows;",
                    "    TRY(sql_list_page(%s, &%s_list, %s, %s, at, limit, &rows, ends_out, err));" % (handle, lst.name, find, way),
                    "    *out = (struct %s_rows){rows.p, rows.n};" % lst.row.name, "    return RC_OK;", "}", ""]
        elif name.endswith("_count"):
            out += ["    return sql_list_count(%s, &%s_list, %s, %s, bound, n_out, err);" % (handle, lst.name, find, way), "}", ""]
        else:
            out += ["    struct %s_each each = {row, ctx};" % lst.name,
                    "    return sql_list_each(%s, &%s_list, %s, %s, at, %s_row, &each, err);" % (handle, lst.name, find, way, lst.name),
                    "}", ""]
    return out
