// SPDX-License-Identifier: AGPL-3.0-or-later
// The form of a letter with its paper: beside it on a wide screen, behind a button on a small one; and what still has to be answered.
import { h } from "./editor/dom";
import { LivePaper } from "./paper";

const WIDE = "(min-width: 75em)"; // where the page has room for both
const NAMED = 3;
const COUNTS = ["", "Satu", "Dua", "Tiga"];

type Box = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Whether something was answered: of a day all three boxes. */
function isFilled(part: HTMLElement): boolean {
  const boxes = [...part.querySelectorAll<Box>("input, select, textarea")];
  const says = (box: Box): boolean => box.value.trim() !== "" && (!(box instanceof HTMLInputElement) || !/^(radio|checkbox)$/.test(box.type) || box.checked);
  return part.querySelector(".date") ? boxes.every(says) : boxes.some(says);
}

/** "Dua isian lagi: pembeli, harga", each with its link; written anew only when it is another: a press on a link is not lost. */
function sayLacks(form: HTMLFormElement, place: HTMLElement): void {
  const parts = [...form.querySelectorAll<HTMLElement>("[data-needs]")].filter((part) => part.getClientRects().length > 0 && !isFilled(part));
  const said = parts.map((part) => part.dataset.of).join();
  if (place.dataset.named === said) return;
  place.dataset.named = said;
  const named = parts.slice(0, NAMED).flatMap((part, i) => [i > 0 ? ", " : "", h("a", { href: `#${part.dataset.of}` }, part.dataset.needs ?? "")]);
  place.replaceChildren(...(parts.length === 0 ? [] : [`${COUNTS[parts.length] ?? parts.length} isian lagi: `, ...named, parts.length > NAMED ? ", …" : ""]));
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  fields.set("diam", "1");
  return fields;
}

/** The paper over the page, until it is closed. */
function open(section: HTMLElement, by: HTMLElement): void {
  const home = section.parentElement;
  const close = h("button", { type: "button", class: "button is-second is-big", onclick: () => box.close() }, "Kembali ke isian");
  const box: HTMLDialogElement = h("dialog", { class: "paper-open", "aria-label": "Kertas" }, section, close);
  box.addEventListener("close", () => {
    home?.append(section);
    box.remove();
    by.focus();
  });
  document.body.append(box);
  box.showModal();
  close.focus();
}

/** Called when a page is shown, after what was kept of it was put back. */
export function livePaper(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-paper]");
  const section = document.querySelector<HTMLElement>("[data-live]");
  const sheets = section?.querySelector<HTMLElement>("[data-sheets]");
  const said = section?.querySelector<HTMLElement>("[data-said]");
  const lacks = form?.querySelector<HTMLElement>("[data-lacks]");
  const press = form?.querySelector<HTMLButtonElement>("[data-open-paper]");
  const enlarge = section?.querySelector<HTMLButtonElement>("[data-enlarge]");
  if (!form || !section || !sheets || !said || !lacks || !press || !enlarge) return;
  sayLacks(form, lacks);
  if (document.documentElement.dataset.liveOn !== undefined) return; // taken back from the browser's history
  document.documentElement.dataset.liveOn = "";
  const wide = window.matchMedia(WIDE);
  const paper = new LivePaper({ element: section, sheets, said }, form.dataset.paper ?? "", () => fieldsOf(form), {
    over: () => void document.dispatchEvent(new Event("session-over")),
    failed: "Kertas belum bisa dibuat dari isian ini.",
    drawn: (_, shown, count) => (count > 1 ? `Halaman 1 sampai ${Math.min(shown, count)} dari ${count}` : "Halaman 1 dari 1"),
  });
  const change = (): void => {
    sayLacks(form, lacks);
    if (wide.matches) paper.soon();
  };
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  press.addEventListener("click", (event) => {
    event.preventDefault();
    open(section, press);
    paper.soon(0);
  });
  enlarge.addEventListener("click", () => open(section, enlarge));
  enlarge.hidden = false;
  wide.addEventListener("change", () => wide.matches && paper.soon(0));
  said.textContent = "";
  if (wide.matches) paper.soon(0);
}
