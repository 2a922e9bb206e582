# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads C just well enough for the lint: comments apart, string literals apart, line numbers kept."""

import re

TOKEN = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r'|(?P<string>(?:u8|[LuU])?"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>'(?:\\.|[^'\\\n])+')",
    re.S,
)


def blank(text):
    """Same length and line breaks, nothing else."""
    return re.sub(r'[^\n]', ' ', text)


class Source:
    """One file: `code` without comments and literals, `strings` as (line, text) with neighbours joined."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.comments = {}  # line on which a comment ends → its text
        code = []
        literals = []
        at = 0
        for match in TOKEN.finditer(text):
            code.append(text[at:match.start()])
            at = match.end()
            whole = match.group(0)
            if match.group('comment'):
                self.comments[text.count('\n', 0, at) + 1] = whole
            elif match.group('string'):
                literals.append((match.start(), match.end(), whole[whole.index('"') + 1:-1]))
            code.append(blank(whole))
        code.append(text[at:])
        self.code = ''.join(code)
        self.strings = self._joined(literals)

    def _joined(self, literals):
        joined = []
        last_end = None
        for start, end, inner in literals:
            # "a" "b" is one text; so is "a" PRIu64 "b" for our purpose.
            if last_end is not None and re.fullmatch(r'[\sA-Za-z0-9_]*', self.code[last_end:start]):
                joined[-1][1] += inner
            else:
                joined.append([self.line_of(start), inner])
            last_end = end
        return [(line, text) for line, text in joined]

    def line_of(self, offset):
        return self.text.count('\n', 0, offset) + 1

    def excused(self, line, rule):
        """A deviation says why on its own line or the line above: // lint: RULE: reason."""
        for at in (line, line - 1):
            found = re.search(r'lint:\s*([\w-]+):\s*\S', self.comments.get(at, ''))
            if found and found.group(1) == rule:
                return True
        return False

    def includes(self):
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', self.text, re.M):
            # An include inside a comment or a literal is none.
            if self.code[match.start():match.start(1)].strip():
                yield self.line_of(match.start()), match.group(2), match.group(1) == '"'
