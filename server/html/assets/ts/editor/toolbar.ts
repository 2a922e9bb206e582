// SPDX-License-Identifier: AGPL-3.0-or-later
// The tools over the canvas: one row for the text, one for the part in use.
import { toggleMark } from "prosemirror-commands";
import { Command, EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { redo, undo } from "./canvas";
import * as commands from "./commands";
import { h, icon, rove } from "./dom";
import { Keys, schema } from "./schema";
import { SHEETS } from "./settings";
import { partName } from "./words";

const { marks } = schema;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const keyWords = (keys: string): string => (keys ? ` (${keys.replace("Mod", isMac ? "⌘" : "Ctrl").replace(/-/g, "+")})` : "");

type Tool = { element: HTMLElement; refresh: (state: EditorState) => void };

/** Opens what needs the page around: pickers and panels. */
export type Openers = { field: () => void; part: () => void; cond: () => void; settings: (button: HTMLElement) => void; page: (button: HTMLElement) => void };

export class Toolbar {
  readonly element = h("div", { class: "ed-tools" });
  private readonly tools: Tool[] = [];
  private readonly kind: HTMLSelectElement;
  private readonly size: HTMLSelectElement;
  private readonly partLabel = h("b", { class: "ed-part" });
  private readonly sheet = h("span");

  constructor(private readonly view: () => EditorView, open: Openers) {
    const group = (...items: HTMLElement[]): HTMLElement => h("div", { class: "ed-set" }, ...items);
    this.kind = this.choose("Jenis bagian", [["0", "Paragraf"], ["1", "Judul"], ["2", "Subjudul"], ["3", "Subjudul kiri"]], (value) => commands.blockKind(Number(value)));
    this.size = this.choose("Ukuran huruf", [["", "pt"], ...[8, 9, 10, 11, 12, 13, 14, 16, 18, 24].map((n): [string, string] => [String(n), String(n)])], (value) => commands.setMark("size", value ? Number(value) : null));
    const page = h("button", { type: "button", class: "ed-tool is-worded is-framed", "aria-haspopup": "dialog", onclick: () => open.page(page) }, this.sheet, icon("chevron-down"));
    const letters = h("div", { class: "ed-row-tools" },
      group(this.act("undo-2", "Urungkan", "Mod-Z", undo), this.act("redo-2", "Ulangi", "Mod-Y", redo)),
      group(this.kind),
      group(this.mark("bold", "bold", "Tebal", "Mod-B"), this.mark("italic", "italic", "Miring", "Mod-I"), this.mark("underline", "underline", "Garis bawah", "Mod-U"),
        this.mark("strikethrough", "strike", "Coret", ""), this.mark("superscript", "super", "Naik", ""), this.mark("subscript", "sub", "Turun", ""), this.grey(), this.size),
      group(...(["left", "center", "right", "justify"] as const).map((way) => this.align(way))),
      group(this.list("list-ordered", "number", "Daftar bernomor", "Mod-Shift-7"), this.list("list", "dash", "Daftar bergaris", "Mod-Shift-8")),
      group(this.worded("table", "Tabel", "Sisipkan tabel", commands.insertJson(NEW_TABLE)), this.opener("split", "Bila…", "Hanya bila sebuah isian …", open.cond), this.opener("braces", "Isian", "Sisipkan isian ({)", open.field)),
      h("div", { class: "ed-set is-end" }, page));
    const part = h("div", { class: "ed-row-tools is-part" }, this.partLabel,
      group(this.act("arrow-up", "Naikkan bagian", "Alt-↑", commands.move(-1)), this.act("arrow-down", "Turunkan bagian", "Alt-↓", commands.move(1))),
      group(this.opener("settings-2", "Atur", "Setelan bagian ini (Ctrl+Enter)", (button) => open.settings(button)), this.worded("trash-2", "Hapus", "Hapus bagian ini", commands.removePart)),
      this.when(commands.isInTable,
        group(this.words("Baris atas", "Baris baru di atas", commands.addRow("before")), this.words("Baris bawah", "Baris baru di bawah", commands.addRow("after")), this.words("Hapus baris", "Hapus baris ini", commands.deleteRow)),
        group(this.words("Kolom kiri", "Kolom baru di kiri", commands.addColumn("before")), this.words("Kolom kanan", "Kolom baru di kanan", commands.addColumn("after")), this.words("Hapus kolom", "Hapus kolom ini", commands.deleteColumn)),
        group(this.words("Gabung", "Gabung sel yang dipilih", commands.mergeCells), this.words("Pisah", "Pisah sel", commands.splitCell), this.words("Kepala", "Baris kepala, diulang di tiap halaman", commands.toggleHead))),
      this.when((state) => commands.deeper(state) || commands.shallower(state), group(this.words("Lebih dalam", "Butir satu tingkat ke dalam (Tab)", commands.deeper), this.words("Lebih luar", "Butir satu tingkat ke luar (Shift+Tab)", commands.shallower))));
    this.element.append(letters, part);
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", "Alat tulis");
    rove(this.element, () => [...this.element.querySelectorAll<HTMLElement>("button, select")]);
  }

  /** What stands at the end of the second row, in sight however far one is in the letter. */
  say(element: HTMLElement): void {
    this.element.lastElementChild?.append(element);
  }

  /** After each change: what is on, what can be done, where one is. */
  refresh(state: EditorState): void {
    for (const tool of this.tools) tool.refresh(state);
    const part = commands.partAt(state);
    this.partLabel.textContent = part ? partName(part.node) : "Isi surat";
    const page = (state.doc.attrs.keys as Keys).page as Keys | undefined;
    const size = SHEETS.find(([key]) => key === (page?.size ?? "F4"))?.[1].split(" (")[0];
    this.sheet.textContent = `${size}, ${page?.orientation === "landscape" ? "mendatar" : "tegak"}`;
    const { parent } = state.selection.$from;
    this.kind.value = parent.type.name === "heading" ? String(parent.attrs.keys.level ?? 1) : "0";
    this.kind.disabled = !/^(paragraph|heading)$/.test(parent.type.name);
    const mark = (state.storedMarks ?? state.selection.$from.marks()).find((one) => one.type === marks.size);
    this.size.value = mark ? String(mark.attrs.value) : "";
  }

  private run(command: Command): void {
    const view = this.view();
    command(view.state, view.dispatch, view);
    view.focus();
  }

  private button(name: string, content: (Node | string)[], title: string, run: (button: HTMLElement) => void, refresh: (button: HTMLButtonElement, state: EditorState) => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: name, title, onmousedown: (event) => event.preventDefault(), onclick: () => {
      if (button.getAttribute("aria-disabled") !== "true") run(button);
    } }, ...content);
    this.tools.push({ element: button, refresh: (state) => refresh(button, state) });
    return button;
  }

  private readonly canRun = (command: Command) => (button: HTMLButtonElement, state: EditorState): void => button.setAttribute("aria-disabled", String(!command(state)));

  private act(image: string, title: string, keys: string, command: Command): HTMLElement {
    const button = this.button("ed-tool", [icon(image)], title + keyWords(keys), () => this.run(command), this.canRun(command));
    button.setAttribute("aria-label", title);
    return button;
  }
  private worded(image: string, words: string, title: string, command: Command): HTMLElement {
    return this.button("ed-tool is-worded", [icon(image), h("span", {}, words)], title, () => this.run(command), this.canRun(command));
  }
  private words(words: string, title: string, command: Command): HTMLElement {
    return this.button("ed-tool is-worded", [words], title, () => this.run(command), this.canRun(command));
  }
  private opener(image: string, words: string, title: string, run: (button: HTMLElement) => void): HTMLElement {
    const button = this.button("ed-tool is-worded", [icon(image), h("span", {}, words)], title, run, () => undefined);
    button.setAttribute("aria-haspopup", "dialog");
    return button;
  }

  private pressed(image: string, title: string, keys: string, command: Command, isOn: (state: EditorState) => boolean): HTMLElement {
    const button = this.button("ed-tool", [icon(image)], title + keyWords(keys), () => this.run(command), (one, state) => {
      one.setAttribute("aria-pressed", String(isOn(state)));
      one.setAttribute("aria-disabled", String(!command(state)));
    });
    button.setAttribute("aria-label", title);
    return button;
  }
  private mark(image: string, name: string, title: string, keys: string): HTMLElement {
    return this.pressed(image, title, keys, toggleMark(marks[name]), (state) => hasMark(state, name));
  }
  private grey(): HTMLElement {
    const toggle: Command = (state, dispatch) => commands.setMark("colour", hasMark(state, "colour") ? null : "grey")(state, dispatch);
    return this.pressed("baseline", "Tulisan abu-abu", "", toggle, (state) => hasMark(state, "colour"));
  }
  private align(way: "left" | "center" | "right" | "justify"): HTMLElement {
    const words = { left: "Rata kiri", center: "Rata tengah", right: "Rata kanan", justify: "Rata kiri dan kanan" }[way];
    const usual = (state: EditorState): string => (state.selection.$from.parent.type.name === "heading" ? "center" : state.selection.$from.parent.type.name === "paragraph" ? "justify" : "");
    return this.pressed(`text-align-${way === "left" ? "start" : way === "right" ? "end" : way}`, words, `Mod-Shift-${{ left: "L", center: "E", right: "R", justify: "J" }[way]}`, commands.align(way),
      (state) => (state.selection.$from.parent.attrs.keys?.align ?? usual(state)) === way);
  }
  private list(image: string, style: string, title: string, keys: string): HTMLElement {
    const isIn = (state: EditorState): boolean => {
      const { $from } = state.selection;
      for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === "list") return ($from.node(depth).attrs.keys.style ?? "number") === style;
      return false;
    };
    return this.pressed(image, title, keys, commands.toggleList(style), isIn);
  }

  private choose(label: string, options: [string, string][], run: (value: string) => Command): HTMLSelectElement {
    const box = h("select", { class: "ed-tool", "aria-label": label, title: label, onchange: () => this.run(run(box.value)) }, ...options.map(([value, words]) => h("option", { value }, words)));
    return box;
  }

  /** Tools that are there only where they make sense. */
  private when(isThere: (state: EditorState) => boolean, ...items: HTMLElement[]): HTMLElement {
    const box = h("div", { class: "ed-when" }, ...items);
    this.tools.push({ element: box, refresh: (state) => (box.hidden = !isThere(state)) });
    return box;
  }
}

function hasMark(state: EditorState, name: string): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return (state.storedMarks ?? $from.marks()).some((mark) => mark.type.name === name);
  return state.doc.rangeHasMark(from, to, marks[name]);
}

export const NEW_TABLE: Keys = { type: "table", columns: [{ width: 12, align: "center" }, { share: 2 }, { share: 2 }], header: [["No.", "", ""]], rows: [["1.", "", ""], ["2.", "", ""]] };
