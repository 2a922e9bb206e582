# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in the HTML a value stands, and so how it is escaped; where no escaping is safe, a Fault."""
import re

from htmlc_parse import Fault

URL_ATTRS = {"href", "src", "action", "formaction", "poster", "cite", "data", "xlink:href", "ping",
             "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url"}
# Attributes whose value is a language of its own: nothing may be written into them.
CODE_ATTRS = {"style", "srcdoc", "srcset", "imagesrcset", "to", "from", "by", "values", "attributename"}
BLOCKS = set("""html head body meta link title header nav main footer section article aside div p ul ol li dl dt dd
    table thead tbody tfoot tr td th caption colgroup col form fieldset legend h1 h2 h3 h4 h5 h6 hr br option optgroup
    script template details summary figure figcaption address blockquote pre !doctype symbol defs""".split())
KEEP = {"pre", "textarea"}
RAW = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}


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
        is_drawing = s.tag == "img" and s.attr == "src" and part.startswith("data:image/svg+xml,")  # a picture runs no script
        if s.attr in URL_ATTRS and s.start and not is_drawing and re.match(r"\s*(javascript|vbscript|data)\s*:", part, re.I):
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
