// SPDX-License-Identifier: AGPL-3.0-or-later
// The settings of a part, a chip or the page: boxes over its keys. A change is at once in the document, and undone as any other.
import { Command, EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import * as commands from "./commands";
import { freshId, h, icon } from "./dom";
import { fieldChoices, lineBox } from "./line";
import { CASES, CONVERSIONS } from "./pattern";
import { openPicker } from "./picker";
import type { Json, Keys } from "./schema";
import { ALIGN, Box, boxesOf, DOCUMENT, PAGE, SIGNER } from "./settings";
import { allFields, fieldInfo, fieldLabel, partName } from "./words";

type Change = (keys: Keys) => void;

let panel: HTMLElement | null = null;
let shownFor = "";

function labelled(label: string, box: HTMLElement, hint = ""): HTMLElement {
  const id = freshId();
  box.id = id;
  return h("div", { class: "ed-field" }, h("label", { for: id }, label), box, ...(hint ? [h("small", {}, hint)] : []));
}

function select(label: string, options: [string, string][], value: string, changed: (value: string) => void): HTMLElement {
  const known = options.some(([key]) => key === value);
  const all = known ? options : [...options, [value, value] as [string, string]];
  const box = h("select", { class: "input", onchange: () => changed(box.value) }, ...all.map(([key, words]) => h("option", { value: key }, words)));
  box.value = value;
  return labelled(label, box);
}

function text(label: string, value: string, changed: (value: string) => void, hint = ""): HTMLElement {
  const box = h("input", { class: "input", type: "text", autocomplete: "off", oninput: () => changed(box.value) });
  box.value = value;
  return labelled(label, box, hint);
}

function number(label: string, value: Json | undefined, [least, most, unit]: [number, number, string], usual: string, changed: (value: number | undefined) => void): HTMLElement {
  const box = h("input", {
    class: "input", type: "text", inputmode: "decimal", autocomplete: "off", placeholder: usual, oninput: () => {
      const read = Number(box.value.replace(",", "."));
      const isFine = box.value.trim() === "" || (Number.isFinite(read) && read >= least && read <= most);
      box.setAttribute("aria-invalid", String(!isFine));
      if (isFine) changed(box.value.trim() === "" ? undefined : read);
    },
  });
  box.value = value === undefined ? "" : String(value).replace(".", ",");
  return labelled(`${label}${unit ? ` (${unit})` : ""}`, box, `${least} sampai ${most}`);
}

function tick(label: string, value: boolean, changed: (value: boolean) => void): HTMLElement {
  const box = h("input", { type: "checkbox", onchange: () => changed(box.checked) });
  box.checked = value;
  return h("label", { class: "ed-tick" }, box, h("span", {}, label));
}

/** A field of the letter, chosen from the list that is searched. */
function fieldBox(label: string, name: string, lists: boolean, changed: (name: string) => void): HTMLElement {
  const words = h("span", {}, name ? fieldLabel(name) : "Pilih isian");
  const button = h("button", {
    type: "button", class: "input ed-choose", onclick: () => {
      const choices = lists ? allFields().filter((field) => field.is_list).map((field) => ({ label: field.label, name: field.name, run: () => take(field.name) })) : fieldChoices(take);
      openPicker(button.closest<HTMLElement>(".ed")!, button.getBoundingClientRect(), "Cari isian", choices, () => button.focus());
    },
  }, words, icon("chevron-down"));
  const take = (chosen: string): void => {
    words.textContent = fieldLabel(chosen);
    button.focus();
    changed(chosen);
  };
  return labelled(label, button);
}

/** Several lines, one box each. */
function lines(label: string, value: Json | undefined, changed: (value: Json | undefined) => void): HTMLElement {
  const all: Json[] = Array.isArray(value) ? [...value] : [];
  const box = h("fieldset", { class: "ed-lines" }, h("legend", {}, label));
  const tell = (): void => changed(all.length > 0 ? [...all] : undefined);
  const fill = (): void => {
    const rows = all.map((content, i) => h("div", { class: "ed-row" },
      lineBox(`${label} ${i + 1}`, content, (json) => {
        all[i] = json;
        tell();
      }),
      h("button", { type: "button", class: "ed-small", "aria-label": `Hapus ${label.toLowerCase()} ${i + 1}`, title: "Hapus", onclick: () => {
        all.splice(i, 1);
        tell();
        fill();
        box.querySelector<HTMLElement>(":scope > .link")?.focus();
      } }, icon("x"))));
    const add = h("button", { type: "button", class: "link", onclick: () => {
      all.push("");
      tell();
      fill();
      box.querySelector<HTMLElement>(".ed-row:last-of-type [contenteditable]")?.focus();
    } }, "Tambah baris");
    box.replaceChildren(box.firstElementChild!, ...rows, add);
  };
  fill();
  return box;
}

const TESTS: [string, string][] = [["present", "diisi"], ["empty", "kosong"], ["equals", "sama dengan"], ["not", "bukan"], ["in", "salah satu dari"]];

/** "Bila [isian] [diisi]": the keys of a condition. */
function condition(keys: Keys, changed: Change): HTMLElement {
  const box = h("div", { class: "ed-cond-box" });
  const kindOf = (): string => ["equals", "not", "in"].find((key) => keys[key] !== undefined) ?? (keys.is === "empty" ? "empty" : "present");
  const put = (test: Keys): void => {
    for (const key of ["equals", "not", "in", "is"]) delete keys[key];
    changed({ ...Object.assign(keys, test) });
  };
  const valueBox = (): HTMLElement[] => {
    const kind = kindOf();
    const options = fieldInfo(String(keys.field))?.options ?? [];
    const chosen = (): string[] => (Array.isArray(keys.in) ? keys.in.map(String) : []);
    if (kind === "present" || kind === "empty") return [];
    if (kind !== "in" && options.length > 0) return [select("Nilai", options.map((option) => [option, option]), String(keys[kind] ?? ""), (value) => put({ [kind]: value }))];
    if (kind !== "in") return [text("Nilai", String(keys[kind] ?? ""), (value) => put({ [kind]: value }))];
    if (options.length === 0) return [text("Nilai, dipisah titik koma", chosen().join("; "), (value) => put({ in: value.split(";").map((one) => one.trim()).filter(Boolean) }))];
    return options.map((option) => tick(option, chosen().includes(option), (isOn) => put({ in: options.filter((one) => (one === option ? isOn : chosen().includes(one))) })));
  };
  const fill = (focused = ""): void => {
    box.replaceChildren(...boxes());
    box.querySelector<HTMLElement>(focused || "none")?.focus();
  };
  const boxes = (): HTMLElement[] => [
    fieldBox("Bila isian", String(keys.field ?? ""), false, (field) => {
      changed({ ...Object.assign(keys, { field }) });
      fill("button");
    }),
    select("keadaannya", TESTS, kindOf(), (kind) => {
      const first = fieldInfo(String(keys.field))?.options?.[0] ?? "";
      put(kind === "empty" ? { is: "empty" } : kind === "in" ? { in: first ? [first] : [] } : kind === "present" ? {} : { [kind]: first });
      fill("select");
    }), ...valueBox()];
  fill();
  return box;
}

/** A box over `keys`, which all boxes of a panel share and change. */
function oneBox(box: Box, keys: Keys, changed: Change): HTMLElement {
  const value = keys[box.key];
  const put = (next: Json | undefined): void => {
    if (next === undefined) delete keys[box.key];
    else keys[box.key] = next;
    changed({ ...keys });
  };
  switch (box.kind) {
    case "choice": return select(box.label, box.options!, String(value ?? box.usual ?? ""), (next) => put(next === box.usual ? undefined : box.isNumber ? Number(next) : next));
    case "number": return number(box.label, value, box.range!, String(box.usual ?? ""), put);
    case "yes": return tick(box.label, value === undefined ? box.usual === "yes" : value === true, (next) => put(next === (box.usual === "yes") ? undefined : next));
    case "name": return text(box.label, String(value ?? ""), (next) => put(next || undefined), box.hint);
    case "line": return h("div", { class: "ed-field" }, h("span", { class: "ed-label" }, box.label), lineBox(box.label, value, (next) => put(next === "" && !box.isNeeded ? undefined : next)));
    case "lines": return lines(box.label, value, put);
    case "list": return fieldBox(box.label, String(value ?? ""), true, put);
    case "inner": return h("fieldset", { class: "ed-lines" }, h("legend", {}, box.label), ...boxList(box.boxes!, (typeof value === "object" && value !== null ? { ...(value as Keys) } : {}), (next) => put(Object.keys(next).length > 0 ? next : undefined)));
    case "sides": return h("fieldset", { class: "ed-lines is-flat" }, h("legend", {}, box.label), ...box.options!.map(([side, words]) =>
      tick(words, Array.isArray(value) && value.includes(side), () => {
        const old = (keys[box.key] ?? []) as string[];
        put(old.includes(side) ? old.filter((one) => one !== side) : [...old, side]);
      })));
    case "columns": return columns(value, put);
    case "signers": return signers(keys, changed);
    case "json": return jsonBox(value, put);
  }
}

function boxList(boxes: Box[], keys: Keys, changed: Change): HTMLElement[] {
  return boxes.map((box) => oneBox(box, keys, changed));
}

function columns(value: Json | undefined, put: (next: Json) => void): HTMLElement {
  const all = (Array.isArray(value) ? value : []).map((column) => ({ ...(column as Keys) }));
  return h("fieldset", { class: "ed-lines" }, h("legend", {}, "Kolom"), ...all.map((column, i) => h("div", { class: "ed-row is-column" },
    number(`Lebar ${i + 1}`, column.width, [3, 300, "mm"], "bagi rata", (width) => {
      const { width: _, share: old, ...rest } = all[i];
      all[i] = width === undefined ? { ...rest, share: old ?? 1 } : { ...rest, width };
      put([...all]);
    }),
    select(`Rata ${i + 1}`, ALIGN, String(column.align ?? "left"), (align) => {
      const { align: _, ...rest } = all[i];
      all[i] = align === "left" ? rest : { ...rest, align };
      put([...all]);
    }))));
}

const EACH_SIGNER: Box = { key: "each", label: "Satu untuk tiap", kind: "list" };
const SIGNER_KEYS = SIGNER.map((box) => box.key);
const pick = (keys: Keys, test: (key: string) => boolean): Keys => Object.fromEntries(Object.entries(keys).filter(([key]) => test(key)));

/** One signer stands in the block's own keys, several in `signers`. */
function signers(keys: Keys, changed: Change): HTMLElement {
  const box = h("div", { class: "ed-signers" });
  const list = (): Keys[] => (Array.isArray(keys.signers) ? (keys.signers as Keys[]) : [pick(keys, (key) => SIGNER_KEYS.includes(key))]);
  const put = (next: Keys[], isNew: boolean): void => {
    const isOne = next.length === 1 && next[0].each === undefined;
    const outer = pick(keys, (key) => !SIGNER_KEYS.includes(key) && key !== "signers" && (!isOne || key !== "a_row"));
    Object.keys(keys).forEach((key) => delete keys[key]);
    Object.assign(keys, outer, isOne ? next[0] : { signers: next });
    changed({ ...keys });
    if (!isNew) return;
    fill();
    box.querySelector<HTMLElement>("details:last-of-type > summary")?.focus();
  };
  const one = (signer: Keys, i: number, all: Keys[]): HTMLElement => h("details", { class: "ed-fold", open: i === 0 },
    h("summary", {}, all.length > 1 ? `Penanda tangan ${i + 1}` : "Penanda tangan"),
    ...boxList(all.length > 1 || signer.each !== undefined ? [EACH_SIGNER, ...SIGNER] : SIGNER, { ...signer }, (next) => put(list().map((old, at) => (at === i ? next : old)), false)),
    ...(all.length > 1 ? [h("button", { type: "button", class: "link", onclick: () => put(list().filter((_, at) => at !== i), true) }, "Hapus penanda tangan ini")] : []));
  const fill = (): void => box.replaceChildren(...list().map(one),
    ...(list().length < 12 ? [h("button", { type: "button", class: "link", onclick: () => put([...list(), { lines: ["Mengetahui,"], name: "" }], true) }, "Tambah penanda tangan")] : []));
  fill();
  return box;
}

/** What has no boxes: its JSON, taken over once it is JSON. */
function jsonBox(value: Json | undefined, put: (next: Json) => void): HTMLElement {
  const area = h("textarea", { class: "input is-code", rows: "10", spellcheck: "false", oninput: () => {
    try {
      put(JSON.parse(area.value) as Json);
      area.setAttribute("aria-invalid", "false");
    } catch {
      area.setAttribute("aria-invalid", "true"); // not yet whole: the old one stays
    }
  } });
  area.value = JSON.stringify(value, null, 2);
  return labelled("Isi bagian (JSON)", area);
}

// ---- which boxes, and where ----

function chipBoxes(view: EditorView, pos: number): HTMLElement[] {
  const attrs = () => view.state.doc.nodeAt(pos)?.attrs ?? {};
  const set = (key: string, value: string | null): void => view.dispatch(commands.setAttrs(view.state, pos, { [key]: value }));
  const now = attrs();
  const isSum = String(now.name).startsWith("=");
  if (/^#/.test(String(now.name))) return [h("p", {}, "Angka ini diisi saat dicetak.")];
  const hasOwn = h("div", {});
  const emptyBox = text("Kalau kosong, tertulis", String(now.empty ?? ""), (value) => set("empty", value === "" ? null : value), "Dibiarkan kosong: seperti setelan surat");
  hasOwn.append(emptyBox, tick("Tidak tertulis apa pun kalau kosong", now.empty === "", (isOn) => set("empty", isOn ? "" : null)));
  return [
    isSum ? text("Hitungan", String(now.name).slice(1), (value) => value && set("name", `=${value}`), "Contoh: gaji+sum(keluarga.penghasilan)") : fieldBox("Isian", String(now.name), false, (name) => set("name", name)),
    select("Huruf", Object.entries(CASES), String(now.case ?? "stored"), (value) => set("case", value === "stored" ? null : value)),
    select("Ditulis sebagai", [["", "Apa adanya"], ...Object.entries(CONVERSIONS)], String(now.as ?? ""), (value) => set("as", value || null)),
    hasOwn,
  ];
}

function nodeBoxes(view: EditorView, pos: number): HTMLElement[] {
  const node = view.state.doc.nodeAt(pos)!;
  if (node.type.name === "field") return chipBoxes(view, pos);
  const change: Change = (next) => {
    if (view.state.doc.nodeAt(pos)?.type === node.type) view.dispatch(commands.setAttrs(view.state, pos, { keys: { ...next } }));
  };
  const keys = { ...(node.attrs.keys as Keys) };
  const isCond = /^(cond|list_cond|id_cond|if_chip)$/.test(node.type.name);
  const act = (words: string, command: (at: number) => Command): HTMLElement =>
    h("button", { type: "button", class: "link", onclick: () => {
      command(pos)(view.state, view.dispatch);
      closePanel(view);
    } }, words);
  return [
    ...(isCond ? [condition(keys, change)] : []),
    ...boxList(boxesOf(node.type.name), keys, change),
    ...(/^(cond|each|list_cond|id_cond)$/.test(node.type.name) ? [act(node.childCount > 1 ? "Hapus cabang “bila tidak”" : "Tambah cabang “bila tidak”", commands.toggleElse)] : []),
    ...(/^(cond|each|group)$/.test(node.type.name) ? [act("Lepas, isinya tetap", commands.unwrap)] : []),
  ];
}

/** The cell and row of the cursor stand in the table's panel, too. */
function cellBoxes(view: EditorView): HTMLElement[] {
  const row = commands.rowAt(view.state);
  const cell = commands.cellAt(view.state);
  if (!row || !cell) return [];
  return [
    h("details", { class: "ed-fold", open: true }, h("summary", {}, "Sel ini"), ...boxList(boxesOf("table_cell"), { ...(cell.attrs.keys as Keys) }, (next) => {
      commands.setCells((old) => ({ ...(old.marks === undefined ? {} : { marks: old.marks }), ...next }))(view.state, view.dispatch);
    })),
    h("details", { class: "ed-fold" }, h("summary", {}, "Baris ini"), ...boxList(boxesOf("table_row"), { ...(row.node.attrs.keys as Keys) }, (next) => {
      const at = commands.rowAt(view.state);
      if (at) view.dispatch(commands.setAttrs(view.state, at.pos, { keys: { ...next } }));
    })),
  ];
}

function place(around: HTMLElement, made: HTMLElement, at: DOMRect): void {
  around.append(made);
  const room = around.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left - room.left, room.width - made.offsetWidth - 8));
  made.style.left = `${left}px`;
  made.style.top = `${at.bottom - room.top + 8}px`;
  const over = made.getBoundingClientRect().bottom - window.innerHeight;
  if (over > 0 && at.top > made.offsetHeight + 80) made.style.top = `${at.top - room.top - made.offsetHeight - 8}px`;
}

export function closePanel(view?: EditorView): void {
  if (!panel) return;
  panel.remove();
  panel = null;
  shownFor = "";
  view?.focus();
}

function show(view: EditorView, around: HTMLElement, title: string, content: HTMLElement[], at: DOMRect, isFocused: boolean): void {
  const made = h("div", { class: "ed-panel", role: "dialog", "aria-label": title, onkeydown: (event) => {
    if ((event as KeyboardEvent).key !== "Escape") return;
    event.stopPropagation();
    closePanel(view);
  } }, h("div", { class: "ed-panel-head" }, h("h3", {}, title), h("button", { type: "button", class: "ed-small", "aria-label": "Tutup", title: "Tutup (Esc)", onclick: () => closePanel(view) }, icon("x"))),
  h("div", { class: "ed-panel-body" }, ...content));
  panel?.remove();
  panel = made;
  place(around, made, at);
  if (isFocused) made.querySelector<HTMLElement>(".ed-panel-body input, .ed-panel-body select, .ed-panel-body button, .ed-panel-body [contenteditable]")?.focus();
}

const PANEL_NAMES: Record<string, string> = { field: "Isian", if_chip: "Bila", each_chip: "Ulang", boxes_chip: "Kotak angka", odd_chip: "Bagian lain" };

/** Opens the settings of what the selection is in; false when there is nothing to set. */
export function openPanel(view: EditorView, around: HTMLElement, isFocused = true): boolean {
  const at = commands.settableAt(view.state);
  if (!at) return false;
  const dom = view.nodeDOM(at.pos) as HTMLElement | null;
  const title = PANEL_NAMES[at.node.type.name] ?? partName(at.node);
  shownFor = `${at.pos} ${at.node.type.name}`;
  show(view, around, title, [...nodeBoxes(view, at.pos), ...(at.node.type.name === "table" ? cellBoxes(view) : [])], (dom ?? around).getBoundingClientRect(), isFocused);
  return true;
}

/** The page, the font, what head and foot do. */
export function openPage(view: EditorView, around: HTMLElement, button: HTMLElement): void {
  const keys = { ...(view.state.doc.attrs.keys as Keys) };
  show(view, around, "Halaman", boxList([...PAGE, ...DOCUMENT], keys, (next) => view.dispatch(view.state.tr.setDocAttribute("keys", { ...next }))), button.getBoundingClientRect(), true);
}

/** A panel of something that is not selected any more goes away. */
export function watchPanel(state: EditorState): void {
  if (!panel || !shownFor || panel.contains(document.activeElement)) return;
  const at = commands.settableAt(state);
  if (!at || `${at.pos} ${at.node.type.name}` !== shownFor) closePanel();
}
