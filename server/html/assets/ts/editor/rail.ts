// SPDX-License-Identifier: AGPL-3.0-or-later
// The fields at the left: searched, with the value they would have, dragged onto the paper or put at the cursor.
import { h, icon, rove } from "./dom";
import { schema } from "./schema";
import { allFields, FieldInfo } from "./words";

const FIRST = 5; // of a group, before "… lainnya"
const OPEN = ["Pemohon", "Ditanyakan saat mengisi"];

/** `insert` gets the name of the field that was chosen. */
export function rail(insert: (name: string) => void, questions: string): HTMLElement {
  const opened = new Set(OPEN);
  const whole = new Set<string>();
  const search = h("input", { class: "input", type: "search", id: "cari-isian", "aria-label": "Cari isian", placeholder: "Cari isian", autocomplete: "off" });
  const list = h("div", { class: "ed-fields" });

  const entry = (field: FieldInfo): HTMLElement => h("button", {
    type: "button", class: "ed-entry", draggable: "true", "data-name": field.name, title: `Sisipkan ${field.label}`, onclick: () => insert(field.name),
    ondragstart: (event) => {
      const { dataTransfer } = event as DragEvent;
      const chip = h("span", { "data-field": field.name }, field.label);
      dataTransfer?.setData("text/html", chip.outerHTML);
      dataTransfer?.setData("text/plain", `{${field.name}}`);
    },
  }, h("span", {}, h("b", {}, field.label), h("small", {}, field.sample || "belum ada contoh")), icon("plus"));

  const group = (name: string, fields: FieldInfo[], isSearched: boolean): HTMLElement[] => {
    const isOpen = isSearched || opened.has(name);
    const shown = !isOpen ? [] : isSearched || whole.has(name) || name !== OPEN[0] ? fields : fields.slice(0, FIRST);
    const head = h("button", { type: "button", class: "ed-group-name", "aria-expanded": String(isOpen), onclick: () => {
      if (opened.has(name)) opened.delete(name);
      else opened.add(name);
      fill();
      [...list.querySelectorAll<HTMLElement>(".ed-group-name")].find((one) => one.firstChild?.textContent === name)?.focus();
    } }, h("span", {}, name), h("span", { class: "num" }, String(fields.length)));
    const left = isOpen ? fields.length - shown.length : 0;
    const more = left > 0 ? [h("button", { type: "button", class: "link ed-more", onclick: () => {
      whole.add(name);
      fill();
      list.querySelector<HTMLElement>(`[data-name="${fields[FIRST].name}"]`)?.focus();
    } }, `${left} lainnya`)] : [];
    const ask = name === OPEN[1] && isOpen && questions ? [h("a", { class: "ed-more", href: questions }, icon("plus"), "Pertanyaan baru")] : [];
    return [head, ...shown.map(entry), ...more, ...ask];
  };

  const fill = (): void => {
    const words = search.value.trim().toLowerCase();
    const groups = new Map<string, FieldInfo[]>(OPEN[1] && questions && !words ? [[OPEN[0], []], [OPEN[1], []]] : []);
    for (const field of allFields()) {
      if (field.is_list || (words && !`${field.label} ${field.name} ${field.sample}`.toLowerCase().includes(words))) continue;
      groups.set(field.group, [...(groups.get(field.group) ?? []), field]);
    }
    list.replaceChildren(...[...groups].filter(([name, fields]) => fields.length > 0 || name === OPEN[1]).flatMap(([name, fields]) => group(name, fields, words !== "")));
    if (groups.size === 0) list.append(h("p", { class: "hint" }, "Tidak ada isian yang cocok. Coba kata lain."));
  };

  search.addEventListener("input", fill);
  search.addEventListener("keydown", (event) => {
    const first = list.querySelector<HTMLElement>(".ed-entry");
    if ((event.key !== "ArrowDown" && event.key !== "Enter") || !first) return;
    event.preventDefault();
    if (event.key === "Enter") first.click();
    else first.focus();
  });
  fill();
  rove(list, () => [...list.querySelectorAll<HTMLElement>("button, a")], true);
  return h("section", { class: "ed-rail", "aria-labelledby": "ed-isian" }, h("div", { class: "ed-stick" }, h("h2", { id: "ed-isian" }, "Isian"), h("div", { class: "ed-search" }, icon("search"), search), list));
}

/** Marks the field of the chip that is selected. */
export function markEntry(name: string | null): void {
  for (const entry of document.querySelectorAll<HTMLElement>(".ed-entry")) entry.classList.toggle("is-active", entry.dataset.name === name);
}
export const chipName = (node: { type: { name: string }; attrs: { name?: string } } | null): string | null => (node?.type.name === schema.nodes.field.name ? node.attrs.name ?? null : null);
