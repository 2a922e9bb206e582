// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tools and keys do to the document.
import { setBlockType } from "prosemirror-commands";
import { Attrs, Fragment, Node, ResolvedPos } from "prosemirror-model";
import { liftListItem, sinkListItem } from "prosemirror-schema-list";
import { Command, EditorState, NodeSelection, Selection, TextSelection, Transaction } from "prosemirror-state";
import * as tables from "prosemirror-tables";
import { blockNode } from "./tree";
import { Json, Keys, schema } from "./schema";

const { nodes } = schema;

const isPartOf = (parent: Node): boolean => ["head", "body", "foot"].includes(parent.type.name);

/** Where the part of the canvas stands that the selection is in, and that part; null outside of all. */
export function partAt(state: EditorState): { pos: number; node: Node } | null {
  const { selection } = state;
  if (selection instanceof NodeSelection && isPartOf(selection.$from.parent)) return { pos: selection.from, node: selection.node };
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth--) if (isPartOf($from.node(depth - 1))) return { pos: $from.before(depth), node: $from.node(depth) };
  return null;
}

/** What the panel changes: the selected atom or chip, else the innermost block around the cursor. */
export function settableAt(state: EditorState): { pos: number; node: Node } | null {
  const { selection } = state;
  if (selection instanceof NodeSelection) return { pos: selection.from, node: selection.node };
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (/^(paragraph|heading|list|identity|table|group|columns|cond|each|list_cond|id_cond|foot|attachment)$/.test(node.type.name)) return { pos: $from.before(depth), node };
  }
  return null;
}

/** The depth of the innermost block whose neighbours are blocks; 0: none. */
function blockDepth($at: ResolvedPos): number {
  for (let depth = $at.depth; depth > 0; depth--) if ($at.node(depth).type.isInGroup("block")) return depth;
  return 0;
}

/** Puts a block behind the one the cursor is in, or in its place when it is an empty paragraph; the cursor goes into it, to the first
 *  place where nothing stands yet: not before the "No." of a new table. */
export function insertBlock(state: EditorState, block: Node): Transaction {
  const { tr, selection } = state;
  const { $from } = selection;
  const depth = blockDepth($from);
  const isNode = selection instanceof NodeSelection && selection.node.type.isInGroup("block");
  let at: number;
  if (isNode) at = selection.to;
  else if (depth > 0) at = $from.after(depth);
  else {
    let body = 0;
    state.doc.forEach((part, pos) => {
      if (part.type === nodes.body) body = pos + part.nodeSize - 1;
    });
    at = body;
  }
  const around = depth > 0 && !isNode ? $from.node(depth) : null;
  if (around?.type === nodes.paragraph && around.childCount === 0) tr.replaceWith((at = $from.before(depth)), $from.after(depth), block);
  else tr.insert(at, block);
  let empty = -1;
  block.descendants((node, pos) => void (empty < 0 && node.isTextblock && node.childCount === 0 && (empty = pos + 1)));
  const to = block.isAtom ? NodeSelection.create(tr.doc, at) : Selection.near(tr.doc.resolve(at + 1 + Math.max(empty, 0)), 1);
  return tr.setSelection(to).scrollIntoView();
}

export const insertJson = (json: Json): Command => (state, dispatch) => {
  dispatch?.(insertBlock(state, blockNode(json)));
  return true;
};

/** A field, or another node of a line, at the cursor; without a line there a paragraph is made. */
export function insertInline(state: EditorState, node: Node): Transaction {
  if (state.selection.$from.parent.inlineContent) return state.tr.replaceSelectionWith(node, true).scrollIntoView();
  return insertBlock(state, nodes.paragraph.create({ keys: {} }, node));
}
export const fieldOf = (name: string): Node => nodes.field.create({ name });

export function setAttrs(state: EditorState, pos: number, attrs: Attrs): Transaction {
  const node = state.doc.nodeAt(pos);
  const tr = state.tr.setNodeMarkup(pos, undefined, { ...node?.attrs, ...attrs }, node?.marks);
  return state.selection instanceof NodeSelection && state.selection.from === pos ? tr.setSelection(NodeSelection.create(tr.doc, pos)) : tr;
}

/** One key of the keys of every node in the selection that has such a key; undefined takes it away. */
const setKey = (types: string[], key: string, value: Json | undefined): Command => (state, dispatch) => {
  const { tr } = state;
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
    if (!types.includes(node.type.name)) return;
    const { [key]: _, ...rest } = node.attrs.keys as Keys;
    tr.setNodeMarkup(pos, undefined, { ...node.attrs, keys: value === undefined ? rest : { ...rest, [key]: value } });
  });
  if (!tr.docChanged) return false;
  dispatch?.(tr);
  return true;
};
export const align = (value: string): Command => setKey(["paragraph", "heading", "table_cell", "boxes", "qr", "image"], "align", value);

/** Paragraph (0) or heading of a level; what else the block says stays, but for the indent of the other kind. */
export const blockKind = (level: number): Command => (state, dispatch) => {
  const part = settableAt(state);
  const keys = level > 1 ? { level } : {};
  const old = (part?.node.attrs.keys ?? {}) as Keys;
  const kept = Object.fromEntries(Object.entries(old).filter(([key]) => /^(before|after|keep_with_next)$/.test(key)));
  return setBlockType(level === 0 ? nodes.paragraph : nodes.heading, { keys: { ...kept, ...keys } })(state, dispatch);
};

export const setMark = (name: string, value: Json): Command => (state, dispatch) => {
  const { from, to, empty } = state.selection;
  const type = schema.marks[name];
  if (empty) dispatch?.(value === null ? state.tr.removeStoredMark(type) : state.tr.addStoredMark(type.create({ value })));
  else dispatch?.(value === null ? state.tr.removeMark(from, to, type) : state.tr.addMark(from, to, type.create({ value })));
  return true;
};

/** Lines become items of a list; in a list of that style they become paragraphs again. */
export const toggleList = (style: string): Command => (state, dispatch) => {
  const { $from, $to } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const list = $from.node(depth);
    if (list.type !== nodes.list) continue;
    if ((list.attrs.keys.style ?? "number") === style) return unlist(state, dispatch);
    dispatch?.(setAttrs(state, $from.before(depth), { keys: { ...(list.attrs.keys as Keys), style } }));
    return true;
  }
  const range = $from.blockRange($to);
  if (!range) return false;
  const lines: Node[] = [];
  for (let i = range.startIndex; i < range.endIndex; i++) {
    const node = range.parent.child(i);
    if (!/^(paragraph|heading)$/.test(node.type.name)) return false;
    lines.push(nodes.list_item.create({ keys: {} }, nodes.list_line.create({ keys: {} }, node.content)));
  }
  const tr = state.tr.replaceWith(range.start, range.end, nodes.list.create({ keys: style === "number" ? {} : { style } }, lines));
  const before = lines.slice(0, $to.index(range.depth) - range.startIndex).reduce((sum, item) => sum + item.nodeSize, 0);
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, range.start + 1 + before + 2 + $to.parentOffset)).scrollIntoView());
  return true;
};

/** The whole list becomes paragraphs. */
const unlist: Command = (state, dispatch) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type !== nodes.list) continue;
    const blocks: Node[] = [];
    $from.node(depth).descendants((node) => {
      if (node.type === nodes.list_line) blocks.push(nodes.paragraph.create({ keys: {} }, node.content));
      else if (node.type.isInGroup("block") && node.type !== nodes.list) blocks.push(node);
      else return true;
      return false;
    });
    const at = $from.before(depth);
    const tr = state.tr.replaceWith(at, $from.after(depth), blocks);
    dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView());
    return true;
  }
  return false;
};

/** Enter: a new item, a new row of data, a new paragraph; in an empty last item the list ends, or goes on one level further out. */
export const enter: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const { parent } = $from;
  if (parent.type === nodes.list_line) return enterItem(state, dispatch);
  if (parent.type === nodes.id_label) {
    dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve($from.after() + 1))).scrollIntoView());
    return true;
  }
  if (parent.type !== nodes.id_value) return false;
  const after = $from.after($from.depth - 1);
  const row = nodes.id_row.create({ keys: {} }, [nodes.id_label.create({ keys: {} }), nodes.id_value.create({ keys: {} })]);
  const tr = state.tr.insert(after, row);
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 2)).scrollIntoView());
  return true;
};

const enterItem: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const depth = $from.depth - 1;
  const item = $from.node(depth);
  const list = $from.node(depth - 1);
  const isLast = $from.index(depth - 1) === list.childCount - 1;
  const isEmptyLast = item.content.size === 2 && isLast && list.childCount > 1 && list.type === nodes.list;
  if (isEmptyLast && $from.node(depth - 2).type === nodes.list_item) return shallower(state, dispatch);
  if (isEmptyLast) {
    const tr = state.tr.delete($from.before(depth), $from.after(depth));
    const at = tr.mapping.map($from.after(depth - 1));
    tr.insert(at, nodes.paragraph.create({ keys: {} }));
    dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
    return true;
  }
  const tr = state.tr.delete($from.pos, $to.pos);
  tr.split(tr.mapping.map($from.pos), 2, [{ type: nodes.list_item, attrs: { keys: {} } }, { type: nodes.list_line, attrs: { keys: {} } }]);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Backspace in an empty row of data takes the row, or the block with its last row. */
export const backspace: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type === nodes.id_value) {
    dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve($from.before() - 1), -1)));
    return true;
  }
  if ($from.parent.type !== nodes.id_label) return false;
  const row = $from.node(-1);
  if (row.child(0).childCount + row.child(1).childCount > 0) return true;
  const isOnly = $from.node(-2).childCount === 1 && $from.node(-2).type === nodes.identity;
  const depth = $from.depth - (isOnly ? 2 : 1);
  const tr = state.tr.delete($from.before(depth), $from.after(depth));
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve($from.before(depth)), -1)));
  return true;
};

export const deeper: Command = sinkListItem(nodes.list_item);
export const shallower: Command = (state, dispatch) => liftListItem(nodes.list_item)(state, dispatch);

/** Tab: next cell, next half of a row, deeper into a list; the tools say how the keyboard leaves the canvas. */
export const tab = (way: 1 | -1): Command => (state, dispatch) => {
  const { $from } = state.selection;
  if (tables.goToNextCell(way)(state, dispatch)) return true;
  if ($from.parent.type === nodes.list_line) return way > 0 ? deeper(state, dispatch) : shallower(state, dispatch);
  if ($from.parent.type !== nodes.id_label && $from.parent.type !== nodes.id_value) return false;
  const next = Selection.findFrom(state.doc.resolve(way > 0 ? $from.after() : $from.before()), way, true);
  if (next) dispatch?.(state.tr.setSelection(next).scrollIntoView());
  return next !== null;
};

/** The part one place up or down among its neighbours. */
export const move = (way: 1 | -1): Command => (state, dispatch) => {
  const part = partAt(state);
  if (!part || part.node.type === nodes.foot_cell) return false;
  const $at = state.doc.resolve(part.pos);
  const other = $at.parent.maybeChild($at.index() + way);
  if (!other) return false;
  if (!dispatch) return true;
  const start = way > 0 ? part.pos : part.pos - other.nodeSize;
  const pair = way > 0 ? [other, part.node] : [part.node, other];
  const shift = way * other.nodeSize;
  const { selection } = state;
  const tr = state.tr.replaceWith(start, start + part.node.nodeSize + other.nodeSize, Fragment.from(pair));
  const isNode = selection instanceof NodeSelection && selection.from === part.pos;
  dispatch(tr.setSelection(isNode ? NodeSelection.create(tr.doc, part.pos + shift) : Selection.near(tr.doc.resolve(selection.head + shift))).scrollIntoView());
  return true;
};

export const removePart: Command = (state, dispatch) => {
  const part = partAt(state);
  if (!part) return false;
  const tr = state.tr.delete(part.pos, part.pos + part.node.nodeSize);
  dispatch?.(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(part.pos, tr.doc.content.size)), -1)).scrollIntoView());
  return true;
};

/** The part stands from now on under a condition, is repeated, or is kept on one page. */
export const wrapPart = (name: "cond" | "each" | "group", keys: Keys): Command => (state, dispatch) => {
  const part = partAt(state);
  if (!part || part.node.type === nodes.foot_cell) return false;
  const inner = name === "group" ? [part.node] : [nodes[`${name}_${name === "cond" ? "then" : "body"}`].create({ keys: {} }, part.node)];
  const tr = state.tr.replaceWith(part.pos, part.pos + part.node.nodeSize, nodes[name].create({ keys }, inner));
  dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, part.pos)).scrollIntoView());
  return true;
};

/** Takes a condition, repetition or group away; what stands in it stays. */
export const unwrap = (pos: number): Command => (state, dispatch) => {
  const node = state.doc.nodeAt(pos);
  if (!node || !/^(cond|each|group)$/.test(node.type.name)) return false;
  const inner = node.type === nodes.group ? node.content : node.child(0).content;
  dispatch?.(state.tr.replaceWith(pos, pos + node.nodeSize, inner.size > 0 ? inner : Fragment.from(nodes.paragraph.create({ keys: {} }))));
  return true;
};

/** A second branch, "bila tidak", or none. */
export const toggleElse = (pos: number): Command => (state, dispatch) => {
  const node = state.doc.nodeAt(pos);
  const name = node?.type.name.replace(/_?cond$/, "") ?? "";
  const type = node?.type === nodes.each ? nodes.each_else : nodes[name === "" ? "cond_else" : `${name}_else`];
  if (!node || !type) return false;
  const first = node.child(0).nodeSize;
  const empty = (): Node => (type === nodes.list_else ? nodes.list_item.create({ keys: {} }, nodes.list_line.create({ keys: {} }))
    : type === nodes.id_else ? nodes.id_row.createAndFill({ keys: {} })! : nodes.paragraph.create({ keys: {} }));
  if (node.childCount > 1) dispatch?.(state.tr.delete(pos + 1 + first, pos + node.nodeSize - 1));
  else dispatch?.(state.tr.insert(pos + 1 + first, type.create({ keys: {} }, empty())));
  return true;
};

// ---- tables: ProseMirror's own commands, and what our tree says of rows and columns besides ----

function tableAround(state: EditorState): { pos: number; node: Node } | null {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === nodes.table) return { pos: $from.before(depth), node: $from.node(depth) };
  return state.selection instanceof NodeSelection && state.selection.node.type === nodes.table ? { pos: state.selection.from, node: state.selection.node } : null;
}
export const isInTable = (state: EditorState): boolean => tableAround(state) !== null && tables.isInTable(state);

/** A new row stands within what its neighbour stands within, and is of the head when that is. */
export const addRow = (way: "before" | "after"): Command => (state, dispatch) => {
  if (!tables.isInTable(state)) return false;
  if (!dispatch) return true;
  const rect = tables.selectedRect(state);
  const at = way === "before" ? rect.top : rect.bottom;
  const neighbour = rect.table.child(way === "before" ? rect.top : rect.bottom - 1);
  const tr = tables.addRow(state.tr, rect, at);
  const table = tr.doc.nodeAt(rect.tableStart - 1)!;
  let pos = rect.tableStart;
  for (let i = 0; i < at; i++) pos += table.child(i).nodeSize;
  dispatch(tr.setNodeMarkup(pos, undefined, { keys: {}, head: neighbour.attrs.head, within: neighbour.attrs.within }));
  return true;
};

function withColumns(tr: Transaction, tableStart: number, change: (columns: Json[]) => Json[], width: number): Transaction {
  const table = tr.doc.nodeAt(tableStart - 1)!;
  const keys = table.attrs.keys as Keys;
  const columns = Array.isArray(keys.columns) ? [...keys.columns] : [];
  while (columns.length < width) columns.push({ share: 1 });
  return tr.setNodeMarkup(tableStart - 1, undefined, { ...table.attrs, keys: { ...keys, columns: change(columns) } });
}
export const addColumn = (way: "before" | "after"): Command => (state, dispatch) => {
  if (!tables.isInTable(state)) return false;
  if (!dispatch) return true;
  const rect = tables.selectedRect(state);
  const at = way === "before" ? rect.left : rect.right;
  dispatch(withColumns(tables.addColumn(state.tr, rect, at), rect.tableStart, (all) => [...all.slice(0, at), { share: 1 }, ...all.slice(at)], rect.map.width));
  return true;
};
export const deleteColumn: Command = (state, dispatch) => {
  if (!tables.isInTable(state)) return false;
  const rect = tables.selectedRect(state);
  if (rect.right - rect.left >= rect.map.width) return removePart(state, dispatch);
  return tables.deleteColumn(state, (tr) => {
    dispatch?.(withColumns(tr, rect.tableStart, (all) => [...all.slice(0, rect.left), ...all.slice(rect.right)], rect.map.width));
  });
};
export const deleteRow: Command = (state, dispatch) => {
  if (!tables.isInTable(state)) return false;
  const rect = tables.selectedRect(state);
  const body = rect.table.children.slice(rect.top, rect.bottom).length >= rect.map.height;
  return body ? removePart(state, dispatch) : tables.deleteRow(state, dispatch);
};
export const mergeCells: Command = tables.mergeCells;
export const splitCell: Command = tables.splitCell;

/** The row of the cursor is repeated on every page, or no more; rows above it go with it, those below leave. */
export const toggleHead: Command = (state, dispatch) => {
  if (!tables.isInTable(state)) return false;
  const rect = tables.selectedRect(state);
  const isHead = !rect.table.child(rect.top).attrs.head;
  const { tr } = state;
  rect.table.forEach((row, offset, index) => {
    const head = isHead ? row.attrs.head || index < rect.bottom : row.attrs.head && index < rect.top;
    if (head !== row.attrs.head) tr.setNodeMarkup(rect.tableStart + offset, undefined, { ...row.attrs, head });
  });
  dispatch?.(tr);
  return true;
};

/** Keys of the cells that are selected, or of the cursor's. */
export const setCells = (change: (keys: Keys) => Keys): Command => (state, dispatch) => {
  if (!tables.isInTable(state)) return false;
  const { selection, tr } = state;
  const set = (node: Node, pos: number): void => void tr.setNodeMarkup(pos, undefined, { ...node.attrs, keys: change(node.attrs.keys as Keys) });
  if (selection instanceof tables.CellSelection) selection.forEachCell(set);
  else {
    const $cell = tables.selectionCell(state);
    set($cell.nodeAfter!, $cell.pos);
  }
  dispatch?.(tr);
  return true;
};
export const rowAt = (state: EditorState): { pos: number; node: Node } | null => {
  if (!tables.isInTable(state)) return null;
  const $cell = tables.selectionCell(state);
  return { pos: $cell.before(), node: $cell.parent };
};
export const cellAt = (state: EditorState): Node | null => (tables.isInTable(state) ? tables.selectionCell(state).nodeAfter : null);

export const near = (doc: Node, pos: number): Selection => Selection.near(doc.resolve(Math.min(pos, doc.content.size)));
export const insertField = (name: string): Command => (state, dispatch) => {
  dispatch?.(insertInline(state, fieldOf(name)));
  return true;
};
