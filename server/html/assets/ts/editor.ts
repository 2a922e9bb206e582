// SPDX-License-Identifier: AGPL-3.0-or-later
// The editor of what a type of letters says: fields, canvas, paper. Without this file the page has a text with marks (server/paper/README.md).
import { Node } from "prosemirror-model";
import { Command, EditorState, NodeSelection, Selection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { plugins } from "./editor/canvas";
import * as commands from "./editor/commands";
import { h, icon } from "./editor/dom";
import { fieldChoices } from "./editor/line";
import { makeConditional, partChoices } from "./editor/menu";
import { openPage, openPanel, watchPanel } from "./editor/panel";
import { Paper, Problem, showProblems } from "./editor/paper";
import { cleanHtml, cleanSlice, plainSlice } from "./editor/paste";
import { openPicker } from "./editor/picker";
import { chipName, markEntry, rail } from "./editor/rail";
import { Saver } from "./editor/save";
import { Json } from "./editor/schema";
import { Toolbar } from "./editor/toolbar";
import { docOf, treeOf } from "./editor/tree";
import { FieldInfo, isKnown, setFields } from "./editor/words";

const PLAIN = "#tulisan"; // the text with marks instead of the canvas
const DRAWN = "#penyunting"; // the canvas, on a narrow screen too
const NARROW = "(max-width: 39.99em)";
const LIST_NAMES: Record<string, string> = { keluarga: "Anggota keluarga", pengikut: "Anggota keluarga yang ikut" };

type Group = { name: string; fields: { name: string; label: string; sample: string; of?: string; choices?: string[] }[] };

/** The fields of the letter; lists are what members belong to. */
function readFields(groups: Group[]): FieldInfo[] {
  const info = (one: Group["fields"][number], group: string): FieldInfo => ({ name: one.name, label: one.label, sample: one.sample, group, options: one.choices });
  const fields = groups.flatMap(({ name: group, fields: all }) => all.filter((one) => !one.of).map((one) => info(one, group)));
  const members = groups.flatMap((group) => group.fields.filter((one) => one.of));
  const lists = new Set(members.map((one) => one.of ?? ""));
  // What one line of a list has, where nobody else is called so; of several lists it is the same word.
  const names = new Set(fields.map((one) => one.name));
  const lines = members.filter((one) => !names.has(one.name) && names.add(one.name))
    .map((one) => ({ ...info(one, "Di dalam daftar"), label: one.label.replace(/ \([^()]*\)$/, "") }));
  return [...fields, ...lines, ...[...lists].map((name) => ({ name, label: LIST_NAMES[name] ?? name, sample: "", group: "Daftar", is_list: true }))];
}

class Editor {
  readonly view: EditorView;
  private readonly root = h("div", { class: "ed" });
  private readonly ground = h("div", { class: "ed-ground" });
  private readonly toolbar: Toolbar;
  private readonly saver: Saver;
  private readonly paper: Paper;

  constructor(private readonly form: HTMLFormElement, tree: Json) {
    const sheet = h("div", { class: "ed-sheet" });
    this.toolbar = new Toolbar(() => this.view, {
      field: () => this.pickField(), part: () => this.pickPart(), cond: () => this.run(makeConditional, true),
      settings: () => openPanel(this.view, this.root), page: (button) => openPage(this.view, this.root, button),
    });
    const doc = docOf(tree);
    const selection = Selection.findFrom(doc.resolve(0), 1, true) ?? Selection.atStart(doc);
    this.view = new EditorView(sheet, {
      state: EditorState.create({ doc, selection, plugins: plugins(this.keys()) }),
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Isi surat", class: "ed-canvas", spellcheck: "false" },
      dispatchTransaction: (tr) => this.apply(this.view.state.apply(tr), tr.docChanged),
      handleClickOn: (_, __, node, pos, event, isDirect) => this.clicked(node, pos, event, isDirect),
      transformPastedHTML: cleanHtml, transformPasted: cleanSlice, clipboardTextParser: plainSlice,
    });
    const add = h("button", { type: "button", class: "ed-add", title: "Tambah bagian (/)", onclick: () => this.pickPart(add) }, icon("plus"), "Tambah bagian", h("kbd", { "aria-hidden": "true" }, "/"));
    this.ground.append(sheet, add);
    const over = (): void => void document.dispatchEvent(new Event("session-over"));
    this.saver = new Saver(form, () => JSON.stringify(treeOf(this.view.state.doc)), () => this.fields(),
      { conflict: (by) => this.sayConflict(by), over, saved: (words) => this.saySaved(words) });
    this.toolbar.say(this.saver.element);
    const paper = document.querySelector<HTMLElement>("#editor-paper") ?? h("section");
    this.paper = new Paper(paper, form.dataset.preview ?? "", () => this.fields(JSON.stringify(treeOf(this.view.state.doc))), (problems) => this.showProblems(problems), over, form.dataset.letter === undefined ? () => this.changeSample() : null);
    const fields = rail((name) => this.run((state, dispatch) => (dispatch?.(commands.insertInline(state, commands.fieldOf(name))), true)), form.dataset.questions ?? "");
    this.root.append(this.toolbar.element, this.tabs([fields, this.ground, paper]), h("div", { class: "ed-frame" }, fields, this.ground, paper));
    this.toolbar.refresh(this.view.state);
  }

  /** Puts it into the page and begins: what the tab had kept comes back. */
  begin(place: HTMLElement): void {
    place.append(this.root);
    this.root.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["input", "change"]) this.root.addEventListener(kind, (event) => event.stopPropagation()); // this file keeps what is typed here
    this.form.addEventListener("submit", (event) => void this.submit(event));
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void this.kept();
    });
    const observer = new MutationObserver(() => { // signed in again: the saver goes on
      if (!document.documentElement.hasAttribute("data-locked")) void this.saver.now();
    });
    observer.observe(document.documentElement, { attributeFilter: ["data-locked"] });
    const left = this.saver.left();
    if (left) this.putBack(left);
    else if (document.querySelector("main[data-answer]")) this.saver.changed();
    if (this.form.dataset.theirs !== undefined) this.meet();
    this.offerSample();
    this.paper.soon(0);
  }

  private apply(state: EditorState, isChanged: boolean): void {
    this.view.updateState(state);
    this.toolbar.refresh(state);
    markEntry(state.selection instanceof NodeSelection ? chipName(state.selection.node) : null);
    if (!isChanged) return watchPanel(state);
    this.saver.changed();
    this.paper.soon();
  }

  private run(command: Command, isSet = false): void {
    command(this.view.state, (tr) => this.view.dispatch(tr), this.view);
    this.view.focus();
    if (isSet) openPanel(this.view, this.root);
  }

  private keys(): Record<string, Command> {
    const inEmpty = (state: EditorState): boolean => state.selection.$from.parent.type.name === "paragraph" && state.selection.$from.parent.childCount === 0;
    return {
      "/": (state, dispatch) => inEmpty(state) && (dispatch && this.pickPart(), true),
      "{": (state, dispatch) => state.selection.$from.parent.inlineContent && (dispatch && this.pickField(), true),
      "Mod-Enter": (_, dispatch) => (dispatch && openPanel(this.view, this.root), true),
      "Enter": (state, dispatch) => state.selection instanceof NodeSelection && state.selection.node.isAtom && (dispatch && openPanel(this.view, this.root), true),
      "Alt-F10": (_, dispatch) => (dispatch && this.toolbar.element.querySelector<HTMLElement>("[tabindex='0']")?.focus(), true),
    };
  }

  /** Enter in a box of a panel is no sending of the form; Escape from the tools goes back to the text. */
  private key(event: KeyboardEvent): void {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    if (event.key === "Escape" && this.toolbar.element.contains(event.target as HTMLElement)) this.view.focus();
  }

  private clicked(node: Node, pos: number, event: MouseEvent, isDirect: boolean): boolean {
    if (!isDirect) return false;
    const isLabel = /^(cond|each|group|columns|identity|list|table)$/.test(node.type.name) && (event.target as Element).hasAttribute("data-part");
    if (!node.isAtom && !isLabel) return false;
    this.view.dispatch(this.view.state.tr.setSelection(NodeSelection.create(this.view.state.doc, pos)));
    openPanel(this.view, this.root, false);
    return true;
  }

  private cursor(): { left: number; top: number; bottom: number } {
    return this.view.coordsAtPos(this.view.state.selection.from);
  }
  private pickField(): void {
    const choices = fieldChoices((name) => this.run((state, dispatch) => (dispatch?.(commands.insertInline(state, commands.fieldOf(name))), true)));
    openPicker(this.root, this.cursor(), "Cari isian", choices, () => this.view.focus());
  }
  private pickPart(from?: HTMLElement): void {
    openPicker(this.root, from?.getBoundingClientRect() ?? this.cursor(), "Cari bagian", partChoices(this.view, () => openPanel(this.view, this.root)), () => this.view.focus());
  }

  /** What the server is asked with: the form's own fields, and the tree in place of the text. */
  private fields(tree = ""): URLSearchParams {
    const fields = new URLSearchParams(new FormData(this.form) as unknown as Record<string, string>);
    for (const name of ["markup", "warga_cari"]) fields.delete(name);
    fields.set("diam", "1");
    fields.set("tree", tree);
    return fields;
  }

  /** Saves what is not saved. False: it could not be, nothing may be sent or left now, and the page says what to do. */
  private async kept(): Promise<boolean> {
    await this.saver.now();
    if (this.saver.held === "conflict") this.showChoice();
    if (this.saver.held === "line") this.notice("line", "kuning", "cloud-off", "Sambungan terputus. Tulisan Anda masih ada di sini dan disimpan sendiri sesudah tersambung. Tekan lagi sesudah itu.").scrollIntoView({ block: "center" });
    return this.saver.held === "";
  }

  /** A button of the form: the newest tree goes along, after what is under way. */
  private async submit(event: SubmitEvent): Promise<void> {
    const tree = this.form.querySelector<HTMLInputElement>("[data-tree]");
    if (!tree || this.form.dataset.ready) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    if (!(await this.kept())) return;
    await new Promise((done) => window.setTimeout(done)); // within its own event a form is not sent again
    tree.disabled = false;
    tree.value = JSON.stringify(treeOf(this.view.state.doc));
    this.form.querySelector<HTMLInputElement>("[name=versi]")!.value = String(this.saver.edition);
    this.form.dataset.ready = "1";
    window.addEventListener("submit", (sent) => sent.defaultPrevented || this.saver.stop(), { once: true }); // it may be held back: no line
    this.form.requestSubmit(button);
    delete this.form.dataset.ready;
    tree.disabled = true;
  }

  /** Everything is kept before the page is left for the other way of writing; false: it must not be left yet. */
  async leave(): Promise<boolean> {
    const isKept = await this.kept();
    if (isKept) this.saver.stop();
    return isKept;
  }

  // ---- what the page says ----

  /** Stands until it is pressed, or another of its name takes its place. */
  private notice(name: string, tone: string, image: string, words: string, ...acts: [string, () => void][]): HTMLElement {
    this.unsay(name);
    const box = h("div", { class: `notice is-said ${tone}`, role: "status", "data-notice": name }, icon(image), h("div", {}, h("p", {}, words)));
    box.append(...acts.map(([label, run]) => h("button", { type: "button", class: "button is-second", onclick: () => {
      box.remove();
      run();
    } }, label)));
    this.root.before(box);
    return box;
  }
  private unsay(name: string): void {
    this.root.parentElement?.querySelector(`:scope > [data-notice=${name}]`)?.remove();
  }

  private saySaved(words: string): void {
    this.unsay("line");
    const state = document.querySelector("#editor-state");
    if (state && words) state.textContent = words;
  }

  private putBack(kept: string): void {
    const before = this.view.state.doc;
    const show = (doc: Node): void => this.view.dispatch(this.view.state.tr.replaceWith(0, this.view.state.doc.content.size, doc.content).setDocAttribute("keys", doc.attrs.keys));
    try {
      show(docOf(JSON.parse(kept) as Json));
    } catch {
      return this.saver.forget();
    }
    this.notice("back", "biru", "info", "Tulisan Anda yang belum tersimpan dikembalikan ke sini, dan disimpan sekarang.", ["Buang tulisan itu", () => show(before)]);
  }

  private sayConflict(by: string): void {
    this.unsay("back");
    this.notice("conflict", "kuning", "circle-alert", `Konsep ini sudah disimpan ${by || "orang lain"} sejak Anda membukanya. Tulisan Anda masih ada di sini.`,
      ["Pakai tulisan saya", () => this.saver.takeOver()],
      ["Ambil yang tersimpan", () => {
        this.saver.forget();
        this.saver.stop();
        location.reload();
      }]);
    this.showChoice();
  }
  private showChoice(): void {
    const box = this.root.parentElement?.querySelector(":scope > [data-notice=conflict]");
    box?.querySelector<HTMLElement>("button")?.focus();
    box?.scrollIntoView({ block: "center" });
  }

  /** The page is the answer to a press that came too late: the text is of an older edition than theirs, which the page shows. */
  private meet(): void {
    const theirs = this.saver.edition;
    this.saver.edition = theirs - 1;
    this.saver.changed();
    this.saver.hold(theirs, "");
  }

  private showProblems(problems: Problem[]): void {
    const list = document.querySelector<HTMLElement>("#editor-problems");
    if (list) showProblems(list, document.querySelector("#editor-count"), problems, (problem) => this.go(problem.path));
  }

  /** "body[3].then[0]…": the part, and in it the first field that is not known. */
  private go(path: string): void {
    const { doc } = this.view.state;
    let [node, pos]: [Node, number] = [doc, -1];
    const steps = [...path.matchAll(/(\w+)\[(\d+)\]/g)];
    for (const [, key, index] of steps) {
      const inner = { header: "head", body: node === doc ? "body" : "each_body", then: `${node.type.name}_then`, else: `${node.type.name}_else`, attachments: "" }[key];
      let at = pos + 1;
      let next: Node | null = node;
      if (inner) node.forEach((child, offset) => void (child.type.name === inner && ([next, at] = [child, pos + 2 + offset])));
      if (!next || Number(index) >= next.childCount || next.inlineContent || (key === "content" && next.isTextblock)) break;
      for (let i = 0; i < Number(index); i++) at += next.child(i).nodeSize;
      [node, pos] = [next.child(Number(index)), at];
    }
    if (pos < 0) return;
    let chip = -1;
    node.descendants((inner, offset) => void (chip < 0 && inner.type.name === "field" && !isKnown(String(inner.attrs.name)) && (chip = pos + 1 + offset)));
    const to = chip >= 0 ? NodeSelection.create(doc, chip) : node.isAtom ? NodeSelection.create(doc, pos) : Selection.near(doc.resolve(pos + 1));
    this.view.dispatch(this.view.state.tr.setSelection(to).scrollIntoView());
    this.view.focus();
    if (chip >= 0 || node.isAtom) openPanel(this.view, this.root, false);
  }

  /** Whose data fill the paper: looked for on the server, in the form's own box, which stands under the paper. */
  private offerSample(): void {
    const box = this.form.querySelector<HTMLElement>("fieldset.field:has(#warga)");
    if (!box) return;
    box.hidden = !box.querySelector("input[type=radio], .fault");
    box.append(h("button", { type: "submit", class: "button is-second", formaction: this.form.dataset.preview ?? "" }, "Cari"));
    box.addEventListener("change", (event) => (event.target as HTMLInputElement).type === "radio" && this.paper.soon(0));
    this.paper.element.firstElementChild?.append(box);
  }
  private changeSample(): void {
    const box = this.paper.element.querySelector<HTMLElement>("fieldset");
    if (!box) return;
    box.hidden = !box.hidden;
    box.querySelector<HTMLElement>("input")?.focus();
  }

  /** On a narrow desk one of the three columns is shown at a time. */
  private tabs(columns: HTMLElement[]): HTMLElement {
    const names = ["Isian", "Surat", "Kertas"];
    const bar = h("div", { class: "ed-tabs", role: "group", "aria-label": "Tampilkan" });
    const show = (at: number): void => {
      columns.forEach((column, i) => column.classList.toggle("is-shown", i === at));
      [...bar.children].forEach((button, i) => button.setAttribute("aria-pressed", String(i === at)));
    };
    bar.append(...names.map((name, i) => h("button", { type: "button", class: "ed-tab", onclick: () => show(i) }, name)));
    show(1);
    return bar;
  }
}

/** Both ways of writing: the canvas, and the text with marks for small screens and for who likes it. */
function offerOther(after: Element | null, words: string, hash: string, leave: () => Promise<boolean>): void {
  after?.after(h("button", { type: "button", class: "link ed-other", onclick: () => {
    void leave().then((isKept) => {
      if (!isKept) return;
      history.replaceState(history.state, "", hash);
      location.reload();
    });
  } }, words));
}

/** The page's settings and the letterhead, with which each text begins, stand folded under it; a fault names a line of the whole. */
function foldSettings(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLTextAreaElement>("#markup");
  const head = /^(?:(?::::(?:surat|kertas|huruf)\b.*\n|:::(?:kepala|kaki|kop)\b.*\n(?:(?!:::).*\n)*:::\n|\n))+/.exec(box?.value ?? "")?.[0].replace(/\n+$/, "");
  if (!box || !head || form.querySelector("#markup-salah")) return;
  const first = h("textarea", { class: "input is-code", id: "markup-page", name: "halaman", rows: "8", spellcheck: "false", "aria-label": "Pengaturan halaman dan kop" });
  first.value = head;
  box.value = box.value.slice(head.length).replace(/^\n+/, "");
  box.after(h("details", { class: "fold" }, h("summary", {}, "Pengaturan halaman dan kop"), first));
  form.addEventListener("formdata", ({ formData }) => {
    formData.set("markup", `${first.value}\n\n${box.value}`);
    formData.delete("halaman");
  });
}

/** The acts stand beside the title, as there is no end of a form to reach. */
function raiseActs(form: HTMLFormElement): void {
  const acts = h("div", { class: "acts" });
  for (const button of form.querySelectorAll<HTMLButtonElement>(".actions button")) {
    button.setAttribute("form", form.id);
    if (button.hasAttribute("formaction")) acts.append(button);
    else button.remove(); // kept by itself
  }
  form.querySelector(":scope > .actions")?.remove();
  document.querySelector(".page-head")?.append(acts);
}

async function start(form: HTMLFormElement, place: HTMLElement): Promise<void> {
  const source = form.querySelector<HTMLInputElement>("[data-tree]")?.value ?? "";
  // An answer has the address of what was pressed: loaded again it is the editor that comes.
  if (document.querySelector("main[data-answer]")) history.replaceState(history.state, "", form.dataset.save!.replace(/\/[^/]+$/, "") + location.hash);
  const isPlain = source === "" || location.hash === PLAIN || (window.matchMedia(NARROW).matches && location.hash !== DRAWN);
  if (isPlain) {
    foldSettings(form);
    if (source !== "") offerOther(form.querySelector("#markup-hint"), "Pakai penyunting", DRAWN, () => Promise.resolve(true));
    return;
  }
  const answer = await fetch(form.dataset.fields ?? "", { headers: { accept: "application/json" } });
  setFields(readFields(((await answer.json()) as { groups: Group[] }).groups));
  const editor = new Editor(form, JSON.parse(source) as Json);
  document.querySelector<HTMLElement>("#editor-plain")!.hidden = true;
  raiseActs(form);
  editor.begin(place);
  offerOther(place, "Tulis dengan tanda (# judul, {isian})", PLAIN, () => editor.leave());
}

const form = document.querySelector<HTMLFormElement>("form#editor");
const place = document.querySelector<HTMLElement>("#editor-canvas");
if (form && place) void start(form, place);
