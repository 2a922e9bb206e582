#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns views (*.html) into C. The notation is in server/html/README.md.

    htmlc.py --root SRC --out GENDIR ROOM/NAME.html   writes GENDIR/ROOM/NAME_view.[ch]

The text is cut into literals and {{…}} tags, built into a tree, then walked
once with an HTML tokeniser that knows in which context every {{…}} stands. A
place where no escaping is safe is refused here; a member that is missing or of
a wrong type is refused by the C compiler, at the line of the .html file.
"""
import argparse
import os
import re
import sys

NAME = r"[a-z_][a-z0-9_]*"
PATH = re.compile(r"(?:@index|@number|@first|@last|%s(?:\.%s)*)$" % (NAME, NAME))
VIEW = re.compile(r'view\s+(%s)\s*:\s*struct\s+(%s)\s*,\s*"([^"]+)"\s*$' % (NAME, NAME))

URL_ATTRS = {"href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", "ping",
             "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url"}
# Attributes whose value is a language of its own: nothing may be written into them.
CODE_ATTRS = {"style", "srcdoc", "srcset", "imagesrcset", "to", "from", "by", "values", "attributename"}
BLOCKS = set("""html head body meta link title header nav main footer section article aside div p ul ol li dl dt dd
    table thead tbody tfoot tr td th caption colgroup col form fieldset legend h1 h2 h3 h4 h5 h6 hr br option optgroup
    script template details summary figure figcaption address blockquote pre !doctype symbol defs""".split())
KEEP = {"pre", "textarea"}
RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}


class Fault(Exception):
    def __init__(self, line, text):
        super().__init__(text)
        self.line = line
        self.text = text


# ---- text → tree ----

class Node:
    def __init__(self, kind, line, **more):
        self.kind = kind
        self.line = line
        self.__dict__.update(more)


def cut(text):
    """Yields (kind, line, value): literal, raw ({{{x}}}), tag."""
    at, line = 0, 1
    while True:
        start = text.find("{{", at)
        if start < 0:
            yield "literal", line, text[at:]
            return
        yield "literal", line, text[at:start]
        line += text.count("\n", at, start)
        triple = text.startswith("{{{", start)
        close = "}}}" if triple else "}}"
        end = text.find(close, start)
        if end < 0:
            raise Fault(line, "'{{' is never closed")
        inner = text[start + len(close):end]
        yield ("raw" if triple else "tag"), line, inner.strip()
        line += text.count("\n", start, end)
        at = end + len(close)


def standalone(text):
    """Lines that hold nothing but one block tag or comment leave no blank line behind; lines keep their count."""
    # The newline moves inside the tag, so that line numbers stay right and the text is gone.
    pattern = re.compile(r"^[ \t]*\{\{([#/!](?:[^{}]|\}(?!\}))*|else[^{}]*)\}\}[ \t]*\n", re.M)
    return pattern.sub(lambda m: "{{" + m.group(1) + "\n}}", text)


def parse_cond(text, line):
    """a, not a, a == "x", a != 3, joined by all `and` or all `or`."""
    words = re.findall(r'"(?:[^"\\]|\\.)*"|[^\s"]+', text)
    if not words:
        raise Fault(line, "a condition is missing")
    joins = [w for w in words if w in ("and", "or")]
    if len(set(joins)) > 1:
        raise Fault(line, "'and' and 'or' in one condition: nest two blocks instead")
    terms, term = [], []
    for word in words + ["and"]:
        if word in ("and", "or"):
            terms.append(parse_term(term, line))
            term = []
        else:
            term.append(word)
    return (joins[0] if joins else "and", terms)


def parse_term(words, line):
    negated = False
    if words and words[0] == "not":
        negated, words = True, words[1:]
    if len(words) == 1 and PATH.match(words[0]):
        return ("truth", negated, words[0], None, None)
    if len(words) == 3 and PATH.match(words[0]) and words[1] in ("==", "!=", ">", "<", ">=", "<="):
        value = words[2]
        is_text = value.startswith('"')
        if is_text and words[1] not in ("==", "!="):
            raise Fault(line, "texts compare with == or != only")
        if not is_text and not re.match(r"-?[0-9]+$|[A-Z][A-Z0-9_]*$", value):
            raise Fault(line, 'compare with a "word", a number or a C constant, not ' + value)
        return ("text" if is_text else "number", negated, words[0], words[1], value)
    raise Fault(line, "this is not a condition: " + " ".join(words))


def parse(text):
    """The views of one file: list of Node(view, name, struct, header, body), and extra headers."""
    views, uses = [], []
    stack = []  # (opening node, list that receives children)
    current = None

    def add(node):
        if current is None:
            raise Fault(node.line, "outside of a view: start with {{!view NAME : struct T, \"header.h\"}}")
        current.append(node)

    for kind, line, value in cut(standalone(text)):
        if kind == "literal":
            if current is None:
                if value.strip():
                    raise Fault(line, "text before the first {{!view …}}")
            elif value:
                current.append(Node("literal", line, text=value))
        elif kind == "raw":
            if not PATH.match(value):
                raise Fault(line, "{{{…}}} takes one member, not " + value)
            add(Node("raw", line, path=value))
        elif value.startswith("!"):
            body = value[1:].strip()
            match = VIEW.match(body)
            if match:
                if stack:
                    raise Fault(line, "a view starts inside an open block of line %d" % stack[-1][0].line)
                view = Node("view", line, name=match[1], struct=match[2], header=match[3], body=[])
                views.append(view)
                current = view.body
            elif body.startswith("view ") or body == "view":
                raise Fault(line, 'write {{!view NAME : struct T, "header.h"}}')
            elif body.startswith("use "):
                header = re.match(r'use\s+"([^"]+)"$', body)
                if not header:
                    raise Fault(line, 'write {{!use "room/name_view.h"}}')
                uses.append(header[1])
        elif value.startswith("#"):
            node = parse_open(value, line)
            add(node)
            stack.append((node, current))
            current = node.bodies[0]
        elif value.startswith("/"):
            word = value[1:].strip()
            if not stack or stack[-1][0].kind != word:
                opened = "{{#%s}} of line %d" % (stack[-1][0].kind, stack[-1][0].line) if stack else "nothing"
                raise Fault(line, "{{/%s}} closes %s" % (word, opened))
            current = stack.pop()[1]
        elif value == "else" or value.startswith("else "):
            parse_else(stack, value, line)
            current = stack[-1][0].bodies[-1]
        elif value.startswith(">"):
            words = value[1:].split()
            if not 1 <= len(words) <= 2 or not all(PATH.match(w) for w in words) or "." in words[0]:
                raise Fault(line, "write {{> view_name member}}")
            add(Node("call", line, name=words[0], path=words[1] if len(words) == 2 else None))
        else:
            add(parse_output(value, line))
    if stack:
        raise Fault(stack[-1][0].line, "{{#%s}} is never closed" % stack[-1][0].kind)
    if not views:
        raise Fault(1, "no {{!view …}} in this file")
    return views, uses


def parse_open(value, line):
    if value.startswith("#if "):
        return Node("if", line, conds=[parse_cond(value[4:], line)], bodies=[[]], lines=[line])
    if value.startswith("#unless "):
        return Node("unless", line, conds=[parse_cond(value[8:], line)], bodies=[[]], lines=[line])
    match = re.match(r"#each\s+(\S+)\s+as\s+(%s)$" % NAME, value)
    if match and PATH.match(match[1]):
        return Node("each", line, path=match[1], alias=match[2], bodies=[[]], lines=[line])
    if value.startswith("#each"):
        raise Fault(line, "write {{#each list as item}}")
    raise Fault(line, "unknown block {{%s}}" % value)


def parse_else(stack, value, line):
    if not stack:
        raise Fault(line, "{{else}} outside of a block")
    node = stack[-1][0]
    if len(node.bodies) > (len(node.conds) if node.kind == "if" else 1):
        raise Fault(line, "{{else}} twice")
    if value != "else":
        if node.kind != "if" or not value.startswith("else if "):
            raise Fault(line, "only {{#if}} takes {{else if …}}")
        node.conds.append(parse_cond(value[8:], line))
    node.bodies.append([])
    node.lines.append(line)


def parse_output(value, line):
    match = re.match(r'(icon|asset)\s+"([a-z0-9][a-z0-9.-]*)"(?:\s+"([a-z0-9 -]*)")?$', value)
    if match:
        if match[1] == "asset" and match[3] is not None:
            raise Fault(line, "an asset takes one name")
        return Node(match[1], line, name=match[2], classes=match[3] or "", path=None)
    match = re.match(r"icon\s+(\S+)$", value)
    if match and PATH.match(match[1]):
        return Node("icon", line, name=None, classes="", path=match[1])
    match = re.match(r"number\s+(\S+)$", value)
    if match and PATH.match(match[1]):
        return Node("number", line, path=match[1])
    if PATH.match(value):
        return Node("out", line, path=value)
    raise Fault(line, "cannot read {{%s}}" % value)


# ---- HTML context ----

class State:
    """Where in the HTML the next byte falls. Modes:
    text  <| tag (name being read)  in_tag  glued (a name or value just ended)  name  value_start  value  comment  raw"""

    FIELDS = ("mode", "tag", "attr", "quote", "start", "keep", "raw", "closing", "has_src")

    def __init__(self):
        self.mode, self.tag, self.attr, self.quote, self.start = "text", "", "", "", True
        self.keep, self.raw, self.closing, self.has_src = 0, "", False, False

    def copy(self):
        other = State()
        for field in self.FIELDS:
            setattr(other, field, getattr(self, field))
        return other

    def settle(self):
        """At a block's edge an attribute or tag name is over."""
        if self.mode in ("tag", "name"):
            self.mode, self.attr = "glued", ""
        return self

    def join(self, other, line):
        """The state after either branch."""
        a, b = self.settle().copy(), other.settle()
        if {a.mode, b.mode} == {"in_tag", "glued"}:
            a.mode = b.mode = "glued"
        if a.mode == "value" and b.mode == "value" and a.start != b.start:
            a.start = b.start = None
        a.has_src = b.has_src = a.has_src and b.has_src
        matters = {"text": (), "value": ("tag", "attr", "quote", "closing"), "raw": ("raw",)}
        for field in ("mode", "keep") + matters.get(a.mode, ("tag", "closing")):
            if getattr(a, field) != getattr(b, field):
                raise Fault(line, "the branches of this block end in different places of the HTML (%s and %s)"
                            % (describe(a), describe(b)))
        return a


def describe(state):
    if state.mode == "text":
        return "text"
    if state.mode == "value":
        return "the value of " + state.attr
    if state.mode in ("in_tag", "glued", "name", "tag"):
        return "the tag <%s>" % state.tag
    return state.raw or state.mode


class Html:
    """Feeds literals through the tokeniser; gives back what is written, white space and comments dropped."""

    def __init__(self):
        self.after_block = True  # a block-level tag or a blank was written last: white space here means nothing

    def feed(self, state, text, line):
        out = []
        i, n = 0, len(text)
        while i < n:
            where = line + text.count("\n", 0, i)
            i = getattr(self, "in_" + state.mode)(state, text, i, out, where)
        return "".join(out)

    def in_text(self, s, text, i, out, line):
        c = text[i]
        if c.isspace() and not s.keep:
            end = i
            while end < len(text) and text[end].isspace():
                end += 1
            following = re.match(r"</?([a-zA-Z][a-zA-Z0-9]*|!doctype)", text[end:], re.I)
            is_block_next = bool(following) and following[1].lower() in BLOCKS
            if self.after_block or is_block_next:
                pass
            else:
                out.append(" ")
                self.after_block = True
            return end
        if c != "<":
            end = i
            stop = re.compile(r"[<\s]" if not s.keep else r"<").search(text, i)
            end = stop.start() if stop else len(text)
            out.append(text[i:end])
            self.after_block = False
            return end
        if text.startswith("<!--", i):
            s.mode = "comment"
            return i + 4
        match = re.match(r"<(/?)([a-zA-Z!][a-zA-Z0-9:-]*)?", text[i:])
        if match[2] is None:
            raise Fault(line, "'<' in text: write &lt;, and no {{…}} in a tag's name")
        s.mode, s.tag, s.closing, s.has_src = "tag", match[2].lower(), bool(match[1]), False
        out.append(match[0])
        return i + match.end()

    def in_comment(self, s, text, i, out, line):
        end = text.find("-->", i)
        if end < 0:
            return len(text)
        s.mode = "text"
        return end + 3

    def in_tag(self, s, text, i, out, line):
        c = text[i]
        if c.isspace() or c in "/>":
            s.mode = "in_tag"
            return i
        raise Fault(line, "unexpected '%s' after <%s" % (c, s.tag))

    def in_glued(self, s, text, i, out, line):
        c = text[i]
        if c.isspace() or c in "/>":
            s.mode = "in_tag"
            return i
        raise Fault(line, "a blank is missing before '%s' in the tag <%s>" % (c, s.tag))

    def in_in_tag(self, s, text, i, out, line):
        c = text[i]
        if c.isspace():
            end = i
            while end < len(text) and text[end].isspace():
                end += 1
            if end == len(text) or text[end] != ">":
                out.append(" ")
            return end
        if c == ">":
            out.append(c)
            self.close_tag(s, line)
            return i + 1
        if c == "/":
            out.append(c)
            return i + 1
        match = re.match(r"[a-zA-Z_@:][a-zA-Z0-9_.:-]*", text[i:])
        if not match:
            raise Fault(line, "unexpected '%s' in the tag <%s>" % (c, s.tag))
        s.attr, s.mode = match[0].lower(), "name"
        self.check_attr(s, line)
        out.append(match[0])
        return i + match.end()

    def check_attr(self, s, line):
        if s.attr.startswith("on") or s.attr.startswith("hx-on") or s.attr == "style":
            raise Fault(line, "the attribute %s is refused: the page's policy forbids inline script and style" % s.attr)
        if s.attr.startswith("data-hx") or s.attr == "http-equiv":
            raise Fault(line, "the attribute %s is refused: its value cannot be checked" % s.attr)
        if s.tag == "script" and s.attr == "src":
            s.has_src = True

    def in_name(self, s, text, i, out, line):
        c = text[i]
        if c == "=":
            out.append(c)
            s.mode = "value_start"
            return i + 1
        if c.isspace() or c in "/>":
            if re.match(r"\s*=", text[i:]):
                raise Fault(line, "no blank before '='")
            s.mode = "in_tag"
            return i
        raise Fault(line, "unexpected '%s' after the attribute %s" % (c, s.attr))

    def in_value_start(self, s, text, i, out, line):
        c = text[i]
        if c not in "\"'":
            raise Fault(line, "the value of %s must stand in quotes" % s.attr)
        out.append(c)
        s.mode, s.quote, s.start = "value", c, True
        return i + 1

    def in_value(self, s, text, i, out, line):
        end = text.find(s.quote, i)
        part = text[i:end] if end >= 0 else text[i:]
        if s.attr in URL_ATTRS and s.start and re.match(r"\s*(javascript|vbscript|data)\s*:", part, re.I):
            raise Fault(line, "this address would run as script")
        out.append(part)
        if part:
            s.start = False
        if end < 0:
            return len(text)
        out.append(s.quote)
        s.mode, s.attr = "glued", ""
        return end + 1

    def close_tag(self, s, line):
        self.after_block = s.tag in BLOCKS
        if s.tag in KEEP:
            s.keep = max(0, s.keep + (-1 if s.closing else 1))
        if s.tag == "style" and not s.closing:
            raise Fault(line, "<style> is refused: the page's policy forbids inline style")
        if s.tag == "script" and not s.closing and not s.has_src:
            raise Fault(line, "<script> without src is refused: the page's policy forbids inline script")
        s.mode = "text"
        if s.tag in RAW and not s.closing:
            s.mode, s.raw = "raw", s.tag
        s.attr = ""

    def in_raw(self, s, text, i, out, line):
        match = re.search(r"</%s\s*>" % s.raw, text[i:], re.I)
        if not match:
            out.append(text[i:])
            return len(text)
        out.append(text[i:i + match.end()])
        self.after_block = s.raw in BLOCKS
        s.keep = 0
        s.mode, s.raw = "text", ""
        return i + match.end()


def context(state, line):
    """How a value is written here: text, attr, url, part. Anything else is refused."""
    if state.mode == "text" or (state.mode == "raw" and state.raw in ("textarea", "title")):
        return "text"
    if state.mode == "raw":
        raise Fault(line, "{{…}} inside <%s> is refused" % state.raw)
    if state.mode == "comment":
        raise Fault(line, "{{…}} inside a comment is refused; comment with {{! … }}")
    if state.mode == "value_start":
        raise Fault(line, "the value of %s must stand in quotes" % state.attr)
    if state.mode == "value":
        is_code = state.attr in CODE_ATTRS or (state.attr.startswith("hx-") and state.attr not in URL_ATTRS)
        if is_code or state.tag in ("script", "base", "object", "embed", "iframe"):
            raise Fault(line, "{{…}} in the attribute %s of <%s> is refused" % (state.attr, state.tag))
        if state.attr in URL_ATTRS:
            if state.start is None:
                raise Fault(line, "this may or may not be the start of an address: put whole addresses into the branches")
            return "url" if state.start else "part"
        return "attr"
    raise Fault(line, "{{…}} inside the tag <%s> is refused; only quoted attribute values take values" % state.tag)


# ---- tree → C ----

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
    def __init__(self, file, calls, icons, assets):
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
    pattern = re.compile(r"\{\{!\s*view\s+%s\s*:" % re.escape(name))
    for folder in (room, "server/html"):
        path = os.path.join(root, folder)
        for file in sorted(os.listdir(path)) if os.path.isdir(path) else []:
            if file.endswith(".html"):
                with open(os.path.join(path, file), encoding="utf-8") as f:
                    if pattern.search(f.read()):
                        return "%s/%s_view.h" % (folder, file[:-5])
    return None


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
    views, uses = parse(text)
    base, room = file[:-5], os.path.dirname(file)
    names = [v.name for v in views]
    for view in views:
        if names.count(view.name) > 1:
            raise Fault(view.line, "two views are named " + view.name)
    calls, functions = [], []
    icons, assets = read_names(root, "icons.txt"), read_names(root, "assets.txt")
    for view in views:
        if view.body and view.body[-1].kind == "literal":
            view.body[-1].text = view.body[-1].text.rstrip()
        writer = Writer(file, calls, icons, assets)
        state = writer.body(view.body, State())
        writer.flush()
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
    header = mark + "#ifndef %s\n#define %s\n\n#include \"server/html/html.h\"\n%s\n%s\n#endif\n" % (
        guard, guard, "".join('#include "%s"\n' % h for h in headers),
        "".join("void view_%s(struct buf *out, const struct %s *v);\n" % (v.name, v.struct) for v in views))
    source = mark + '#include "%s_view.h"\n\n#include "server/html/asset.h"\n#include "server/html/html_put.h"\n%s\n%s' % (
        base, "".join('#include "%s"\n' % h for h in sorted(includes)), "\n".join(functions))
    return header, source


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(path + ".new", path)


def main():
    args = argparse.ArgumentParser(description="views (*.html) to C")
    args.add_argument("--root", required=True)
    args.add_argument("--out", required=True)
    args.add_argument("file")
    args = args.parse_args()
    try:
        header, source = compile_file(args.root, args.file)
    except Fault as fault:
        sys.exit("%s:%d: error: %s" % (args.file, fault.line, fault.text))
    base = os.path.join(args.out, args.file[:-5])
    write(base + "_view.h", header)
    write(base + "_view.c", source)


if __name__ == "__main__":
    main()
