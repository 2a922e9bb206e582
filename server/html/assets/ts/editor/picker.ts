// SPDX-License-Identifier: AGPL-3.0-or-later
// A list that is searched as one types and opens at the cursor: fields behind "{", kinds of parts behind "/".
import { freshId, h, icon } from "./dom";

/** `name`: what is typed exactly, as in "{nama}". */
export type Choice = { label: string; hint?: string; icon?: string; name?: string; run: () => void };

let open: (() => void) | null = null;
export const closePicker = (): void => open?.();

const matches = (choice: Choice, words: string): boolean =>
  words.toLowerCase().split(/\s+/).every((word) => `${choice.label} ${choice.hint ?? ""} ${choice.name ?? ""}`.toLowerCase().includes(word));

const EDGE = 8; // px, to the window's and to what it belongs to
const LEAST = 96; // px of list

/** The item into sight of its list, without moving the page. */
function scrollTo(list: HTMLElement, item: HTMLElement): void {
  const [around, own] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  list.scrollTop += Math.max(0, own.bottom - around.bottom) + Math.min(0, own.top - around.top);
}

/** Under that place of the window, or over it where there is more room, and never higher than the room. */
function place(around: HTMLElement, box: HTMLElement, list: HTMLElement, at: { left: number; top: number; bottom: number }): void {
  const room = around.getBoundingClientRect();
  const top = Math.min(at.top, window.innerHeight); // a cursor under the window's edge
  const [below, above] = [window.innerHeight - at.bottom - 2 * EDGE, top - 2 * EDGE];
  const isUp = box.offsetHeight > below && above > below;
  const rest = box.offsetHeight - list.offsetHeight;
  box.style.left = `${Math.max(0, Math.min(at.left - room.left, room.width - box.offsetWidth - EDGE))}px`;
  if (isUp) box.style.bottom = `${room.bottom - top + EDGE}px`;
  else box.style.top = `${at.bottom - room.top + EDGE}px`;
  if (box.offsetHeight > Math.max(above, below)) list.style.maxHeight = `${Math.max(LEAST, (isUp ? above : below) - rest)}px`;
}

/** Opens it inside `around` at that place of the window; `closed` gets the focus back. */
export function openPicker(around: HTMLElement, at: { left: number; top: number; bottom: number }, title: string, choices: Choice[], closed: () => void): void {
  closePicker();
  const listId = freshId();
  const box = h("div", { class: "ed-picker", role: "dialog", "aria-label": title });
  const search = h("input", { class: "input", type: "search", role: "combobox", "aria-label": title, "aria-controls": listId, "aria-expanded": "true", "aria-autocomplete": "list", autocomplete: "off", placeholder: title });
  const list = h("ul", { id: listId, role: "listbox", "aria-label": title, tabindex: "-1" });
  let shown: Choice[] = [];
  let active = 0;
  const close = (isChosen = false): void => {
    if (open === null) return;
    open = null;
    box.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (!isChosen) closed();
  };
  const outside = (event: Event): void => {
    if (!box.contains(event.target as Node)) close();
  };
  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    close(true);
    choice.run();
  };
  const mark = (): void => [...list.querySelectorAll<HTMLElement>("[role=option]")].forEach((item, i) => {
    item.setAttribute("aria-selected", String(i === active));
    if (i === active) search.setAttribute("aria-activedescendant", item.id);
    if (i === active) scrollTo(list, item);
  });
  const fill = (): void => {
    shown = choices.filter((choice) => matches(choice, search.value)).slice(0, 60);
    active = 0;
    list.replaceChildren(...shown.map((choice) => h("li", { id: freshId(), role: "option", onclick: () => choose(choice) },
      ...(choice.icon ? [icon(choice.icon)] : []), h("span", {}, h("b", {}, choice.label), ...(choice.hint ? [h("small", {}, choice.hint)] : [])))));
    if (shown.length === 0) list.append(h("li", { class: "is-none" }, "Tidak ada yang cocok. Coba kata lain."));
    search.removeAttribute("aria-activedescendant");
    mark();
  };
  search.addEventListener("input", fill);
  box.addEventListener("keydown", (event) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key];
    if (to !== undefined && shown.length > 0) active = (to + shown.length) % shown.length;
    const exact = event.key === "}" ? shown.find((choice) => choice.name === search.value.trim()) : undefined;
    if (event.key === "Enter" || exact) choose(exact ?? shown[active]);
    if (event.key === "Escape" || event.key === "Tab") close();
    if (to === undefined && !exact && !/^(Enter|Escape|Tab)$/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    mark();
  });
  box.append(search, list);
  around.append(box);
  open = () => close(true);
  document.addEventListener("pointerdown", outside, true);
  fill();
  place(around, box, list, at);
  search.focus({ preventScroll: true });
}
