// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper's tree as a ProseMirror schema. Each node keeps what the tree's object says besides its content in `keys`, so nothing is
// lost that has no widget. What the schema cannot hold is an `odd` node with its JSON.
import { DOMOutputSpec, Mark, MarkSpec, Node, NodeSpec, Schema } from "prosemirror-model";
import { fieldLabel, fieldTone, atomWords } from "./words";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Keys = { [key: string]: Json };

const keyed = { keys: { default: {} as Keys } };

const keysOf = (dom: HTMLElement): Keys => {
  try {
    const keys = JSON.parse(dom.dataset.keys ?? "{}") as Keys;
    return keys && typeof keys === "object" && !Array.isArray(keys) ? keys : {};
  } catch {
    return {};
  }
};
const stored = (node: Node): Record<string, string> => ({ "data-node": node.type.name, "data-keys": JSON.stringify(node.attrs.keys) });
const own = (name: string) => ({ tag: `[data-node="${name}"]`, priority: 70, getAttrs: (dom: HTMLElement) => ({ keys: keysOf(dom) }) });

/** A block around others. */
function box(name: string, content: string, more: Partial<NodeSpec> = {}): NodeSpec {
  return {
    content, attrs: keyed, defining: true, parseDOM: [own(name)],
    toDOM: (node): DOMOutputSpec => ["div", stored(node), 0], ...more,
  };
}

/** A block without text of its own: shown by its words, changed in its panel. */
function atom(name: string): NodeSpec {
  return {
    group: "block", atom: true, selectable: true, draggable: true, attrs: keyed, parseDOM: [own(name)],
    toDOM: (node): DOMOutputSpec => ["div", { ...stored(node), class: "ed-atom" }, atomWords(node)],
  };
}

/** The same in a line. */
function chip(name: string): NodeSpec {
  return {
    group: "inline", inline: true, atom: true, selectable: true, attrs: keyed, parseDOM: [own(name)],
    toDOM: (node): DOMOutputSpec => ["span", { ...stored(node), class: `chip is-${name}` }, atomWords(node)],
  };
}

const ALIGNS = ["left", "center", "right", "justify"];
const alignOf = (dom: HTMLElement): Keys => {
  const align = dom.getAttribute("align") ?? "";
  return ALIGNS.includes(align) ? { align } : {};
};
const textClass = (node: Node): string => (node.attrs.keys.align ? `is-${String(node.attrs.keys.align)}` : "");

const nodes: Record<string, NodeSpec> = {
  doc: { content: "head? body foot? attachment*", attrs: keyed },
  head: box("head", "block*"),
  body: box("body", "block*"),
  foot: box("foot", "foot_cell*"),
  foot_cell: box("foot_cell", "inline*", { isolating: true }),
  attachment: box("attachment", "head? body foot?"),

  paragraph: {
    group: "block", content: "inline*", attrs: keyed,
    parseDOM: [own("paragraph"), { tag: "p", getAttrs: (dom) => ({ keys: alignOf(dom) }) }],
    toDOM: (node) => ["p", { ...stored(node), class: textClass(node) }, 0],
  },
  heading: {
    group: "block", content: "inline*", attrs: keyed, defining: true,
    parseDOM: [own("heading"), ...[1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { keys: level === 1 ? {} : { level } } }))],
    toDOM: (node) => ["p", { ...stored(node), "data-level": String(node.attrs.keys.level ?? 1), class: textClass(node) }, 0],
  },
  list: box("list", "(list_item | list_cond)+", {
    group: "block",
    parseDOM: [own("list"), { tag: "ol" }, { tag: "ul", attrs: { keys: { style: "dash" } } }],
    toDOM: (node) => ["div", { ...stored(node), "data-list": String(node.attrs.keys.style ?? "number") }, 0],
  }),
  list_item: box("list_item", "list_line block*", { parseDOM: [own("list_item"), { tag: "li" }] }),
  list_line: { content: "inline*", attrs: keyed, parseDOM: [own("list_line")], toDOM: (node) => ["p", stored(node), 0] },
  list_cond: box("list_cond", "list_then list_else?"),
  list_then: box("list_then", "(list_item | list_cond)*"),
  list_else: box("list_else", "(list_item | list_cond)*"),

  identity: box("identity", "(id_row | id_cond)+", { group: "block" }),
  id_row: box("id_row", "id_label id_value"),
  id_label: box("id_label", "inline*", { isolating: true }),
  id_value: box("id_value", "inline*", { isolating: true }),
  id_cond: box("id_cond", "id_then id_else?"),
  id_then: box("id_then", "(id_row | id_cond)*"),
  id_else: box("id_else", "(id_row | id_cond)*"),

  table: {
    group: "block", content: "table_row+", tableRole: "table", isolating: true, attrs: keyed,
    parseDOM: [own("table"), { tag: "table" }],
    toDOM: (node) => ["table", { ...stored(node), "data-border": String(node.attrs.keys.border ?? "all") },
      ["colgroup", ...columnsOf(node).map((width): DOMOutputSpec => ["col", { width: `${width}%` }])], ["tbody", 0]],
  },
  table_row: {
    content: "table_cell*", tableRole: "row", attrs: { ...keyed, head: { default: false }, within: { default: [] as Within[] } },
    parseDOM: [{
      tag: "tr", getAttrs: (dom) => ({ keys: keysOf(dom), head: dom.dataset.head === "1" || dom.parentElement?.tagName === "THEAD" }),
    }],
    toDOM: (node) => ["tr", { ...stored(node), "data-head": node.attrs.head ? "1" : "0", class: node.attrs.head ? "is-head" : "" }, 0],
  },
  table_cell: {
    content: "inline*", tableRole: "cell", isolating: true,
    attrs: { ...keyed, colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    parseDOM: ["td", "th"].map((tag) => ({
      tag,
      getAttrs: (dom: HTMLElement) => ({
        keys: keysOf(dom), colspan: Number(dom.getAttribute("colspan") || 1), rowspan: Number(dom.getAttribute("rowspan") || 1),
      }),
    })),
    toDOM: (node) => ["td", {
      ...stored(node), ...(node.attrs.colspan > 1 ? { colspan: node.attrs.colspan } : {}), ...(node.attrs.rowspan > 1 ? { rowspan: node.attrs.rowspan } : {}),
      class: cellClass(node),
    }, 0],
  },

  group: box("group", "block*", { group: "block" }),
  columns: box("columns", "column+", { group: "block" }),
  column: box("column", "block*", { isolating: true }),
  cond: box("cond", "cond_then cond_else?", { group: "block" }),
  cond_then: box("cond_then", "block*"),
  cond_else: box("cond_else", "block*"),
  each: box("each", "each_body each_else?", { group: "block" }),
  each_body: box("each_body", "block*"),
  each_else: box("each_else", "block*"),

  image: atom("image"),
  signature: atom("signature"),
  qr: atom("qr"),
  letterhead: atom("letterhead"),
  boxes: atom("boxes"),
  rule: { ...atom("rule"), parseDOM: [own("rule"), { tag: "hr" }] },
  spacer: atom("spacer"),
  page_break: atom("page_break"),
  odd: atom("odd"),

  text: { group: "inline" },
  field: {
    group: "inline", inline: true, atom: true, selectable: true, draggable: true,
    attrs: { name: {}, as: { default: null }, case: { default: null }, empty: { default: null } },
    parseDOM: [{
      tag: "span[data-field]",
      getAttrs: (dom) => (/^[A-Za-z0-9_.-]{1,64}$|^[=#]/.test(dom.dataset.field ?? "") &&
        { name: dom.dataset.field, as: dom.dataset.as || null, case: dom.dataset.case || null, empty: dom.dataset.empty ?? null }),
    }],
    toDOM: (node) => ["span", {
      class: `chip ${fieldTone(node)}`, "data-field": node.attrs.name, ...(node.attrs.as ? { "data-as": node.attrs.as } : {}),
      ...(node.attrs.case ? { "data-case": node.attrs.case } : {}), ...(node.attrs.empty === null ? {} : { "data-empty": node.attrs.empty }),
    }, fieldLabel(node.attrs.name as string)],
  },
  line_break: {
    group: "inline", inline: true, selectable: false, linebreakReplacement: true, parseDOM: [{ tag: "br" }], toDOM: () => ["br"],
  },
  if_chip: chip("if_chip"),
  each_chip: chip("each_chip"),
  boxes_chip: chip("boxes_chip"),
  odd_chip: chip("odd_chip"),
};

/** What a table's row stands within: an `each` or `if` of rows. Neighbours with the same id stand within the same one. */
export type Within = { kind: "each" | "if"; branch: "then" | "else"; keys: Keys; id: number };

/** Widths of a table's columns in hundredths; fixed ones are taken as parts of a line of 165 mm. */
function columnsOf(table: Node): number[] {
  const columns = Array.isArray(table.attrs.keys.columns) ? (table.attrs.keys.columns as Keys[]) : [];
  const fixed = columns.reduce((sum, column) => sum + Number(column?.width ?? 0), 0);
  const shares = columns.reduce((sum, column) => sum + (column?.width ? 0 : Number(column?.share ?? 1)), 0);
  const rest = Math.max(165 - fixed, 0.2 * 165);
  const widths = columns.map((column) => (column?.width ? Number(column.width) : (Number(column?.share ?? 1) / shares) * rest));
  const all = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => Math.round((width / all) * 100));
}

function cellClass(cell: Node): string {
  const { align, valign, borders } = cell.attrs.keys as { align?: string; valign?: string; borders?: string[] };
  const lines = Array.isArray(borders) ? ["has-lines", ...borders.map((side) => `has-${side}`)] : [];
  return [align ? `is-${align}` : "", valign ? `is-${valign}` : "", ...lines].filter(Boolean).join(" ");
}

const simple = (tag: string, more: MarkSpec["parseDOM"] = []): MarkSpec => ({ parseDOM: [{ tag }, ...(more ?? [])], toDOM: () => [tag, 0] });
const marks: Record<string, MarkSpec> = {
  bold: simple("strong", [{ tag: "b" }]),
  italic: simple("em", [{ tag: "i" }]),
  underline: simple("u"),
  strike: simple("s", [{ tag: "del" }, { tag: "strike" }]),
  super: { ...simple("sup"), excludes: "super sub" },
  sub: { ...simple("sub"), excludes: "super sub" },
  size: {
    attrs: { value: {} }, parseDOM: [{ tag: "span[data-size]", getAttrs: (dom) => ({ value: Number(dom.dataset.size) }) }],
    toDOM: (mark: Mark) => ["span", { "data-size": String(mark.attrs.value), class: `is-size-${Math.round(Number(mark.attrs.value))}` }, 0],
  },
  colour: {
    attrs: { value: {} }, parseDOM: [{ tag: "span[data-colour]", getAttrs: (dom) => ({ value: dom.dataset.colour }) }],
    toDOM: (mark: Mark) => ["span", { "data-colour": String(mark.attrs.value) }, 0],
  },
};

export const schema = new Schema({ nodes, marks });
export const MARKS = ["bold", "italic", "underline", "strike", "super", "sub"];
