#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns views (*.html) into C. The notation is in server/html/README.md.

    htmlc.py --root SRC --out GENDIR ROOM/NAME.html…   writes GENDIR/ROOM/NAME_view.[ch] where their text changed

The text is cut into literals and {{…}} tags, built into a tree, then walked
once with an HTML tokeniser that knows in which context every {{…}} stands. A
place where no escaping is safe is refused here; a member that is missing or of
a wrong type is refused by the C compiler, at the line of the .html file.
"""
import argparse
import os
import re
import sys
from html import escape

import htmlc_form
from htmlc_context import Html, State, URL_ATTRS, context, describe
from htmlc_parse import Fault, parse


def c_text(text):
    out, width = ['"'], 0
    data = text.encode("utf-8")
    for byte in data:
        if byte in (0x22, 0x5C):
            piece = "\\" + chr(byte)
        elif byte == 0x0A:
            piece = "\\n"
        elif 0x20 <= byte < 0x7F and byte != 0x3F:
            piece = chr(byte)
        else:
            piece = "\\%03o" % byte
        out.append(piece)
        width += len(piece)
        if width > 100:
            out.append('"\n        "')
            width = 0
    out.append('"')
    return "".join(out), len(data)


class Writer:
    def __init__(self, file, calls, icons, assets, form=None):
        self.form, self.group = form, None
        self.file, self.calls, self.icons, self.assets = file, calls, icons, assets
        self.lines = []
        self.pending, self.pending_line = "", 0
        self.scope = {}
        self.loops = []
        self.loop_count = 0
        self.html = Html()

    # -- lines --

    def flush(self):
        if self.pending:
            text, n = c_text(self.pending)
            self.put(self.pending_line, "buf_put(out, %s, %d);" % (text, n))
            self.pending = ""

    def put(self, line, text):
        self.lines.append('#line %d "%s"\n    %s' % (line, self.file, text))

    def code(self, line, text):
        self.flush()
        self.put(line, text)

    # -- expressions --

    def expr(self, path, line):
        if path.startswith("@"):
            if not self.loops:
                raise Fault(line, path + " outside of {{#each}}")
            i, n = self.loops[-1]
            return {"@index": "(uint64_t)" + i, "@number": "(uint64_t)(%s + 1)" % i,
                    "@first": "%s == 0" % i, "@last": "%s + 1 == %s" % (i, n)}[path]
        first, *rest = path.split(".")
        if first == "this":
            at = "(*v)"
        elif first in self.scope:
            at = self.scope[first]
        elif first == "box" and self.form is not None:
            field = self.form.field(rest.pop(0) if rest else "", line)
            at = "v->form.p[%d]" % field.index
        else:
            at = "v->" + first
        for name in rest:
            at = "HTML_REF(%s)->%s" % (at, name)
        return at

    def cond(self, cond, line):
        join, terms = cond
        parts = []
        for kind, negated, path, op, value in terms:
            at = self.expr(path, line)
            if kind == "truth":
                text = at if path.startswith("@") else "HTML_TRUE(%s)" % at
            elif kind == "text":
                text = "%sHTML_IS(%s, %s)" % ("!" if op == "!=" else "", at, c_text(value[1:-1])[0])
            else:
                text = "(%s) %s %s" % (at, op, value)
            parts.append("!(%s)" % text if negated else text)
        if len(parts) > 1:
            parts = [p if p.startswith(("!(", "HTML_")) else "(%s)" % p for p in parts]
        return (" && " if join == "and" else " || ").join(parts)

    # -- nodes --

    def body(self, nodes, state):
        for node in nodes:
            state = getattr(self, "do_" + node.kind)(node, state)
        return state

    def do_literal(self, node, state):
        text = self.html.feed(state, node.text, node.line)
        if text and not self.pending:
            self.pending_line = node.line
        self.pending += text
        return state

    def written(self, state):
        if state.mode == "value":
            state.start = False
        self.html.after_block = False

    def do_out(self, node, state):
        where = context(state, node.line)
        name = {"text": "HTML_TEXT", "attr": "HTML_ATTR", "url": "HTML_URL", "part": "HTML_PART"}[where]
        self.code(node.line, "%s(out, %s);" % (name, self.expr(node.path, node.line)))
        self.written(state)
        return state

    def do_number(self, node, state):
        where = context(state, node.line)
        if where not in ("text", "attr"):
            raise Fault(node.line, "{{number …}} has dots for people: not in an address")
        self.code(node.line, "HTML_NUMBER(out, %s);" % self.expr(node.path, node.line))
        self.written(state)
        return state

    def do_raw(self, node, state):
        if state.mode != "text":
            raise Fault(node.line, "{{{…}}} stands in text only, not in " + describe(state))
        self.code(node.line, "HTML_MARKUP(out, %s);" % self.expr(node.path, node.line))
        self.html.after_block = False
        return state

    def do_icon(self, node, state):
        if state.mode != "text":
            raise Fault(node.line, "{{icon …}} stands in text only")
        if node.path is not None:
            self.code(node.line, "HTML_ICON(out, %s);" % self.expr(node.path, node.line))
        else:
            if self.icons is not None and node.name != "crest" and node.name not in self.icons:
                raise Fault(node.line, 'no icon "%s": add it to server/html/assets/icons.txt' % node.name)
            self.code(node.line, 'html_put_icon(out, STR("%s"), "%s");' % (node.name, node.classes))
        self.html.after_block = False
        return state

    def do_asset(self, node, state):
        if state.mode != "value" or not state.start or state.attr not in URL_ATTRS | {"content"}:
            raise Fault(node.line, "{{asset …}} is a whole address: href or src")
        if self.assets is not None and node.name not in self.assets:
            raise Fault(node.line, "no asset %s: see server/html/assets/assets.txt" % node.name)
        self.code(node.line, 'buf_put_str(out, asset_path("%s"));' % node.name)
        self.written(state)
        return state

    def do_call(self, node, state):
        if state.mode != "text":
            raise Fault(node.line, "{{> …}} stands in text only, not in " + describe(state))
        self.calls.append((node.name, node.line))
        at = "HTML_REF(%s)" % self.expr(node.path, node.line) if node.path else "v"
        self.code(node.line, "view_%s(out, %s);" % (node.name, at))
        self.html.after_block = False
        return state

    def do_field(self, node, state):
        """A box of the form, or its hidden field."""
        if node.box is None and not node.is_hidden:
            return state
        if state.mode != "text":
            raise Fault(node.line, "a field stands in text only, not in " + describe(state))
        if self.loops:
            raise Fault(node.line, "a field stands once: not inside of {{#each}}")
        if node.is_hidden:
            self.pending_line = self.pending_line if self.pending else node.line
            self.pending += '<input type="hidden" name="%s" value="' % node.name
            self.code(node.line, "HTML_ATTR(out, v->form.p[%d].value);" % node.index)
            self.pending, self.pending_line = '">', node.line
        else:
            name, call = self.form.box(node, self.group)
            self.calls.append((name, node.line))
            self.code(node.line, call)
        self.html.after_block = True
        return state

    def do_group(self, node, state):
        """Rows of a group, each in a fieldset of its own; behind the first spare one the next is folded away."""
        if state.mode != "text":
            raise Fault(node.line, "a group stands in text only, not in " + describe(state))
        box = "v->form.p[%d]" % node.index
        label = c_text(escape(node.label))[0]
        self.code(node.line, "for (size_t row = 0; row < %s.row_count; row++) {" % box)
        self.code(node.line, 'if (%s.rows[row].is_spare) buf_fmt(out, "<details class=\\"fold form-more\\"><summary class=\\"button is-second\\">'
                             'Tambah %%s</summary>", %s);' % (box, c_text(escape(node.label[0].lower() + node.label[1:]))[0]))
        self.code(node.line, 'buf_fmt(out, "<fieldset class=\\"form-row\\"><legend>%%s %%zu</legend>", %s, row + 1);' % label)
        self.group, self.html.after_block = node, True
        end = self.body(node.bodies[0], state.copy())
        self.group = None
        if end.mode != "text":
            raise Fault(node.line, "the group ends inside " + describe(end))
        self.code(node.line, 'buf_put(out, "</fieldset>", 11);')
        self.code(node.line, "}")
        self.code(node.line, 'for (size_t row = 0; row < %s.row_count; row++) if (%s.rows[row].is_spare) buf_put(out, "</details>", 10);' % (box, box))
        self.html.after_block = True
        return state

    def do_unless(self, node, state):
        cond = self.cond(node.conds[0], node.line)
        return self.branches(node, state, ["!" + cond if re.fullmatch(r"HTML_TRUE\([^()]*\)", cond) else "!(%s)" % cond])

    def do_if(self, node, state):
        return self.branches(node, state, [self.cond(c, l) for c, l in zip(node.conds, node.lines)])

    def branches(self, node, state, conds):
        self.check_block(node, state)
        ends = []
        after = self.html.after_block
        afters = []
        for i, body in enumerate(node.bodies):
            head = "if (%s) {" % conds[i] if i < len(conds) else "{"
            self.code(node.lines[i], ("} else " if i else "") + head)
            self.html.after_block = after
            ends.append(self.body(body, state.copy()))
            afters.append(self.html.after_block)
        self.code(node.lines[-1], "}")
        if len(node.bodies) == len(conds):
            ends.append(state.copy())
            afters.append(after)
        self.html.after_block = all(afters)
        end = ends[0]
        for other in ends[1:]:
            end = end.join(other, node.line)
        return end.settle()

    def do_each(self, node, state):
        self.check_block(node, state)
        if node.alias in self.scope or node.alias in ("v", "out", "this"):
            raise Fault(node.line, "the name %s is taken already" % node.alias)
        self.loop_count += 1
        i, n, list_at = "i_%d" % self.loop_count, "n_%d" % self.loop_count, self.expr(node.path, node.line)
        item = "it_" + node.alias
        self.code(node.line, "const size_t %s = HTML_REF(%s)->n;" % (n, list_at))
        self.code(node.line, "for (size_t %s = 0; %s < %s; %s++) {" % (i, i, n, i))
        self.code(node.line, "const __typeof__(*HTML_REF(%s)->p) *%s = &HTML_REF(%s)->p[%s]; (void)%s;"
                  % (list_at, item, list_at, i, item))
        self.scope[node.alias] = "*" + item
        self.loops.append((i, n))
        after = self.html.after_block
        end = state.copy().join(self.loop_body(node, state, after), node.line)
        self.loops.pop()
        del self.scope[node.alias]
        self.code(node.line, "}")
        if len(node.bodies) > 1:
            self.code(node.lines[1], "if (%s == 0) {" % n)
            self.html.after_block = after
            end = end.join(self.body(node.bodies[1], state.copy()), node.line)
            self.code(node.lines[1], "}")
        self.html.after_block = after and self.html.after_block
        return end.settle()

    def loop_body(self, node, state, after):
        """A body's first blank may go only if it means nothing after the body's own end as well."""
        lines, calls, loops = len(self.lines), len(self.calls), self.loop_count
        self.html.after_block = after
        end = self.body(node.bodies[0], state.copy())
        if after and not self.html.after_block:
            self.flush()
            del self.lines[lines:], self.calls[calls:]
            self.loop_count = loops
            self.html.after_block = False
            end = self.body(node.bodies[0], state.copy())
        return end

    def check_block(self, node, state):
        if state.mode == "comment" or (state.mode == "raw" and state.raw in ("script", "style")):
            raise Fault(node.line, "{{#%s}} inside %s is refused" % (node.kind, describe(state)))
        if state.mode == "value_start":
            raise Fault(node.line, "the value of %s must stand in quotes" % state.attr)


def find_view(root, room, name):
    """The _view.h that declares view_NAME: this room's files, then the widgets."""
    pattern = re.compile(r"\{\{!\s*(?:view|form)\s+%s\s*:" % re.escape(name))
    for folder in (room, "server/html"):
        path = os.path.join(root, folder)
        for file in sorted(os.listdir(path)) if os.path.isdir(path) else []:
            if file.endswith(".html"):
                with open(os.path.join(path, file), encoding="utf-8") as f:
                    if pattern.search(f.read()):
                        return "%s/%s_view.h" % (folder, file[:-5])
    return None


def rooms_of(root):
    """The folders that tests/lint/floors.txt calls rooms; none in a test's own root."""
    path = os.path.join(root, "tests/lint/floors.txt")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as f:
        return [line.split()[1] for line in f if re.match(r"\d ", line)]


def check_elsewhere(root, file, views, inputs):
    """A name is one C function of the whole program: where two rooms have it, the linker would take either without a word."""
    rooms = rooms_of(root)
    if os.path.dirname(file) not in rooms:
        return
    pattern = re.compile(r"\{\{!\s*(view|form|input)\s+([a-z][a-z0-9_]*)")
    drawn = {v.name: v.line for v in views}  # view_NAME; beside it NAME_input of forms and inputs
    read = {v.name: v.line for v in views + inputs if v.fields is not None}
    for room in rooms:
        folder = os.path.join(root, room)
        for other in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            path = "%s/%s" % (room, other)
            if not other.endswith(".html") or path == file:
                continue
            with open(os.path.join(root, path), encoding="utf-8") as f:
                text = f.read()
            for match in pattern.finditer(text):
                kind, name = match.groups()
                line = drawn.get(name) if kind != "input" else None
                line = line or (read.get(name) if kind != "view" else None)
                if line:
                    raise Fault(line, "%s is the name of a view of %s:%d already: names are one for all rooms; begin it with the room's"
                                % (name, path, text.count("\n", 0, match.start()) + 1))


def read_names(root, file):
    """First words of the lines of a list under assets/; None where there is none (a test's own root)."""
    path = os.path.join(root, "server/html/assets", file)
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as f:
        return {line.split()[0] for line in f if line.strip() and not line.startswith("#")}


def compile_file(root, file):
    """(header text, source text) of one .html file."""
    with open(os.path.join(root, file), encoding="utf-8") as f:
        text = f.read()
    views, inputs, uses = parse(text, htmlc_form)
    base, room = file[:-5], os.path.dirname(file)
    names = [v.name for v in views]
    named = names + [i.name for i in inputs]
    for view in views + inputs:
        if named.count(view.name) > 1:
            raise Fault(view.line, "two views are named " + view.name)
    check_elsewhere(root, file, views, inputs)
    forms = {v.name: htmlc_form.Form(v.name, v.line, v.fields, v.kind == "view", v.kind == "view" and v.is_get, c_text)
             for v in inputs + views if v.fields is not None}
    calls, functions = [], []
    icons, assets = read_names(root, "icons.txt"), read_names(root, "assets.txt")
    for view in views:
        if view.body and view.body[-1].kind == "literal":
            view.body[-1].text = view.body[-1].text.rstrip()
        writer, first_call = Writer(file, calls, icons, assets, forms.get(view.name)), len(calls)
        state = writer.body(view.body, State())
        writer.flush()
        if view.fields is not None and not view.is_get and "guard" not in [name for name, _ in calls[first_call:]]:
            raise Fault(view.line, "the form %s posts, and would be refused: write {{> guard form.guard}} inside of its <form>" % view.name)
        if state.mode != "text":
            raise Fault(view.line, "the view %s ends inside %s" % (view.name, describe(state)))
        functions.append("void view_%s(struct buf *out, const struct %s *v)\n{\n    (void)v;\n    (void)out;\n%s\n}\n"
                         % (view.name, view.struct, "\n".join(writer.lines)))
    includes = set(uses)
    for name, line in calls:
        if name in names:
            continue
        header = find_view(root, room, name)
        if header is not None:
            includes.add(header)
        elif not uses:
            raise Fault(line, 'no view %s in this room or server/html; name its header: {{!use "room/file_view.h"}}' % name)
    guard = "BALAI_" + re.sub(r"[^A-Z0-9]", "_", base.upper()) + "_VIEW_H"
    headers = sorted({v.header for v in views})
    mark = "// SPDX-License-Identifier: AGPL-3.0-or-later\n/* Generated from %s. */\n" % file
    if forms:
        headers.append("server/web/forms.h")
        includes.add("server/base/text.h")
    includes |= {h for form in forms.values() for h in form.headers()}
    functions = [form.source(lambda f: '#line %d "%s"\n' % (f.line, file)) for form in forms.values()] + functions
    header = mark + "#ifndef %s\n#define %s\n\n#include \"server/html/html.h\"\n%s\n%s\n#endif\n" % (
        guard, guard, "".join('#include "%s"\n' % h for h in sorted(headers)),
        "".join(form.header() + "\n" for form in forms.values()) + "".join("void view_%s(struct buf *out, const struct %s *v);\n" % (v.name, v.struct) for v in views))
    source = mark + '#include "%s_view.h"\n\n#include "server/html/asset.h"\n#include "server/html/html_put.h"\n%s\n%s' % (
        base, "".join('#include "%s"\n' % h for h in sorted(includes)), "\n".join(functions))
    return header, source


def write(path, text):
    """A file whose text is the same keeps its time, so that nothing is compiled again because of it."""
    try:
        with open(path, encoding="utf-8") as f:
            if f.read() == text:
                return
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def main():
    args = argparse.ArgumentParser(description="views (*.html) to C")
    args.add_argument("--root", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("files", nargs="+")
    args = args.parse_args()
    failed = False
    for file in args.files:
        try:
            header, source = compile_file(args.root, file)
        except Fault as fault:
            print("%s:%d: error: %s" % (file, fault.line, fault.text), file=sys.stderr)
            failed = True
            continue
        base = os.path.join(args.out, file[:-5])
        write(base + "_view.h", header)
        write(base + "_view.c", source)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
