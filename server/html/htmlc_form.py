# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fields of forms: from a line {{text name "nama" 1..100 "Nama tamu"}} to table row, struct member, reader and box."""
import re

from htmlc_parse import NAME, Fault, Node

# Where the lists of {{code …}} come from: a source, and the enumerator CODE_LIST for each.
CODES = ("codes_source", "server/register/codes_source.h")

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"\??|[0-9]*\.\.[0-9A-Z_]*\??|\?|[A-Za-z0-9_]+)')
RANGE = re.compile(r"([0-9]*)\.\.([0-9A-Z_]*)$")

# Whose rows these kinds choose from: a source by name, and its header. {{pick … SOURCE}} takes any other.
PICKS = {
    "resident": ("residents_pick", "tenants/village/roster/residents_pick.h"),
    "family": ("families_pick", "tenants/village/families/families_pick.h"),
    "area": ("areas_pick", "tenants/village/families/families_pick.h"),
    "official": ("officials_pick", "tenants/village/staff/officials_pick.h"),
}

# Attributes with a value, and those without.
VALUED = {"hint": str, "width": str, "unit": str, "autocomplete": str, "offers": str, "empty": str, "accept": str, "rows": int, "past": int, "may": "c", "most": int}
FLAGS = {"first", "sent", "listed", "bare", "aside", "hidden", "own", "query", "always", "radios", "inline", "birthday", "readonly", "required", "either"}


class Kind:
    """What one kind of field is in C. `member`: its type when required; `opt`: when it may be empty."""

    def __init__(self, input_kind, member, read, box=None, opt=None, opt_read=None, **more):
        self.input_kind, self.member, self.read, self.box = input_kind, member, read, box
        self.opt, self.opt_read = opt or member, opt_read or read
        self.fill = more.pop("fill", None)  # of a stored value: %(box)s, %(from)s
        self.show = more.pop("show", "%(from)s")
        self.opt_show = more.pop("opt_show", self.show)
        self.opt_fill = more.pop("opt_fill", self.fill)
        self.view = more.pop("view", {})    # members of the widget's struct that follow from the kind
        self.range = more.pop("range", None)
        self.args = more.pop("args", "")    # what stands between range and label: "list", "choices", "purpose"
        assert not more


TEXT_FILL = "%(box)s->value = %(from)s;"
OPT = {"opt": "struct opt_u64", "opt_read": "value_opt_u64(%s)", "opt_fill": "form_put_opt_u64(arena, %(box)s, %(from)s);",
       "opt_show": "form_show_opt(arena, %(from)s)"}
NUMBER = dict(OPT, fill="form_put_u64(arena, %(box)s, %(from)s);", show="form_show_opt(arena, some_u64(%(from)s))")
MONEY = dict(OPT, fill="form_put_money(arena, %(box)s, some_u64(%(from)s));", show="form_show_money(arena, some_u64(%(from)s))",
             opt_fill="form_put_money(arena, %(box)s, %(from)s);", opt_show="form_show_money(arena, %(from)s)")
CODE = dict(OPT, fill="form_put_u64(arena, %(box)s, %(from)s);", show="form_show_code(%(row)s, %(from)s)",
            opt_show="form_show_code(%(row)s, %(from)s.value)", args="list")
CARD = dict(fill="%(box)s->value = nik_spaced(arena, %(from)s);", show="nik_spaced(arena, %(from)s)", range=("16", "16"),
            view={"width": "nik", "inputmode": "numeric"})

KINDS = {
    "text": Kind("TEXT", "struct str", "value_str(%s)", "field", fill=TEXT_FILL),
    "lines": Kind("LINES", "struct str", "value_str(%s)", "textarea", fill=TEXT_FILL),
    "rich": Kind("LINES", "struct str", "value_str(%s)", "textarea", fill=TEXT_FILL, range=("0", "20000")),
    "secret": Kind("SECRET", "struct str", "value_str(%s)", "field", show=None, view={"type": "password"}),
    "number": Kind("U64", "uint64_t", "value_u64(%s)", "field", view={"inputmode": "numeric"}, **NUMBER),
    "decimal": Kind("DECIMAL", "uint64_t", "value_u64(%s)", "field", view={"inputmode": "decimal"}, args="places",
                    **dict(OPT, fill="form_put_decimal(arena, %(box)s, some_u64(%(from)s), %(list)s);",
                           opt_fill="form_put_decimal(arena, %(box)s, %(from)s, %(list)s);",
                           show="form_show_decimal(arena, %(row)s, some_u64(%(from)s), %(unit)s)",
                           opt_show="form_show_decimal(arena, %(row)s, %(from)s, %(unit)s)")),
    "time": Kind("TIME", "uint64_t", "value_u64(%s)", "field", view={"inputmode": "decimal", "width": "4"},
                 **dict(OPT, fill="form_put_time(arena, %(box)s, some_u64(%(from)s));", opt_fill="form_put_time(arena, %(box)s, %(from)s);",
                        show="form_show_time(arena, some_u64(%(from)s))", opt_show="form_show_time(arena, %(from)s)")),
    "year": Kind("YEAR", "uint64_t", "value_u64(%s)", "field", range=("1900", "2100"), view={"inputmode": "numeric", "width": "4"},
                 **dict(NUMBER, show='str_fmt(arena, "%%" PRIu64, %(from)s)',
                        opt_show='%(from)s.is_set ? str_fmt(arena, "%%" PRIu64, %(from)s.value) : STR("")')),
    "money": Kind("MONEY", "uint64_t", "value_u64(%s)", "field", view={"inputmode": "numeric"}, **MONEY),
    "digits": Kind("DIGITS", "struct str", "value_str(%s)", "field", fill=TEXT_FILL, view={"inputmode": "numeric"}),
    "nik": Kind("DIGITS", "struct str", "value_str(%s)", "field", **CARD),
    "kk": Kind("DIGITS", "struct str", "value_str(%s)", "field", **CARD),
    "phone": Kind("PHONE", "struct str", "value_str(%s)", "field", fill=TEXT_FILL, view={"type": "tel", "inputmode": "tel", "width": "16"}),
    "email": Kind("EMAIL", "struct str", "value_str(%s)", "field", fill=TEXT_FILL, view={"type": "email", "inputmode": "email"}),
    "web": Kind("WEB", "struct str", "value_str(%s)", "field", fill=TEXT_FILL, view={"inputmode": "url"}),
    "date": Kind("DATE", "struct date", "value_date(%s)", "date3", fill="form_put_date(arena, %(box)s, %(from)s);",
                 show="date_long(arena, %(from)s)"),
    "month": Kind("MONTH", "struct date", "value_date(%s)", "month", fill="form_put_date(arena, %(box)s, %(from)s);",
                  show="form_show_month(arena, %(from)s)"),
    "choice": Kind("CHOICE", "struct str", "value_str(%s)", "select", fill=TEXT_FILL, show="form_show_choice(%(row)s, %(from)s)",
                   args="choices"),
    "option": Kind("OPTION", "uint64_t", "value_u64(%s)", "select", args="choices",
                   **dict(OPT, fill="form_put_opt_u64(arena, %(box)s, some_u64(%(from)s));", show="form_show_option(%(row)s, some_u64(%(from)s))",
                          opt_show="form_show_option(%(row)s, %(from)s)")),
    "code": Kind("CODE", "uint64_t", "value_u64(%s)", "select", **CODE),
    "yes": Kind("FLAG", "bool", "value_flag(%s)", "check", fill="%(box)s->is_on = %(from)s;", show="form_show_flag(%(from)s)"),
    "file": Kind("FILE", "struct upload", "value_upload(%s)", "file", show=None),
    "files": Kind("FILES", "struct uploads", "value_uploads(%s)", "file", show=None),
    "picture": Kind("PICTURE", "struct upload", "value_upload(%s)", "file", show=None, range=("0", "IMAGE_MAX_BYTES")),
    "place": Kind("GEO", "struct geo", "value_geo(%s)", "field", fill="form_put_geo(arena, %(box)s, %(from)s);",
                  show="form_show_geo(arena, %(from)s)"),
    "group": Kind("GROUP", None, None, "group"),
    # without boxes
    "token": Kind("TOKEN", "struct str", "value_token(req, %s)", show=None, fill=TEXT_FILL, args="purpose"),
    "pairs": Kind("PREFIX", "struct input_pairs", "value_pairs(%s)", show=None),
    "path_id": Kind("PATH_U64", "uint64_t", "value_u64(%s)", show=None),
    "path_word": Kind("PATH_WORD", "struct str", "value_str(%s)", show=None),
}
for _kind in ("pick", *PICKS):
    KINDS[_kind] = Kind("PICK", "struct pick", "value_pick(%s)", "pick", fill="form_put_pick(arena, %(box)s, %(from)s);",
                        show="%(from)s.label", args="source" if _kind == "pick" else "")
FIELD = re.compile(r'(%s)\s+(%s)\s+"' % ("|".join(k for k in [*KINDS, "dates"] if k != "group"), NAME))
GROUP = re.compile(r'group\s+(%s)\s+(?:([0-9]+)\.\.)?([0-9]+)\s+"([A-Za-z0-9-]{1,30})"(?:\s+"([^"]+)")?\s*$' % NAME)


def is_field(value):
    return value == "version" or FIELD.match(value) is not None


def tokens_of(text, line):
    out, at = [], 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            raise Fault(line, "cannot read the field at: " + text[at:].strip())
        out.append(match[1])
        at = match.end()
    return out


def quoted(token, line, what):
    if not token.startswith('"'):
        raise Fault(line, "%s stands in quotes" % what)
    return token[1:-1]


def parse_group(value, line):
    """Node(group) of {{group people 1..8 "orang" "Orang"}}; its fields follow as its body."""
    match = GROUP.match(value)
    if not match or not 1 <= int(match[3]) <= 40:
        raise Fault(line, 'write {{group people 8 "orang"}} or {{group people 1..8 "orang" "Orang"}}, at most 40 rows')
    return Node("group", line, of=KINDS["group"], kind_name="group", member=match[1], name=match[4], low=match[2] or "0", high=match[3],
                label=match[5] or match[4].capitalize(), required=bool(match[2] and match[2] != "0"), attrs={}, arg=None, fields=[], bodies=[[]],
                lines=[line], take="TAKE_POST", is_seen=True, is_hidden=False, box="group")


def parse_fields(value, line, is_boxed):
    """The nodes of one field line: mostly one; a range of dates is two."""
    if not re.match(r"dates\s", value):
        return [parse_field(value, line, is_boxed)]
    match = re.match(r'dates\s+(%s)\s+"([A-Za-z0-9_-]+)"(\??)\s+"([^"]+)"(.*)$' % NAME, value, re.S)
    if not match:
        raise Fault(line, 'write {{dates MEMBER "name" "Label"}}')
    member, name, mark, label, rest = match.groups()
    pair = [parse_field('date %s_%s "%s_%s"%s "%s %s"%s' % (member, c, name, id_, mark, label, id_, rest if c == "from" else ""), line, is_boxed)
            for c, id_ in (("from", "dari"), ("until", "sampai"))]
    pair[1].is_until = True
    if not is_boxed:
        return pair
    return [Node("literal", line, text='<div class="from-to">'), *pair, Node("literal", line, text="</div>")]


def parse_field(value, line, is_boxed):
    """Node(field) of one line; is_boxed: inside of {{!form}}, where kinds with a box show it."""
    if value == "version":
        value = 'number version "versi" 1.. "Versi" hidden'
    kind_name, member, *tokens = tokens_of(value, line)
    kind = KINDS[kind_name]
    node = Node("field", line, of=kind, kind_name=kind_name, member=member, required=True, low="0", high="0", attrs={}, arg=None, label=None,
                is_until=False, fields=None, may_be_zero=False)
    if kind.range:
        node.low, node.high = kind.range
    node.required = not any(t.endswith('?') and not t.endswith('?"') for t in tokens)  # the mark may stand behind name, range or choices
    tokens = [t.rstrip("?") if not t.startswith('"') else t[:-1] if t.endswith('"?') else t for t in tokens]
    tokens = [t for t in tokens if t]
    node.name = quoted(tokens.pop(0), line, "the name")
    if not re.match(r"[A-Za-z0-9_.-]{1,60}$", node.name) and (kind_name != "pairs" or node.name):
        raise Fault(line, "a field's name is letters, digits, _ . -, at most 60: " + node.name)
    parse_args(node, tokens, line)
    parse_attrs(node, tokens, line)
    is_path = kind_name.startswith("path_")
    node.is_seen = is_boxed and kind.box is not None and not {"hidden", "query", "always", "bare"} & set(node.attrs)
    has_box = node.is_seen and "own" not in node.attrs
    node.box = kind.box if has_box else None
    if node.is_seen and node.label is None:
        raise Fault(line, 'a field people see has a label: {{%s %s "%s" "Label"}}' % (kind_name, member, node.name))
    if has_box and kind_name in ("choice", "option", "yes", "code") and "radios" in node.attrs:
        node.box = "radios"
    if has_box and node.box == "pick" and kind_name in ("area", "official"):
        node.box = "select"  # few enough to be listed
    if has_box and kind_name == "pick" and "listed" in node.attrs:
        node.box = "select"
    node.is_hidden = is_boxed and "hidden" in node.attrs
    node.take = "TAKE_ALWAYS"
    if "query" in node.attrs:
        node.take = "TAKE_GET"
    elif "sent" in node.attrs or (is_boxed and not is_path and "always" not in node.attrs):
        node.take = "TAKE_POST"
    if kind_name in ("yes", "token", "pairs"):
        node.required = "required" in node.attrs
    return node


def parse_range(node, token, line):
    match = RANGE.match(token)
    if not match:
        raise Fault(line, "a range is 1..100, ..100 or 1..")
    node.low, node.high = match[1] or "0", match[2] or "0"
    node.may_be_zero = match[1] == "0"


def parse_args(node, tokens, line):
    """Range and argument, in either order, then the label."""
    is_range = [".." in t and not t.startswith('"') for t in tokens[:2]]
    if any(is_range):
        parse_range(node, tokens.pop(is_range.index(True)), line)
    if node.of.args == "list":
        if not tokens or not re.match(r"[A-Z][A-Z0-9_]*$", tokens[0]):
            raise Fault(line, 'a code names its list: {{code %s "%s" RELIGION "Agama"}}' % (node.member, node.name))
        node.arg = tokens.pop(0)
    elif node.of.args == "choices":
        pairs = [p.partition("=") for p in quoted(tokens.pop(0) if tokens else "", line, "what can be chosen").split("|")]
        values = [p[0] for p in pairs]
        if node.kind_name == "option" and not all(re.match(r"[0-9]{1,9}$", v) for v in values):
            raise Fault(line, 'an option is a number: "1=Label|2=Label"; words are a choice')
        if not all(values) or len(set(values)) < len(values):
            raise Fault(line, 'choices are "value=Label|value=Label", each value once')
        node.arg = "|".join(values)
        node.labels = "|".join(p[2] or p[0] for p in pairs)
    elif node.of.args == "places":
        if not tokens or not re.match(r"[1-6]$", tokens[0]):
            raise Fault(line, 'a decimal says its places: {{decimal %s "%s" 2 "Luas"}}' % (node.member, node.name))
        node.arg = tokens.pop(0)
    elif node.of.args == "source":
        if not tokens or not re.match(r"[a-z_][a-z0-9_]*$", tokens[0]):
            raise Fault(line, 'a pick names its source: {{pick %s "%s" rooms_pick "Ruang"}}' % (node.member, node.name))
        node.arg = tokens.pop(0)
    elif node.of.args == "purpose":
        node.arg = quoted(tokens.pop(0) if tokens else "", line, "a token's purpose")
    if tokens and tokens[0].startswith('"'):
        node.label = quoted(tokens.pop(0), line, "the label")


def parse_attrs(node, tokens, line):
    while tokens:
        word = tokens.pop(0)
        if word in node.attrs:
            raise Fault(line, "%s stands twice" % word)
        if word in FLAGS:
            node.attrs[word] = True
        elif word in VALUED:
            if not tokens:
                raise Fault(line, "%s takes a value" % word)
            token = tokens.pop(0)
            node.attrs[word] = token if VALUED[word] in (int, "c") else quoted(token, line, word)
        else:
            raise Fault(line, "a field has no attribute " + word)


class Form:
    """One {{!form}} or {{!input}}: its fields in order, and the C of them."""

    def __init__(self, name, line, fields, is_boxed, is_get, c_text):
        self.name, self.fields, self.is_boxed, self.is_get = name, fields, is_boxed, is_get
        self.literal = lambda text: "STR(%s)" % c_text(text)[0]
        self.z = lambda text: c_text(text)[0] if text is not None else "NULL"
        for i, field in enumerate(fields):
            field.table = "%s_input" % name
            for j, cell in enumerate(field.fields or []):
                cell.index, cell.table = j, "%s_%s_input" % (name, field.member)
                cell.take = "TAKE_ALWAYS"
                if not cell.is_seen or cell.kind_name in ("file", "files", "picture", "secret") or cell.box is None:
                    raise Fault(cell.line, "a group's fields are boxes without files")
            self.check_names(field.fields or [])
        self.check_names(fields)
        for i, field in enumerate(fields):
            field.index = i
            if is_get and field.take == "TAKE_POST":
                field.take = "TAKE_ALWAYS"

    @staticmethod
    def check_names(fields):
        seen = set()
        for field in fields:
            for what in (field.member, '"%s"' % field.name):
                if what in seen:
                    raise Fault(field.line, "two fields are %s" % what)
                seen.add(what)

    def field(self, member, line):
        for field in self.fields:
            if field.member == member:
                return field
        raise Fault(line, "the form %s has no field %s" % (self.name, member))

    def at(self, field):
        return "&%s[%d]" % (field.table, field.index)

    def type_of(self, field):
        if field.fields is not None:
            return "struct {\n        struct %s_%s_row *p;\n        size_t n;\n    }" % (self.name, field.member)
        return field.of.member if field.required else field.of.opt

    def is_shown(self, field):
        return field.is_seen and field.of.show is not None and "aside" not in field.attrs

    def headers(self):
        """What the source includes for its kinds."""
        all_fields = self.fields + [c for f in self.fields for c in f.fields or []]
        kinds = {f.kind_name for f in all_fields}
        out = {PICKS[k][1] for k in kinds if k in PICKS}
        if "code" in kinds:
            out.add(CODES[1])
        if "picture" in kinds:
            out.add("server/image/image.h")
        return out

    # -- the header --

    def header(self):
        name = self.name
        out = []
        for group in (f for f in self.fields if f.fields is not None):
            out += ["struct %s_%s_row {" % (name, group.member), "    size_t row; /* its number in the form, from 1 */"]
            out += ["    %s %s;" % (self.type_of(f), f.member) for f in group.fields] + ["};"]
        out += ["struct %s_form {" % name]
        out += ["    %s %s;" % (self.type_of(f), f.member) for f in self.fields]
        out += ["    char none_; /* C has no struct without members */"] if not self.fields else []
        out += ["};", "extern const struct input %s_input[];" % name]
        if self.fields:
            out += ["void %s_read(const struct request *req, struct %s_form *out);" % (name, name),
                    "static inline struct %s_form %s_got(const struct request *req)" % (name, name),
                    "{", "    struct %s_form form;" % name, "", "    %s_read(req, &form);" % name, "    return form;", "}"]
        out += ['#define %s_%s "%s"' % (name.upper(), f.member.upper(), f.name) for f in self.fields if not f.kind_name.startswith("path_")]
        out += ['#define %s_%s_%s "%s"' % (name.upper(), g.member.upper(), f.member.upper(), f.name)
                for g in self.fields if g.fields is not None for f in g.fields]
        if self.is_boxed:
            out.append("enum { %s };" % ", ".join("%s_AT_%s" % (name.upper(), f.member.upper()) for f in self.fields)) if self.fields else None
            out += ["/* The boxes: with what was typed once the form was sent, else with *stored (NULL: empty ones). */",
                    "enum rc %s_fill(struct request *req, const struct %s_form *stored, struct form *out, struct err *err) MUST_USE;" % (name, name),
                    "void %s_both(struct arena *arena, const struct %s_form *mine, const struct %s_form *theirs, struct both_view *out);" % (name, name, name),
                    "struct str %s_diff(struct arena *arena, const struct %s_form *before, const struct %s_form *after);" % (name, name, name)]
        return "\n".join(out) + "\n"

    # -- the source --

    def row(self, f):
        parts = [".kind = INPUT_%s" % f.of.input_kind, ".name = %s" % self.z(f.name)]
        if f.label is not None:
            parts.append(".label = %s" % self.z(f.label))
        # A form whose path may name nothing makes new things as well, and those have no version.
        is_new_too = f.member == "version" and f.is_hidden and any(g.kind_name.startswith("path_") and not g.required for g in self.fields)
        parts += [".is_required = true"] if f.required and not is_new_too else []
        parts += [".min = %s" % f.low] if f.low != "0" else []
        parts += [".max = %s" % f.high] if f.high != "0" else []
        if f.of.args == "choices":
            parts += [".choices = %s" % self.z(f.arg), ".labels = %s" % self.z(f.labels)]
        elif f.of.args == "list":
            parts += [".source = &%s" % CODES[0], ".list = CODE_%s" % f.arg]
        elif f.of.args == "places":
            parts.append(".list = %s" % f.arg)
        elif f.kind_name == "files":
            parts.append(".list = %s" % f.attrs.get("most", "10"))
        elif f.of.input_kind == "PICK":
            parts.append(".pick = &%s" % (f.arg or PICKS[f.kind_name][0]))
        elif f.fields is not None:
            parts.append(".group = %s_%s_input" % (self.name, f.member))
        elif f.of.args == "purpose":
            parts.append(".purpose = %s" % self.z(f.arg))
        parts += [".is_hidden = true"] if f.is_hidden else []
        parts += [".take = %s" % f.take] if f.take != "TAKE_ALWAYS" else []
        parts += [".is_shown = true"] if self.is_shown(f) else []
        parts += [".is_until = true"] if getattr(f, "is_until", False) else []
        parts += [".past_years = %s" % f.attrs["past"]] if "past" in f.attrs else []
        parts += [".may = %s" % f.attrs["may"]] if "may" in f.attrs else []
        return "    {%s}," % ", ".join(parts)

    def source(self, line_of):
        name, out = self.name, []
        for group in (f for f in self.fields if f.fields is not None):
            out += ["static const struct input %s_%s_input[] = {" % (name, group.member)]
            out += [line_of(f) + self.row(f) for f in group.fields] + ["    {.kind = INPUT_END_KIND},", "};", ""]
        out.append("const struct input %s_input[] = {" % name)
        out += [line_of(f) + self.row(f) for f in self.fields] + ["    {.kind = INPUT_END_KIND},", "};", ""]
        if self.fields:
            out += ["void %s_read(const struct request *req, struct %s_form *out)" % (name, name), "{", "    *out = (struct %s_form){0};" % name]
            for f in self.fields:
                out += self.read_group(f) if f.fields is not None else [
                    "    out->%s = %s;" % (f.member, self.read(f) % ("form_value(req, %s)" % self.at(f)))]
            out += ["}", ""]
        if self.is_boxed:
            out += self.fill() + self.compare()
        return "\n".join(out)

    @staticmethod
    def read(f):
        return f.of.read if f.required else f.of.opt_read

    def read_group(self, group):
        name = group.member
        return ["    const struct value *%s = form_value(req, %s);" % (name, self.at(group)),
                "    out->%s.p = ARENA_ARRAY(request_arena(req), struct %s_%s_row, value_rows(%s));" % (name, self.name, name, name),
                "    for (size_t row = 0; row < value_rows(%s); row++) {" % name,
                "        if (value_row_is_blank(%s, row))" % name, "            continue;",
                "        struct %s_%s_row *to = &out->%s.p[out->%s.n++];" % (self.name, name, name, name), "        to->row = row + 1;",
                *["        to->%s = %s;" % (f.member, self.read(f) % ("value_cell(%s, row, %d)" % (name, f.index))) for f in group.fields],
                "    }"]

    def values(self, f, at, box="out->p"):
        return {"box": "(&%s[%d])" % (box, f.index), "from": "%s%s" % (at, f.member), "row": self.at(f), "list": f.arg,
                "unit": self.literal(f.attrs.get("unit", ""))}

    @staticmethod
    def filling(f):
        """How a stored value comes into the box of `f`. A 0 is an empty box, but where the range says that it is an answer."""
        if f.required and f.kind_name == "number" and f.may_be_zero:
            return "form_put_opt_u64(arena, %(box)s, some_u64(%(from)s));"
        return f.of.fill if f.required else f.of.opt_fill

    def fill_group(self, group):
        box, rows = "out->p[%d]" % group.index, "stored->%s" % group.member
        out = ["        form_put_rows(req, %s, &%s, %s.n);" % (self.at(group), box, rows),
               "        for (size_t row = 0; row < %s.n && row < %s.row_count; row++) {" % (rows, box)]
        for f in group.fields:
            fill = self.filling(f)
            if fill is not None:
                out.append("            " + fill % self.values(f, "%s.p[row]." % rows, "%s.rows[row].p" % box))
        return out + ["        }"]

    def show_group(self, group):
        rows, n = "f->%s" % group.member, len(group.fields)
        out = ["    struct buf %s = {.arena = arena};" % group.member, "    for (size_t row = 0; row < %s.n; row++) {" % rows,
               "        struct str cells[%d] = {0};" % n]
        for f in group.fields:
            show = f.of.show if f.required else f.of.opt_show
            if show is not None:
                out.append("        cells[%d] = %s;" % (f.index, show % self.values(f, "%s.p[row]." % rows)))
        return out + ["        form_show_row(&%s, cells, %d);" % (group.member, n), "    }",
                      "    out[%d] = buf_str(&%s);" % (group.index, group.member)]

    def fill(self):
        name = self.name
        out = ["enum rc %s_fill(struct request *req, const struct %s_form *stored, struct form *out, struct err *err)" % (name, name), "{",
               "    struct arena *arena = request_arena(req);", "", "    (void)arena;",
               "    form_begin(req, %s_input, %d, %s, out);" % (name, len(self.fields), "false" if self.is_get else "true"),
               "    if (!out->is_sent && stored != NULL) {"]
        for f in self.fields:
            fill = self.filling(f)
            if f.fields is not None:
                out += self.fill_group(f)
            elif fill is not None and (f.is_seen or f.is_hidden):
                out.append("        " + fill % self.values(f, "stored->"))
        out.append("    }")
        version = [f for f in self.fields if f.member == "version" and f.is_hidden]
        if version:  # somebody was first: both versions, and the next sending is against what is shown now
            out += ["    if (out->is_changed && stored != NULL) {", "        struct %s_form mine;" % name, "",
                    "        %s_read(req, &mine);" % name, "        %s_both(arena, &mine, stored, &out->both);" % name,
                    "        " + version[0].of.fill % self.values(version[0], "stored->"), "    }"]
        return out + ["    return form_end(req, %s_input, out, err);" % name, "}", ""]

    def compare(self):
        name, n = self.name, max(1, len(self.fields))
        out = ["static void show_%s(struct arena *arena, const struct %s_form *f, struct str *out)" % (name, name), "{",
               "    (void)arena;", "    (void)f;", "    memset(out, 0, %d * sizeof(*out));" % n]
        for f in self.fields:
            if f.fields is not None:
                out += self.show_group(f)
            elif self.is_shown(f):
                show = f.of.show if f.required else f.of.opt_show
                out.append("    out[%d] = %s;" % (f.index, show % self.values(f, "f->")))
        out += ["}", ""]
        for what, args, tail, one, other in (("both", "mine|theirs", ", struct both_view *out", "mine", "theirs"),
                                             ("diff", "before|after", "", "before", "after")):
            result = "void" if what == "both" else "struct str"
            out += ["%s %s_%s(struct arena *arena, const struct %s_form *%s, const struct %s_form *%s%s)"
                    % (result, name, what, name, one, name, other, tail), "{",
                    "    struct str a[%d], b[%d];" % (n, n), "",
                    "    show_%s(arena, %s, a);" % (name, one), "    show_%s(arena, %s, b);" % (name, other),
                    "    %sform_%s(arena, %s_input, %d, a, b%s);" % ("" if what == "both" else "return ", what, name, len(self.fields),
                                                                    ", out" if what == "both" else ""), "}", ""]
        return out

    # -- one box in the view --

    def box(self, f, group=None):
        """(name of the widget's view, C of its struct); group: the field is of one of its rows."""
        at = "v->form.p[%d]" % f.index if group is None else "v->form.p[%d].rows[row].p[%d]" % (group.index, f.index)
        attrs, view = f.attrs, dict(f.of.view)
        parts = [".name = %s" % (self.literal(f.name) if group is None else at + ".name"), ".label = %s" % self.literal(f.label), ".fault = %s.fault" % at]
        if "hint" in attrs:
            parts.append(".hint = %s" % self.literal(attrs["hint"]))
        if f.box in ("field", "textarea"):
            parts.append(".value = %s.value" % at)
        if f.box == "textarea" and f.kind_name == "rich":
            attrs = dict({"rows": "10"}, **attrs)
        if f.box == "field":
            for attr, member in (("width", "width"), ("autocomplete", "autocomplete"), ("unit", "suffix"), ("offers", "list")):
                if attr in attrs:
                    view[member] = attrs[attr]
            parts += [".%s = %s" % (m, self.literal(t)) for m, t in sorted(view.items())]
            parts += [".is_first = !v->form.is_sent"] if "first" in attrs else []
            parts += [".is_readonly = true"] if "readonly" in attrs else []
        elif f.box == "textarea" and "rows" in attrs:
            parts.append(".rows = %s" % attrs["rows"])
        elif f.box in ("select", "radios"):
            parts.append(".options = %s.options" % at)
            if f.box == "select":
                parts += [".width = %s" % self.literal(attrs["width"])] if "width" in attrs else []
                parts.append(".empty_label = %s" % self.literal(attrs.get("empty", "Pilih")))  # nothing is chosen for anybody
            parts += [".is_inline = true"] if "inline" in attrs else []
        elif f.box == "date3":
            parts += [".day = %s.parts[0]" % at, ".month = %s.parts[1]" % at, ".year = %s.parts[2]" % at]
            parts += [".is_birthday = true"] if "birthday" in attrs else []
        elif f.box == "check":
            parts.append(".is_checked = %s.is_on" % at)
        elif f.box == "month":
            parts += [".month = %s.parts[1]" % at, ".year = %s.parts[2]" % at]
        elif f.box == "pick":
            parts += [".words = %s.words" % at, ".options = %s.options" % at]
        elif f.box == "file":
            accept = attrs.get("accept", "image/jpeg,image/png" if f.kind_name == "picture" else "")
            parts += [".accept = %s" % self.literal(accept)] if accept else []
            parts += [".is_multiple = true"] if f.kind_name == "files" else []
        if not f.required and "either" not in attrs and f.box != "check" and f.kind_name != "yes":
            parts.append(".is_optional = true")
        return f.box, "view_%s(out, &(const struct %s_view){%s});" % (f.box, f.box, ", ".join(parts))
