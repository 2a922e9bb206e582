# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the text of a file to its views: trees of literals, values and blocks."""
import re

NAME = r"[a-z_][a-z0-9_]*"
PATH = re.compile(r"(?:@index|@number|@first|@last|%s(?:\.%s)*)$" % (NAME, NAME))
VIEW = re.compile(r'(view|form)\s+(%s)\s*:\s*struct\s+(%s)\s*,\s*"([^"]+)"\s*(?:,\s*(get))?\s*$' % (NAME, NAME))
INPUT = re.compile(r"input\s+(%s)\s*$" % NAME)


class Fault(Exception):
    def __init__(self, line, text):
        super().__init__(text)
        self.line = line
        self.text = text


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


def parse(text, forms):
    """
    One file: list of Node(view, name, struct, header, body, fields), list of Node(input, name, fields), and extra headers.
    A form is a view with `fields`. `forms` is htmlc_form, which reads field lines.
    """
    views, inputs, uses = [], [], []
    stack = []  # (opening node, list that receives children)
    current, block = None, None  # the open list of nodes; the open {{!input}}

    def add(node):
        if block is not None:
            raise Fault(node.line, "in {{!input %s}} stand fields only; {{/input}} ends it" % block.name)
        if current is None:
            raise Fault(node.line, "outside of a view: start with {{!view NAME : struct T, \"header.h\"}}")
        current.append(node)

    for kind, line, value in cut(standalone(text)):
        if kind == "literal":
            if current is None or block is not None:
                if value.strip():
                    raise Fault(line, "text before the first {{!view …}}" if block is None else "text inside of {{!input %s}}" % block.name)
            elif value:
                current.append(Node("literal", line, text=value))
        elif kind == "raw":
            if not PATH.match(value):
                raise Fault(line, "{{{…}}} takes one member, not " + value)
            add(Node("raw", line, path=value))
        elif value.startswith("!"):
            body = value[1:].strip()
            match = VIEW.match(body)
            named = INPUT.match(body)
            if (match or named) and (stack or block):
                raise Fault(line, "a view starts inside an open block of line %d" % (stack[-1][0] if stack else block).line)
            if named:
                block = Node("input", line, name=named[1], fields=[])
                inputs.append(block)
                current = None
            elif match and not (match[1] == "view" and match[5]):
                view = Node("view", line, name=match[2], struct=match[3], header=match[4], body=[], fields=[] if match[1] == "form" else None,
                            is_get=match[5] is not None)
                views.append(view)
                current = view.body
            elif re.match(r"(view|form|input)\b", body) and ":" not in body.split()[0]:
                word = re.match(r"[a-z]+", body)[0]
                raise Fault(line, "write {{!input NAME}}" if word == "input" else 'write {{!%s NAME : struct T, "header.h"}}' % word)
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
        elif value == "/input" and block is not None:
            block = None
        elif value.startswith("/"):
            word = value[1:].strip()
            if not stack or stack[-1][0].kind != word:
                opened = "{{%s%s}} of line %d" % ("" if stack[-1][0].kind == "group" else "#", stack[-1][0].kind, stack[-1][0].line) if stack else "nothing"
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
        elif block is not None:
            if not forms.is_field(value):
                raise Fault(line, "cannot read the field {{%s}}" % value)
            block.fields += forms.parse_fields(value, line, False)
        elif current is not None and views[-1].fields is not None and forms.is_field(value):
            groups = [n for n, _ in stack if n.kind == "group"]
            for node in forms.parse_fields(value, line, True):
                if node.kind == "field":
                    (groups[-1] if groups else views[-1]).fields.append(node)
                add(node)
        elif current is not None and views[-1].fields is not None and re.match(r"group\s", value):
            if any(n.kind in ("group", "each") for n, _ in stack):
                raise Fault(line, "a group stands once: not inside of another or of {{#each}}")
            node = forms.parse_group(value, line)
            views[-1].fields.append(node)
            add(node)
            stack.append((node, current))
            current = node.bodies[0]
        else:
            add(parse_output(value, line))
    if stack or block:
        raise Fault((stack[-1][0] if stack else block).line, "{{%s%s}} is never closed" % ("" if stack[-1][0].kind == "group" else "#", stack[-1][0].kind) if stack else
                    "{{!input %s}} is never closed: {{/input}}" % block.name)
    if not views and not inputs:
        raise Fault(1, "no {{!view …}} in this file")
    return views, inputs, uses


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
