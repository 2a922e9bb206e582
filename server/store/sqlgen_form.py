# SPDX-License-Identifier: AGPL-3.0-or-later
"""
'form NAME' of a statement: the copies between a form of the room's views and a row, or the struct of inputs, by their members' names.
A field that has no column is refused, so that nothing people type is thrown away and nothing stored is shown as an empty box.
"""
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../html"))
import htmlc_form  # noqa: E402
import htmlc_parse  # noqa: E402

LINE = re.compile(r"([a-z][a-z0-9_]*)(?:\s+except\s+([a-z0-9_, ]+))?\s*\Z")


class Use:
    """One 'form' line: of a statement that reads (its row fills the form) or writes (the form fills its inputs)."""

    def __init__(self, statement, text, line, fault):
        match = LINE.match(text)
        if not match:
            raise fault(line, "expected 'form NAME' or 'form NAME except member, …'")
        self.statement, self.line, self.name = statement, line, match.group(1)
        self.without = set(re.split(r"[,\s]+", (match.group(2) or "").strip())) - {""}
        self.view, self.fields = None, []

    @property
    def struct(self):
        """The row or the struct of inputs, None when it has no name of its own."""
        s = self.statement
        return s.row if s.reads else s.shared

    @property
    def view_header(self):
        return self.view[:-len(".html")] + "_view.h"

    def find(self, root, room, fault):
        for path in sorted(glob.glob(os.path.join(root, room, "*.html"))):
            with open(path, encoding="utf-8") as handle:
                text = handle.read()
            if re.search(r"\{\{!form %s\b" % self.name, text):
                try:
                    views = htmlc_parse.parse(text, htmlc_form)[0]
                except htmlc_parse.Fault as bad:
                    raise fault(self.line, "%s:%d: %s" % (os.path.basename(path), bad.line, bad)) from None
                self.view = room + "/" + os.path.basename(path)
                self.fields = [f for f in next(v.fields for v in views if v.name == self.name) if "query" not in f.attrs]
                return
        raise fault(self.line, "no view of %s has the form '%s'" % (room, self.name))

    def check(self, statements, fault):
        """The faults of it, each once."""
        columns = {c.name for c in self.struct.columns}
        members = {f.member: f for f in self.fields}
        for name in sorted(self.without - set(members)):
            yield fault(self.line, "the form %s has no field '%s' to except" % (self.name, name))
        for member, field in members.items():
            is_kept = not field.kind_name.startswith("path_") and (self.statement.reads or member != "version")
            if member in columns and member in self.without:
                yield fault(self.line, "'%s' is excepted, and %s has it" % (member, self.struct.name))
            elif member not in columns and member not in self.without and is_kept:  # a version is counted by the statement
                yield fault(self.line, "the field '%s' of the form %s (%s:%d) is not in %s: what people type there would be lost; add "
                            "the column, or write 'except %s'" % (member, self.name, self.view, field.line, self.struct.name, member))
        if self.statement.reads:
            return
        for s in statements:
            sent = {c.name for c in s.order}
            for member, field in members.items():
                if s.shared is self.struct and member in columns and member not in sent and not field.kind_name.startswith("path_"):
                    yield fault(s.line, "%s takes %s and does not store its '%s', a field of the form %s"
                                % (s.name, self.struct.name, member, self.name))

    def both(self):
        return [c for c in self.struct.columns if c.name in {f.member for f in self.fields} - self.without]

    def own(self):
        """Inputs that no field gives: parameters, so that none is forgotten."""
        return [c for c in self.struct.columns if c not in self.both()]

    def prototype(self):
        form, row = "struct %s_form" % self.name, "struct " + self.struct.name
        if self.statement.reads:
            return "%s %s_of(const %s *row)" % (form, self.name, row)
        return "%s %s_of(%s)" % (row, self.struct.name, ", ".join(["const %s *form" % form] + ["%s %s" % (c.ctype, c.name) for c in self.own()]))

    def header_lines(self):
        return ["struct %s_form;" % self.name, self.prototype() + ";"]

    def source_lines(self):
        made, given = ("struct %s_form" % self.name, "row") if self.statement.reads else ("struct " + self.struct.name, "form")
        values = [".%s = %s->%s" % (c.name, given, c.name) for c in self.both()]
        values += [] if self.statement.reads else [".%s = %s" % (c.name, c.name) for c in self.own()]
        return [self.prototype(), "{", "    return (%s){%s};" % (made, ",\n        ".join(values)), "}", ""]


def read(file, root):
    """Finds and checks the forms of a file; appends to its faults."""
    for use in list(file.forms):
        try:
            if use.struct is None:
                raise file.fault(use.line, "'form' needs the name of a struct: 'out NAME: …' or 'in NAME: …'")
            use.find(root, os.path.dirname(file.source), file.fault)
            file.faults += use.check(file.statements, file.fault)
        except file.fault as fault:
            file.faults.append(fault)
