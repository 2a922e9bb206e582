// SPDX-License-Identifier: AGPL-3.0-or-later
// The canvas: names of the parts at its left, keys, typing rules, and a paragraph where everything was deleted.
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { InputRule, inputRules } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { Node } from "prosemirror-model";
import { Command, EditorState, Plugin, TextSelection } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { Decoration, DecorationSet } from "prosemirror-view";
import * as commands from "./commands";
import { readField } from "./pattern";
import { schema } from "./schema";
import { condWords, eachWords, isPartBad, partName } from "./words";
import type { Keys } from "./schema";

const { nodes, marks } = schema;
const FOOT_NAMES: Record<string, string> = { left: "Kaki kiri", center: "Kaki tengah", right: "Kaki kanan", note: "Catatan kaki" };

/** What stands at the left of each part, and over each condition within one. */
function decorations(state: EditorState): DecorationSet {
  const active = commands.partAt(state)?.pos;
  const found: Decoration[] = [];
  const name = (node: Node, pos: number, attribute: string, words: string): void => {
    const tone = [pos === active ? "is-active" : "", isPartBad(node) ? "is-bad" : "", /^(cond|each)$/.test(node.type.name) ? "is-bila" : ""].filter(Boolean).join(" ");
    found.push(Decoration.node(pos, pos + node.nodeSize, { [attribute]: words, ...(tone ? { class: tone } : {}) }));
  };
  let attachments = 0;
  state.doc.descendants((node, pos, parent) => {
    const isPart = /^(head|body|foot)$/.test(parent?.type.name ?? "");
    if (node.type === nodes.attachment) name(node, pos, "data-section", `Lampiran ${++attachments}`);
    else if (node.type === nodes.head) name(node, pos, "data-section", "Kepala halaman");
    else if (node.type === nodes.foot) name(node, pos, "data-section", "Kaki halaman");
    else if (node.type === nodes.foot_cell) name(node, pos, "data-part", FOOT_NAMES[String(node.attrs.keys.name)] ?? "Kaki");
    else if (isPart) name(node, pos, "data-part", partName(node));
    else if (/^(cond|list_cond|id_cond)$/.test(node.type.name)) name(node, pos, "data-inner", condWords(node.attrs.keys as Keys));
    else if (node.type === nodes.each) name(node, pos, "data-inner", eachWords(node.attrs.keys.list));
    else if (typeof node.attrs.keys?.each === "string" && node.type !== nodes.table_row) name(node, pos, "data-inner", eachWords(node.attrs.keys.each));
    else if (node.type === nodes.table_row) rowName(node, pos, found);
    return !node.isTextblock;
  });
  return DecorationSet.create(state.doc, found);
}

function rowName(row: Node, pos: number, found: Decoration[]): void {
  const within = (row.attrs.within as { kind: string; branch: string; keys: Keys }[]).map((one) =>
    (one.kind === "each" ? eachWords(one.keys.each) : `${condWords(one.keys)}${one.branch === "else" ? ", bila tidak" : ""}`));
  const own = row.attrs.keys.each ? [eachWords(row.attrs.keys.each)] : [];
  const words = [...within, ...own].join(", ");
  if (words) found.push(Decoration.node(pos, pos + row.nodeSize, { class: "is-bila", title: words }));
  if (words && row.firstChild) found.push(Decoration.node(pos + 1, pos + 1 + row.firstChild.nodeSize, { "data-inner": words }));
}

const parts: Plugin<DecorationSet> = new Plugin({
  state: {
    init: (_, state) => decorations(state),
    apply: (tr, old, _, state) => (tr.docChanged || tr.selectionSet ? decorations(state) : old),
  },
  props: { decorations: (state) => parts.getState(state) },
});

/** A body always has a place to write. */
const neverEmpty = new Plugin({
  appendTransaction: (transactions, _, state) => {
    if (!transactions.some((tr) => tr.docChanged)) return null;
    const { tr } = state;
    state.doc.descendants((node, pos) => {
      const isEmpty = node.childCount === 0 && /^(body|cond_then|cond_else|each_body|each_else|column|group)$/.test(node.type.name);
      if (isEmpty) tr.insert(tr.mapping.map(pos + 1), nodes.paragraph.create({ keys: {} }));
      return !node.isTextblock;
    });
    return tr.docChanged ? tr : null;
  },
});

// ---- typing: "1. ", "- ", "# ", "{nama}" ----

const inPlainParagraph = (state: EditorState): boolean => state.selection.$from.parent.type === nodes.paragraph;
const fieldRule = new InputRule(/\{([^{}]+)\}$/, (state, match, start, end) => {
  const field = readField(match[1]);
  return field ? state.tr.replaceWith(start, end, nodes.field.create(field, null, state.storedMarks ?? state.selection.$from.marks())) : null;
});
const lineRule = (pattern: RegExp, run: (level: number) => Command): InputRule => new InputRule(pattern, (state, match, start, end) => {
  if (!inPlainParagraph(state)) return null;
  const cleared = state.apply(state.tr.delete(start, end));
  let tr = state.tr.delete(start, end);
  run(match[0].trim().length)(cleared, (next) => {
    for (const step of next.steps) tr = tr.step(step);
    tr = tr.setSelection(TextSelection.create(tr.doc, next.selection.from));
  });
  return tr;
});
const rules = inputRules({
  rules: [fieldRule, lineRule(/^1[.)]\s$/, () => commands.toggleList("number")), lineRule(/^[a][.)]\s$/, () => commands.toggleList("letter")),
    lineRule(/^[-–•*]\s$/, () => commands.toggleList("dash")), lineRule(/^#{1,3}\s$/, (level) => commands.blockKind(level))],
});

const lineBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.line_break.create(), true).scrollIntoView());
  return true;
};

/** All plugins; `open` are the keys that open something of the page around: "/" in an empty paragraph, "{", the settings. */
export function plugins(open: Record<string, Command>): Plugin[] {
  return [
    keymap(open),
    keymap({
      "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo, "Mod-b": toggleMark(marks.bold), "Mod-i": toggleMark(marks.italic), "Mod-u": toggleMark(marks.underline),
      "Enter": commands.enter, "Shift-Enter": lineBreak, "Backspace": commands.backspace, "Tab": commands.tab(1), "Shift-Tab": commands.tab(-1),
      "Alt-ArrowUp": commands.move(-1), "Alt-ArrowDown": commands.move(1), "Mod-Shift-7": commands.toggleList("number"), "Mod-Shift-8": commands.toggleList("dash"),
      "Mod-Alt-0": commands.blockKind(0), "Mod-Alt-1": commands.blockKind(1), "Mod-Alt-2": commands.blockKind(2), "Mod-Alt-3": commands.blockKind(3),
      "Mod-Shift-l": commands.align("left"), "Mod-Shift-e": commands.align("center"), "Mod-Shift-r": commands.align("right"), "Mod-Shift-j": commands.align("justify"),
    }),
    rules,
    keymap({ ...baseKeymap, Enter: chainCommands(commands.enter, baseKeymap.Enter) }),
    history({ newGroupDelay: 800 }), dropCursor({ color: false, class: "ed-drop" }), gapCursor(), tableEditing({ allowTableNodeSelection: true }), parts, neverEmpty,
  ];
}

/** Plugins of a single line in a panel. */
export const linePlugins = (): Plugin[] => [
  keymap({ "Mod-z": undo, "Mod-y": redo, "Mod-b": toggleMark(marks.bold), "Mod-i": toggleMark(marks.italic), "Mod-u": toggleMark(marks.underline), "Enter": () => true }),
  inputRules({ rules: [fieldRule] }), keymap(baseKeymap), history(),
];
export { redo, undo };
