#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes typed C functions out of a room's .sql file. The notation is in server/store/README.md.

    sqlgen.py --root SRC --out GENDIR ROOM/NAME.sql      writes GENDIR/ROOM/NAME_sql.h and NAME_sql.c
    sqlgen.py --root SRC --index OUT.c ROOM/NAME.sql ... writes a table of all files' statements, for tests

Every fault is reported as file:line: text, and all faults of a file at once.
"""
import argparse
import os
import re
import sys

import sqlgen_form
import sqlgen_list

KINDS = ("one", "maybe", "many", "each", "exec", "insert", "bulk", "list")
READING = ("one", "maybe", "many", "each", "list")
FLAGS = ("txn", "hot", "kept", "lock")
# Word of a file's head: the schemas its functions are made for. Of both, those for control have the word in their name.
SCHEMAS = {"village": ["village"], "control": ["control"], "both": ["village", "control"]}
# name: (enum sql_type, C type, C type when nullable)
TYPES = {
    "u64": ("SQL_U64", "uint64_t", "struct opt_u64"),
    "i64": ("SQL_I64", "int64_t", "struct opt_i64"),
    "u32": ("SQL_U32", "uint32_t", "struct opt_u64"),
    "i32": ("SQL_I32", "int32_t", "struct opt_i64"),
    "u16": ("SQL_U16", "uint16_t", "struct opt_u64"),
    "u8": ("SQL_U8", "uint8_t", "struct opt_u64"),
    "bool": ("SQL_BOOL", "bool", None),
    "f64": ("SQL_F64", "double", None),
    "str": ("SQL_STR", "struct str", "struct str"),
    "bytes": ("SQL_BYTES", "struct str", "struct str"),
    "word": ("SQL_STR", "struct str", "struct str"),  # a str that holds no sign of LIKE: letters, digits, strokes
    "date": ("SQL_DATE", "struct date", "struct date"),
    "utc": ("SQL_UTC", "utc_us", "utc_us"),
}
RESERVED = set("""auto break case char const continue default do double else enum extern float for goto if inline int
long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
bool""".split())
PARAMETERS = "db txn err out found_out affected_out id_out row ctx in".split()
MOST_PLAIN_INPUTS = 5
LOCKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "locks.txt")
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
HEAD = re.compile(r"--\s*([a-z][a-z0-9_]*):\s+(%s|part)\b(.*)\Z" % "|".join(KINDS))
COLUMNS = re.compile(r"--\s{2,}(in|out|order|way|like|locks|holds|form)\s+(.*)\Z")
PIECE = re.compile(r"""'(?:[^'\\]|\\.)*'|\{words\s([^{}]*)\}|\{([a-z][a-z0-9_]*)\}""")
# Of {words …}: so many of the words typed are looked for, wherever they stand, without what no telephone writes alike.
MOST_WORDS = 6
APOSTROPHES = ("\\'", "\u2018", "\u2019", "\u02bc", "`")


def typed_words(columns):
    """'g.name, g.origin' → the condition that each of the words in :words (list.h LIST_WORDS) stands in one of them.

    A sign of LIKE is a sign like another (LOCATE would not do: it compares bytes of equal length, é is not e). Where words are missing
    the last one is looked for again.
    """
    text = "CONCAT_WS(' ', %s)" % columns.strip()
    for sign in APOSTROPHES:
        text = "REPLACE(%s, '%s', '')" % (text, sign)
    words = ":words"
    for sign in "!%_":
        words = "REPLACE(%s, '%s', '!%s')" % (words, sign, sign)
    each = ["%s LIKE (CONCAT('%%', SUBSTRING_INDEX(SUBSTRING_INDEX(%s, ' ', %d), ' ', -1), '%%')) ESCAPE '!'" % (text, words, i)
            for i in range(1, MOST_WORDS + 1)]
    return "(:words IS NULL OR (%s))" % " AND ".join(each)


class Fault(Exception):
    def __init__(self, line, text):
        super().__init__(text)
        self.line = line
        self.text = text


def read_locks():
    """{name: (rank, whether there is one row, whether it is the table of that name)} of locks.txt, lowest first."""
    with open(LOCKS, encoding="utf-8") as handle:
        rows = [line.split("#")[0].split() for line in handle]
    return {row[0]: (rank, "once" in row, "table" in row) for rank, row in enumerate(row for row in rows if row)}


class Column:
    def __init__(self, name, type_name, is_nullable, line, member=None):
        self.name, self.type_name, self.is_nullable, self.line = name, type_name, is_nullable, line
        self.member = member or name  # where it lies in the struct of the inputs

    @property
    def code(self):
        return TYPES[self.type_name][0] if self.type_name in TYPES else "SQL_ENUM"

    @property
    def ctype(self):
        if self.type_name in TYPES:
            return TYPES[self.type_name][2 if self.is_nullable else 1]
        return "enum " + self.type_name


class Statement:
    def __init__(self, name, kind, flags, line):
        self.name, self.kind, self.flags, self.line = name, kind, flags, line
        self.inputs, self.row, self.declares_row = [], None, False
        self.gives_value = False  # one column without a struct: its value itself
        self.shared = None  # the named struct its inputs are
        self.list, self.is_of_list = None, False  # kind list; one of a list's texts
        self.text, self.marks, self.order = "", [], []
        self.writes = False
        self.tables = ""  # of one that is kept, or changes rows
        self.locks, self.holds = [], []  # names of locks.txt, in its order: taken here, and by the transaction before

    @property
    def reads(self):
        return self.kind in READING

    @property
    def takes_struct(self):
        return self.is_of_list or self.shared is not None or self.kind == "bulk" or len(self.inputs) > MOST_PLAIN_INPUTS

    @property
    def in_name(self):
        if self.is_of_list:
            return self.list.name + "_ask"
        return self.shared.name if self.shared else self.name + "_in"


class Row:
    """A named struct: of a result's row, or of inputs that several statements share."""

    def __init__(self, name, line):
        self.name, self.line, self.columns, self.used = name, line, [], set()


def parse_columns(text, line):
    """'id u64, name str?' → columns."""
    columns = []
    for part in text.split(","):
        words = part.split()
        if not words and text.strip().endswith(",") and part is text.split(",")[-1]:
            continue
        if len(words) != 2:
            raise Fault(line, "expected 'name type', found '%s'" % part.strip())
        name, type_name = words
        is_nullable = type_name.endswith("?")
        type_name = type_name.rstrip("?")
        if not NAME.match(name):
            raise Fault(line, "'%s' is not a column name (a-z, 0-9, _)" % name)
        if name in RESERVED:
            raise Fault(line, "'%s' is a word of C; choose another name" % name)
        if not NAME.match(type_name):
            raise Fault(line, "'%s' is not a type: %s or the name of an enum" % (words[1], " ".join(TYPES)))
        if is_nullable and type_name in TYPES and TYPES[type_name][2] is None:
            raise Fault(line, "%s cannot be nullable" % type_name)
        if name in [c.name for c in columns]:
            raise Fault(line, "'%s' stands twice" % name)
        columns.append(Column(name, type_name, is_nullable, line))
    return columns


def scan_sql(text, first_line, on_end):
    """Walks SQL and yields (kind, text, line): code characters, whole quoted texts, nothing for comments."""
    at, line = 0, first_line
    while at < len(text):
        c = text[at]
        if c == "-" and re.match(r"--(\s|\Z)", text[at:at + 3]) or c == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif text.startswith("/*", at):
            end = text.find("*/", at)
            if end < 0:
                raise Fault(line, "comment is not closed")
            line += text.count("\n", at, end)
            at = end + 2
            yield "code", " ", line
        elif c in "'\"`":
            end = at + 1
            while end < len(text) and text[end] != c:
                end += 2 if text[end] == "\\" and c != "`" else 1
            if end >= len(text):
                raise Fault(line, "%s is not closed" % c)
            yield "quoted", text[at:end + 1], line
            line += text.count("\n", at, end)
            at = end + 1
        elif c == ":" and re.match(r":[A-Za-z_]", text[at:at + 2]) and text[at - 1:at] != ":":
            name = re.match(r"[A-Za-z_][A-Za-z0-9_]*", text[at + 1:]).group()
            yield "mark", name, line
            at += 1 + len(name)
        else:
            if c == ";":
                on_end(line)
            yield "code", c, line
            line += c == "\n"
            at += 1


def read_sql(statement, raw, first_line):
    """Fills text, marks and order; checks the verb and the placeholders."""
    ended_at = []
    out = ""
    declared = {c.name: c for c in statement.inputs}
    used = set()
    plain = ""  # the code without quoted texts, for looking at keywords
    for kind, piece, line in scan_sql(raw, first_line, ended_at.append):
        if ended_at and not (kind == "code" and (piece.isspace() or piece == ";")):
            raise Fault(line, "text after the ';' of %s; a statement needs its own '-- name: kind' line" % statement.name)
        if kind == "mark":
            if piece not in declared:
                raise Fault(line, ":%s is not declared in an 'in' line of %s" % (piece, statement.name))
            used.add(piece)
            statement.marks.append(len(out))
            statement.order.append(declared[piece])
            out += "?"
            plain += "?"
        elif kind == "quoted":
            out += piece
            plain += "'" * len(piece)
        elif piece == "?":
            raise Fault(line, "'?' outside quotes; write :name")
        elif piece == ";":
            if len(ended_at) > 1:
                raise Fault(line, "second ';' in %s" % statement.name)
        elif piece.isspace():
            if out and not plain.endswith(" "):
                out += " "
                plain += " "
        else:
            out += piece
            plain += piece
    if not plain.strip():
        raise Fault(statement.line, "%s has no SQL" % statement.name)
    if not ended_at:
        raise Fault(first_line, "%s does not end with ';'" % statement.name)
    if statement.shared:
        statement.shared.used |= used
    for column in statement.inputs:
        if column.name not in used and not statement.shared and not statement.is_of_list:
            raise Fault(column.line, "input '%s' of %s is not used" % (column.name, statement.name))
    check_like(statement, plain)
    statement.text = out.rstrip()
    check_verb(statement, plain.rstrip())


def check_like(statement, plain):
    """Typed words are no patterns: '%' would find everybody. Those of {words …} are escaped, and stand in brackets."""
    for like in re.finditer(r"\bLIKE\s*(CONCAT\s*\()?", plain, re.I):
        end = plain.find(")" if like.group(1) else " ", like.end())
        for mark, column in zip(statement.marks, statement.order):
            if like.end() <= mark <= (end if end >= 0 else len(plain)) and column.type_name != "word":
                raise Fault(statement.line, "%s takes :%s as a pattern of LIKE: search typed words by {words …}; an input that can hold no "
                            "sign of LIKE is a 'word'" % (statement.name, column.name))


def check_verb(statement, plain):
    verb = re.match(r"[A-Za-z]+", plain)
    verb = verb.group().upper() if verb else ""
    has_rows = verb in ("SELECT", "WITH") or re.search(r"\bRETURNING\b", plain, re.I)
    if verb not in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE"):
        raise Fault(statement.line, "%s begins with '%s'; allowed are SELECT, WITH, INSERT, UPDATE, DELETE, REPLACE"
                    % (statement.name, verb))
    locks = re.search(r"\bFOR\s+UPDATE\b|\bLOCK\s+IN\s+SHARE\s+MODE\b", plain, re.I)
    statement.writes = verb not in ("SELECT", "WITH") or bool(locks)
    if "kept" in statement.flags or verb not in ("SELECT", "WITH"):
        named = re.findall(r"\b(?:FROM|JOIN|INTO|(?<!KEY )UPDATE)\s+(\w+)", plain, re.I)
        if "kept" in statement.flags and re.search(r"\bFROM\s+\w+(\s+\w+)?\s*,", plain, re.I):
            raise Fault(statement.line, "%s is kept: join its tables by JOIN, so that it is seen which they are" % statement.name)
        statement.tables = " ".join(dict.fromkeys(named))
    if statement.kind in READING and not has_rows:
        raise Fault(statement.line, "%s is '%s' but its %s gives no rows" % (statement.name, statement.kind, verb))
    if statement.kind not in READING and has_rows:
        raise Fault(statement.line, "%s is '%s' but gives rows" % (statement.name, statement.kind))
    if statement.kind in ("insert", "bulk") and verb != "INSERT":
        raise Fault(statement.line, "%s is '%s' but begins with %s" % (statement.name, statement.kind, verb))
    if locks and "txn" not in statement.flags:
        raise Fault(statement.line, "%s locks rows: it needs the flag 'txn'" % statement.name)
    if locks and not statement.locks:
        raise Fault(statement.line, "%s locks rows: say which in a line 'locks NAME' (%s)" % (statement.name, os.path.basename(LOCKS)))
    if (statement.locks or statement.holds) and "lock" not in statement.flags and not ("txn" in statement.flags and statement.writes):
        raise Fault(statement.line, "%s takes no lock that outlives it" % statement.name)
    written = re.match(r"(?:UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+(\w+)", plain, re.I)
    table = written.group(1) if written and "txn" in statement.flags else ""
    if read_locks().get(table, (0, False, False))[2] and table not in statement.locks + statement.holds:
        raise Fault(statement.line, "%s writes %s: say 'locks %s', or 'holds %s' where the transaction has locked the row before (%s)"
                    % (statement.name, table, table, table, os.path.basename(LOCKS)))
    if statement.kind == "bulk":
        check_tuple(statement, plain)


def check_tuple(statement, plain):
    at = re.search(r"\bVALUES?\s*\(", plain, re.I)
    if not at:
        raise Fault(statement.line, "%s: a bulk INSERT needs VALUES ( … )" % statement.name)
    depth, start, end = 0, at.end() - 1, None
    for i in range(start, len(plain)):
        depth += {"(": 1, ")": -1}.get(plain[i], 0)
        if depth == 0:
            end = i + 1
            break
    if end is None:
        raise Fault(statement.line, "%s: VALUES ( is not closed" % statement.name)
    for mark in statement.marks:
        if not start < mark < end:
            raise Fault(statement.line, "%s: a bulk INSERT takes inputs only inside its VALUES tuple; after it write "
                        "VALUES(column)" % statement.name)


class File:
    fault = Fault

    def __init__(self, source, text):
        self.source = source
        self.forms = []
        self.schema, self.includes, self.statements, self.rows, self.shared, self.parts = None, [], [], {}, {}, {}
        self.lists, self.count_rows = [], Row("sql_list_total", 1)
        self.count_rows.columns = [Column("n", "u64", False, 1)]
        self.faults = []
        self.read(text)

    def read(self, text):
        """Cuts the file at its '-- name: kind' lines."""
        current, body, body_line, is_open = None, [], 0, False
        for number, line in enumerate(text.split("\n"), 1):
            try:
                head = HEAD.match(line)
                if head and not is_open:
                    self.finish(current, body, body_line)
                    current, body, body_line = self.start(head, number), [], 0
                elif current is None or not is_open and line.startswith("--"):
                    self.read_comment(current, body, line, number)
                else:
                    if not body:
                        body_line = number
                    body.append(line)
                    is_open = not self.has_ended(body, body_line)
                    if not is_open and not "".join(body).strip():
                        body = []
            except Fault as fault:
                self.faults.append(fault)
        self.finish(current, body, body_line)
        if self.schema is None:
            self.faults.append(Fault(1, "'-- schema: village' or '-- schema: control' is missing at the file's head"))
        elif self.schema == "both" and self.lists:
            self.faults.append(Fault(self.lists[0].line, "a list has one schema; write a file of its own"))
        for shared in self.shared.values():
            for column in shared.columns:
                if column.name not in shared.used and not self.faults:
                    self.faults.append(Fault(column.line, "input '%s' of %s is used by no statement" % (column.name, shared.name)))

    @staticmethod
    def has_ended(body, first_line):
        """Between statements comments are directives; inside one they are comments."""
        ends = []
        try:
            code = "".join(t for k, t, _ in scan_sql("\n".join(body), first_line, ends.append))
        except Fault:
            return False
        return bool(ends) or not code.strip()

    def start(self, head, number):
        name, kind, rest = head.groups()
        if kind == "part":
            if name in self.parts:
                raise Fault(number, "part '%s' stands twice" % name)
            self.parts[name] = None
            return Statement(name, kind, [], number)
        flags = rest.split("--")[0].split()
        for flag in flags:
            if flag not in FLAGS:
                raise Fault(number, "'%s' is not a flag: %s" % (flag, " ".join(FLAGS)))
        if name in [s.name for s in self.statements]:
            raise Fault(number, "statement '%s' stands twice" % name)
        if kind == "bulk" and "txn" not in flags:
            flags.append("txn")
        if kind in ("bulk", "each") and "hot" in flags:
            raise Fault(number, "'%s' cannot be hot" % kind)
        if "kept" in flags and (kind not in ("one", "maybe", "many") or "lock" in flags):
            raise Fault(number, "'kept' is of a 'one', 'maybe' or 'many', and not with 'lock'")
        if "lock" in flags and (kind not in ("one", "maybe") or "txn" in flags or not name.endswith("_get")):
            raise Fault(number, "'lock' is of a 'one' or 'maybe' called NAME_get, outside of transactions: NAME_lock comes with it")
        if kind == "list" and "txn" in flags:
            raise Fault(number, "a list is read outside of transactions, or through in_txn(txn)")
        statement = Statement(name, kind, flags, number)
        if kind == "list":
            statement.list = sqlgen_list.List(statement)
            self.lists.append(statement.list)
        else:
            self.statements.append(statement)
        return statement

    def read_comment(self, current, body, line, number):
        match = re.match(r"--\s*schema:\s*(\S+)", line)
        if match and not self.statements:
            if match.group(1) not in SCHEMAS:
                raise Fault(number, "schema is village, control or both, not '%s'" % match.group(1))
            self.schema = match.group(1)
            return
        match = re.match(r'--\s*include\s+"([^"]+)"\s*\Z', line)
        if match and not self.statements:
            self.includes.append(match.group(1))
            return
        match = COLUMNS.match(line)
        if match and current is not None and not body:
            text = re.split(r"\s--(?:\s|\Z)", match.group(2))[0]
            reads = {"in": self.read_in, "out": self.read_out, "locks": self.read_locks, "holds": self.read_holds, "form": self.read_form}
            reads.get(match.group(1), lambda *_: self.read_list_line(match.group(1), current, text, number))(current, text, number)
            return
        if not line.startswith("--") and line.strip():
            raise Fault(number, "SQL without a '-- name: kind' line before it")

    @staticmethod
    def lock_names(before, text, number):
        known = read_locks()
        for name in text.split():
            if name not in known:
                raise Fault(number, "'%s' is no lock of %s" % (name, os.path.basename(LOCKS)))
        return sorted(set(before + text.split()), key=known.get)

    def read_locks(self, statement, text, number):
        statement.locks = self.lock_names(statement.locks, text, number)

    def read_holds(self, statement, text, number):
        statement.holds = self.lock_names(statement.holds, text, number)

    def read_form(self, statement, text, number):
        self.forms.append(sqlgen_form.Use(statement, text, number, Fault))

    def read_list_line(self, word, statement, text, number):
        if statement.kind != "list":
            raise Fault(number, "'%s' belongs to a list" % word)
        lst = statement.list
        if word == "order":
            order = sqlgen_list.parse_order(text, number, Fault)
            if order.name in [o.name for o in lst.orders]:
                raise Fault(number, "order '%s' stands twice" % order.name)
            lst.orders.append(order)
        elif word == "way":
            lst.ways.append(sqlgen_list.parse_way(text, number, Fault))
        else:
            base = next((l for l in self.lists if l.name == text.strip() and l is not lst), None)
            if base is None or base.base is not None:
                raise Fault(number, "list '%s' is not declared above" % text.strip())
            lst.base, lst.orders, lst.ways = base, base.orders, base.ways
            statement.shared, statement.inputs = base.find, base.statement.inputs

    def read_in(self, statement, text, number):
        name, colon, columns = text.partition(":")
        name = name.strip()
        if statement.kind == "part":
            raise Fault(number, "a part has no 'in'; the statements it stands in have")
        if colon:
            if not NAME.match(name) or statement.inputs or name in self.shared:
                raise Fault(number, "'%s' cannot be the struct of these inputs" % name)
            statement.shared = self.shared[name] = Row(name, number)
            text = columns
        elif NAME.match(name):
            if name not in self.shared or statement.inputs:
                raise Fault(number, "inputs '%s' are not declared above; write 'in %s: column type, …'" % (name, name))
            statement.shared = self.shared[name]
            statement.inputs = statement.shared.columns
            return
        elif statement.shared and statement.shared.line < statement.line:
            raise Fault(number, "inputs '%s' are declared on line %d; they cannot be extended here"
                        % (statement.shared.name, statement.shared.line))
        self.read_inputs(statement, text, number)
        if statement.shared:
            statement.shared.columns = statement.inputs

    @staticmethod
    def read_inputs(statement, text, number):
        for column in parse_columns(text, number):
            if column.name in [c.name for c in statement.inputs]:
                raise Fault(number, "input '%s' stands twice" % column.name)
            if column.name in PARAMETERS:
                raise Fault(number, "'%s' is a parameter of the generated functions; choose another name" % column.name)
            statement.inputs.append(column)

    def read_out(self, statement, text, number):
        if statement.kind not in READING:
            raise Fault(number, "'%s' has no out" % statement.kind)
        name, colon, columns = text.partition(":")
        name = name.strip()
        if colon:
            if not NAME.match(name):
                raise Fault(number, "'%s' is not a struct name" % name)
            if statement.row is not None:
                raise Fault(number, "%s has its struct already; further lines are 'out name type, …'" % statement.name)
            if name in self.rows:
                raise Fault(number, "struct '%s' is declared on line %d; write 'out %s' to use it again"
                            % (name, self.rows[name].line, name))
            statement.row, statement.declares_row = Row(name, number), True
            self.rows[name] = statement.row
            statement.row.columns += parse_columns(columns, number)
        elif statement.row is None and " " in name and statement.kind == "one":
            statement.row, statement.gives_value = Row(statement.name + "_out", number), True
            statement.row.columns = parse_columns(text, number)
            if len(statement.row.columns) != 1:
                raise Fault(number, "%s gives one value, or names its struct: 'out %s_row: column type, …'" % (statement.name, statement.name))
        elif statement.row is None:
            if name not in self.rows:
                raise Fault(number, "struct '%s' is not declared above; write 'out %s: column type, …'" % (name, name))
            statement.row = self.rows[name]
        elif statement.gives_value:
            raise Fault(number, "%s gives one value; of more write 'out %s_row: column type, …'" % (statement.name, statement.name))
        elif not statement.declares_row:
            raise Fault(number, "struct '%s' is declared on line %d; it cannot be extended here"
                        % (statement.row.name, statement.row.line))
        else:
            for column in parse_columns(text, number):
                if column.name in [c.name for c in statement.row.columns]:
                    raise Fault(number, "column '%s' stands twice" % column.name)
                statement.row.columns.append(column)

    def finish(self, statement, body, body_line):
        if statement is None:
            return
        try:
            if statement.kind == "list":
                self.finish_list(statement, "\n".join(body), body_line)
                return
            raw = self.put_parts("\n".join(body), body_line)
            if statement.kind == "part":
                self.parts[statement.name] = self.read_part(statement, raw, body_line)
                return
            if statement.kind in READING and statement.row is None:
                raise Fault(statement.line, "%s is '%s' and needs an 'out' line" % (statement.name, statement.kind))
            read_sql(statement, raw, body_line)
            if "lock" in statement.flags:
                self.statements.append(self.locking(statement, raw, body_line))
        except Fault as fault:
            if fault.line not in [f.line for f in self.faults]:
                self.faults.append(fault)

    @staticmethod
    def locking(statement, raw, body_line):
        """NAME_lock of NAME_get: the same row, which nobody else changes until the transaction ends."""
        one = Statement(statement.name[:-len("get")] + "lock", statement.kind, [f for f in statement.flags if f != "lock"] + ["txn"], statement.line)
        one.inputs, one.row, one.shared = statement.inputs, statement.row, statement.shared
        one.locks, statement.locks = statement.locks or ["own"], []
        read_sql(one, raw.rstrip()[:-1] + " FOR UPDATE;", body_line)
        return one

    def finish_list(self, statement, raw, body_line):
        """A list becomes one statement for each of its texts."""
        lst = statement.list
        if statement.inputs and statement.shared is None:
            statement.shared = self.shared[lst.name + "_find"] = Row(lst.name + "_find", statement.inputs[0].line)
            statement.shared.columns = statement.inputs
        sqlgen_list.check(lst, Fault)
        lst.first = len(self.statements)
        limit = Column("limit", "u32", False, statement.line)
        find = [Column(c.name, c.type_name, c.is_nullable, c.line, "find." + c.name) for c in statement.inputs]
        at = [Column("at_set", "bool", False, statement.line, "at.is_set")]
        at += [Column("at_" + c.name, c.type_name, c.is_nullable or c.type_name in sqlgen_list.NULL_WHEN_ZERO, c.line, "at." + c.name)
               for c in lst.cursor_columns()]
        for name, kind, text, way in sqlgen_list.statements(self, lst, raw, body_line, ListTools):
            if name in [s.name for s in self.statements]:
                raise Fault(statement.line, "statement '%s' stands twice" % name)
            is_hot = lst.base is None and ("hot" in statement.flags or (way is not None and way.is_hot))
            one = Statement(name, kind, ["hot"] if is_hot else [], statement.line)
            one.list, one.is_of_list, one.shared, one.inputs = lst, True, statement.shared, find + at + [limit]
            one.row = statement.row if kind == "many" else self.count_rows
            read_sql(one, text, body_line)
            self.statements.append(one)

    def put_parts(self, raw, first_line, known=None):
        """'{name}' → the part's SQL, on one line, so that lines keep their numbers."""
        def piece(match):
            columns, name = match.groups()
            if columns is not None:
                return typed_words(columns)
            if name is None:
                return match.group()
            if known and name in known:
                return known[name]
            if self.parts.get(name) is None:
                raise Fault(first_line + raw.count("\n", 0, match.start()), "part '%s' is not declared above" % name)
            return self.parts[name]
        return PIECE.sub(piece, raw)

    @staticmethod
    def read_part(statement, raw, first_line):
        ends = []
        pieces = [":" + text if kind == "mark" else text for kind, text, _ in scan_sql(raw, first_line, ends.append)]
        text = re.sub(r"\s*\n\s*", " ", "".join(pieces)).strip()
        if len(ends) != 1 or not text.endswith(";") or text == ";":
            raise Fault(statement.line, "part '%s' is SQL that ends with one ';'" % statement.name)
        return text[:-1]


class ListTools:
    """What sqlgen_list.py needs of this file."""
    fault = Fault
    scan = staticmethod(scan_sql)

    @staticmethod
    def clean(raw, first_line):
        """The SQL without comments."""
        return "".join(":" + t if k == "mark" else t for k, t, _ in scan_sql(raw, first_line, lambda line: None))


def c_text(text):
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("??", "?\\?")


def c_lines(text, indent):
    """A long literal over several lines, cut at spaces."""
    lines, rest = [], text
    while len(rest) > 90:
        cut = rest.rfind(" ", 0, 90) + 1 or rest.find(" ") + 1 or len(rest)
        lines.append(rest[:cut])
        rest = rest[cut:]
    lines.append(rest)
    return ("\n" + indent).join('"%s"' % c_text(line) for line in lines if line or len(lines) == 1)


def handle_of(schema, statement):
    """(name, parameter, handle) of a function's first parameter."""
    if schema == "village":
        return ("txn", "struct txn *txn", "sql_txn(txn)") if "txn" in statement.flags else \
            ("db", "struct village_db *db", "sql_village(db)")
    return ("txn", "struct control_txn *txn", "sql_control_txn(txn)") if "txn" in statement.flags else \
        ("db", "struct control_db *db", "sql_control(db)")


def name_in(file, schema, name):
    """What a statement is called for one schema."""
    return "control_" + name if file.schema == "both" and schema == "control" else name


def parameters(schema, statement):
    s = statement
    params = [handle_of(schema, s)[1]]
    if s.kind == "bulk":
        params += ["const struct %s *rows" % s.in_name, "size_t n"]
    elif s.takes_struct:
        params.append("const struct %s *in" % s.in_name)
    else:
        params += ["%s %s" % (c.ctype, c.name) for c in s.inputs]
    if s.kind == "one":
        params.append("%s *out" % (s.row.columns[0].ctype if s.gives_value else "struct " + s.row.name))
    elif s.kind == "maybe":
        params += ["struct %s *out" % s.row.name, "bool *found_out"]
    elif s.kind == "many":
        params.append("struct %s_rows *out" % s.row.name)
    elif s.kind == "each":
        params += ["enum rc (*row)(void *ctx, const struct %s *row, struct err *err)" % s.row.name, "void *ctx"]
    elif s.kind == "exec":
        params.append("uint64_t *affected_out")
    elif s.kind == "insert":
        params.append("uint64_t *id_out")
    params.append("struct err *err")
    return ", ".join(params)


def struct_lines(name, columns):
    lines = ["struct %s {" % name]
    lines += ["    %s %s;" % (c.ctype, c.name) for c in columns]
    return lines + ["};"]


def write_header(file, guard):
    out = ["/* Made by sqlgen.py from %s. */" % file.source, "#ifndef %s" % guard, "#define %s" % guard, "",
           '#include "server/store/store.h"']
    out += ['#include "%s"' % path for path in file.includes]
    out.append("")
    for row in file.rows.values():
        out += ['#line %d "%s"' % (row.line, file.source)] + struct_lines(row.name, row.columns)
        out += ["struct %s_rows {" % row.name, "    struct %s *p;" % row.name, "    size_t n;", "};", ""]
    for shared in file.shared.values():
        out += ['#line %d "%s"' % (shared.line, file.source)] + struct_lines(shared.name, shared.columns) + [""]
    for use in file.forms:
        out += ['#line %d "%s"' % (use.line, file.source)] + use.header_lines() + [""]
    for lst in file.lists:
        out.append('#line %d "%s"' % (lst.line, file.source))
        out += sqlgen_list.header_lines(lst, handle_of(file.schema, lst.statement)[1])
    for s in file.statements:
        if s.is_of_list:
            continue
        out.append('#line %d "%s"' % (s.line, file.source))
        if s.takes_struct and not s.shared:
            out += struct_lines(s.in_name, s.inputs)
        out += ["enum rc sql_%s(%s) MUST_USE;" % (name_in(file, schema, s.name), parameters(schema, s)) for schema in SCHEMAS[file.schema]]
        out.append("")
    return "\n".join(out + ["#endif", ""])


def base_name(file):
    return os.path.splitext(os.path.basename(file.source))[0]


def column_lines(label, struct, columns, file):
    if not columns:
        return []
    out = ["static const struct sql_column %s[] = {" % label]
    for before, c in zip([None] + columns, columns):
        if before is None or before.line != c.line:
            out.append('#line %d "%s"' % (c.line, file.source))
        out.append('    {"%s", %s, %s, offsetof(struct %s, %s)},'
                   % (c.name, c.code, "true" if c.is_nullable else "false", struct, c.member))
    return out + ["};"]


def statement_lines(file, schema, s):
    """One initialiser of the file's table."""
    return [
        "    {",
        '        .name = "%s",' % name_in(file, schema, s.name),
        '        .schema = "%s",' % schema,
        '        .source = "%s:%d",' % (file.source, s.line),
        "        .kind = SQL_%s," % s.kind.upper(),
        "        .is_hot = %s," % ("true" if "hot" in s.flags else "false"),
        "        .writes = %s," % ("true" if s.writes else "false"),
    ] + (["        .is_kept = true,"] if "kept" in s.flags else []) + ([
        '        .tables = "%s",' % s.tables,
    ] if s.tables else []) + [
        "        .text = %s," % c_lines(s.text, " " * 16),
        "        .text_n = %d," % len(s.text.encode()),
    ] + lock_lines(s) + ([
        "        .marks = %s_marks," % s.name,
        "        .in = %s_inputs," % s.name,
        "        .in_n = %d," % len(s.order),
    ] if s.order else []) + ([
        "        .out = %s_columns," % s.row.name,
        "        .out_n = %d," % len(s.row.columns),
        "        .out_bytes = sizeof(struct %s)," % s.row.name,
    ] if s.row else []) + ([
        "        .in_bytes = sizeof(struct %s)," % s.in_name,
    ] if s.kind == "bulk" else []) + ["    },"]


def lock_lines(s):
    ranks = [read_locks()[name] for name in s.locks]
    once = sum(1 << rank for rank, is_once, _ in ranks if is_once)
    held = sum(1 << read_locks()[name][0] for name in s.holds)
    return (['        .holds = "%s",' % " ".join(s.holds), "        .held_ranks = 0x%xull," % held] if held else []) + ([] if not ranks else ['        .locks = "%s",' % " ".join(s.locks), "        .lock_ranks = 0x%xull," % sum(1 << rank for rank, _, _ in ranks)]) + (
        ["        .locks_once = 0x%xull," % once] if once else [])


def byte_at(statement, index):
    return len(statement.text[:index].encode())


def function_lines(file, schema, index, s):
    _, _, handle = handle_of(schema, s)
    table = "&%s_sql_statements[%d]" % (base_name(file), index)
    out = ['#line %d "%s"' % (s.line, file.source), "enum rc sql_%s(%s)" % (name_in(file, schema, s.name), parameters(schema, s)), "{"]
    if s.kind == "bulk":
        return out + ["    return sql_run_bulk(%s, %s, rows, n, err);" % (handle, table), "}", ""]
    if s.takes_struct:
        value = "in"
    elif s.inputs:
        out.append("    const struct %s_in in = {%s};" % (s.name, ", ".join(".%s = %s" % (c.name, c.name) for c in s.inputs)))
        value = "&in"
    else:
        value = "NULL"
    call = {
        "one": "sql_run_one(%s, %s, %s, out, err)",
        "maybe": "sql_run_maybe(%s, %s, %s, out, found_out, err)",
        "exec": "sql_run_exec(%s, %s, %s, affected_out, err)",
        "insert": "sql_run_insert(%s, %s, %s, id_out, err)",
    }
    if s.kind == "many":
        out += ["    struct sql_rows rows;",
                "    TRY(sql_run_many(%s, %s, %s, &rows, err));" % (handle, table, value),
                "    *out = (struct %s_rows){rows.p, rows.n};" % s.row.name, "    return RC_OK;", "}", ""]
    elif s.kind == "each":
        out += ["    struct %s_each each = {row, ctx};" % s.name,
                "    return sql_run_each(%s, %s, %s, %s_row, &each, err);" % (handle, table, value, s.name), "}", ""]
    else:
        out += ["    return %s;" % (call[s.kind] % (handle, table, value)), "}", ""]
    return out


def each_lines(s):
    """The typed callback behind the untyped one."""
    name, row = s.name, s.row.name
    return ["struct %s_each {" % name,
            "    enum rc (*row)(void *ctx, const struct %s *row, struct err *err);" % row, "    void *ctx;", "};",
            "static enum rc %s_row(void *ctx, const void *row, struct err *err)" % name, "{",
            "    const struct %s_each *each = ctx;" % name, "", "    return each->row(each->ctx, row, err);", "}", ""]


def write_source(file, header):
    out = ["/* Made by sqlgen.py from %s. */" % file.source, '#include "%s"' % header, "",
           '#include "server/store/sql.h"', *sorted({'#include "%s"' % use.view_header for use in file.forms}), "",
           "/* Every statement of the file, for tests; ended by a row whose name is NULL. */",
           "extern const struct sql_statement %s_sql_statements[];" % base_name(file), ""]
    for enum in sorted({c.type_name for s in file.statements for c in s.inputs + (s.row.columns if s.row else [])
                        if c.code == "SQL_ENUM"}):
        out.append('_Static_assert(sizeof(enum %s) == 4, "enums are stored as four bytes");' % enum)
    for row in file.rows.values():
        out += column_lines(row.name + "_columns", row.name, row.columns, file)
    for row in (s.row for s in file.statements if s.gives_value):
        out += struct_lines(row.name, row.columns) + column_lines(row.name + "_columns", row.name, row.columns, file)
    if any(lst.base is None for lst in file.lists):
        out += column_lines("sql_list_total_columns", "sql_list_total", file.count_rows.columns, file)
    for lst in file.lists:
        out += sqlgen_list.struct_lines(lst)
    for s in file.statements:
        if s.inputs and not s.takes_struct:
            out += struct_lines(s.name + "_in", s.inputs)
        out += column_lines(s.name + "_inputs", s.in_name, s.order, file)
        if s.order:
            out.append("static const uint32_t %s_marks[] = {%s};" % (s.name, ", ".join(str(byte_at(s, m)) for m in s.marks)))
        if s.kind == "each":
            out += each_lines(s)
    out += ["", "const struct sql_statement %s_sql_statements[] = {" % base_name(file)]
    entries = [(schema, s) for schema in SCHEMAS[file.schema] for s in file.statements]
    for schema, s in entries:
        out += statement_lines(file, schema, s)
    out += ["    {.name = NULL},", "};", ""]
    for index, (schema, s) in enumerate(entries):
        if not s.is_of_list:
            out += function_lines(file, schema, index, s)
    for use in file.forms:
        out += use.source_lines()
    for lst in file.lists:
        _, parameter, handle = handle_of(file.schema, lst.statement)
        out += sqlgen_list.table_lines(lst, base_name(file), (parameter, handle), lst.first)
    return "\n".join(out)


def write_index(sources, path):
    """A table of all tables, so that a test reaches every statement of the house."""
    names = [os.path.splitext(os.path.basename(source))[0] for source in sources]
    out = ["/* Made by sqlgen.py --index. */", '#include "server/store/sql.h"', ""]
    out += ["extern const struct sql_statement %s_sql_statements[];" % name for name in names]
    out += ["extern const struct sql_file all_sql_files[];", "const struct sql_file all_sql_files[] = {"]
    out += ['    {"%s", %s_sql_statements},' % pair for pair in zip(sources, names)]
    write(path, "\n".join(out + ["    {NULL, NULL},", "};", ""]))


def write(path, text):
    """A file whose text is the same keeps its time, so that nothing is compiled again because of it."""
    try:
        with open(path, encoding="utf-8") as old:
            if old.read() == text:
                return
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(path + ".new", path)


def generate(root, out_dir, source):
    with open(os.path.join(root, source), encoding="utf-8") as handle:
        file = File(source, handle.read())
    sqlgen_form.read(file, root)
    if file.faults:
        for fault in sorted(file.faults, key=lambda f: f.line):
            print("%s:%d: %s" % (source, fault.line, fault.text), file=sys.stderr)
        return False
    stem = os.path.splitext(source)[0] + "_sql"
    guard = "BALAI_" + re.sub(r"[^A-Z0-9]", "_", stem.upper()) + "_H"
    write(os.path.join(out_dir, stem + ".h"), write_header(file, guard))
    write(os.path.join(out_dir, stem + ".c"), write_source(file, stem + ".h"))
    return True


def main():
    parser = argparse.ArgumentParser(description="typed C functions out of .sql files")
    parser.add_argument("--root", required=True)
    parser.add_argument("--out")
    parser.add_argument("--index")
    parser.add_argument("sources", nargs="+")
    args = parser.parse_args()
    if args.index:
        write_index(args.sources, args.index)
        return 0
    if not args.out:
        parser.error("--out or --index is needed")
    return 0 if all([generate(args.root, args.out, source) for source in args.sources]) else 1


if __name__ == "__main__":
    sys.exit(main())
