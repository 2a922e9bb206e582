// SPDX-License-Identifier: AGPL-3.0-or-later
// The office works without this file. It adds: htmx for parts of a page, "/" to the search box, a busy
// label on the pressed button, menus that close by themselves, ways back to a list as it was left,
// the paper of a letter beside its form, and what was typed into a form outlives a lost line, Back and an ended session.
import "htmx.org";
import { watchCalls } from "./calls";
import { keepDraft, sendDraft, showDraft, watchSession } from "./drafts";
import { chooseFile, saySending, waitForPhotos } from "./files";
import { livePaper } from "./live";
import { showOnly } from "./only";
import { nextFields, pads } from "./pinpad";
import { Reader } from "./reader";
import { forgetOthers, leadBack, rememberList } from "./ways";

const typing = (at: EventTarget | null): boolean =>
  at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName));

function searchKey(event: KeyboardEvent): void {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const box = document.querySelector<HTMLInputElement>("main [data-search]") ?? document.querySelector<HTMLInputElement>("[data-search]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

// Enter, with nothing chosen, opens my next thing.
function nextKey(event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.target !== document.body) return;
  document.querySelector<HTMLAnchorElement>("[data-next]")?.click();
}

// From the search box down into the rows of [data-rows], up again, to the first and the last; J and K from anywhere
// but a field. The links are what has the focus, so Enter opens by itself.
function rowKeys(event: KeyboardEvent): void {
  const isLetter = /^[jk]$/i.test(event.key) && !(event.target as Element).closest("input, textarea, select");
  if (!(isLetter || /^(ArrowDown|ArrowUp|Home|End)$/.test(event.key)) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-rows] tr > :first-child > a")];
  const box = document.querySelector<HTMLInputElement>("main [data-search]");
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (links.length === 0 || (at < 0 && !isLetter && (event.target !== box || event.key !== "ArrowDown"))) return;
  const down = Math.min(at + 1, links.length - 1);
  const to = { j: down, k: Math.max(at - 1, 0), ArrowDown: down, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[isLetter ? event.key.toLowerCase() : event.key] as number;
  event.preventDefault();
  if (to < 0) box?.focus();
  else links[to].focus();
}

// A card goes to the field that waits for one, wherever the focus is: tapped twice it is not the resident's PIN.
const reader = new Reader();
function cardKey(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>("[data-reader]");
  const uid = field ? reader.take(event) : "";
  if (!field || !uid) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.target instanceof HTMLInputElement) event.target.value = "";
  field.value = uid;
  document.getElementById(field.dataset.next ?? "")?.focus();
}

// The results are replaced while one types; how many there are is read out.
function readOut(): void {
  const said = document.querySelector<HTMLElement>("[data-said]");
  const place = document.querySelector<HTMLElement>("#jumlah");
  if (said && place && place.textContent !== said.dataset.said) place.textContent = said.dataset.said ?? "";
}

// The server makes one record of two presses anyway; this says so on the button.
function submitOnce(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter as HTMLButtonElement | null;
  if (!button || !button.dataset.busy) return;
  const label = button.querySelector<HTMLElement>("[data-label]") ?? button;
  button.dataset.label = label.textContent ?? "";
  button.setAttribute("aria-disabled", "true");
  label.textContent = button.dataset.busy;
}

// A page taken back from the browser's history must be usable again; so must a form whose answer was a file.
function freeForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of Array.from(form.elements) as HTMLButtonElement[]) {
      if (!button.hasAttribute("aria-disabled")) continue;
      button.removeAttribute("aria-disabled");
      const label = button.querySelector<HTMLElement>("[data-label]") ?? button;
      if (button.dataset.label) label.textContent = button.dataset.label;
    }
    form.querySelector(".sending")?.remove();
  }
}

function closeMenus(event: Event): void {
  if (event instanceof KeyboardEvent && event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (event instanceof KeyboardEvent || !menu.contains(event.target as Node)) menu.open = false;
    if (event instanceof KeyboardEvent) menu.querySelector("summary")?.focus();
  }
}

// What a choice lays open under it comes into sight, above the sticky bar (the page's scroll-padding).
function showRevealed(event: Event): void {
  const next = event.target instanceof Element ? event.target.closest(".field")?.nextElementSibling : null;
  if (next?.matches(".new-hamlet, .revealed") && next.getClientRects().length > 0) next.scrollIntoView({ block: "nearest" });
}

function showOpened(event: Event): void {
  if (event.target instanceof HTMLDetailsElement && event.target.matches(".fold[open]")) event.target.scrollIntoView({ block: "nearest" });
}

// 16 digits are easier to compare with a card by fours; the server forgives the blanks.
function spaceByFours(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.dataset.spaced === undefined) return;
  const digits = box.value.replace(/\D/g, "");
  if (digits) box.value = digits.replace(/(\d{4})(?=\d)/g, "$1 ");
}

// [data-fold-close]: "Tidak jadi" in a fold that asks.
function closeFold(event: MouseEvent): void {
  const fold = event.target instanceof Element ? event.target.closest("[data-fold-close]")?.closest("details") : null;
  if (!fold) return;
  event.preventDefault();
  fold.open = false;
  fold.querySelector("summary")?.focus();
}

// [data-copy="id"]: the words of that element to the clipboard; the button says that it was done. Where there is none, people select.
function offerCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) button.hidden = !navigator.clipboard;
}

async function copyWords(event: MouseEvent): Promise<void> {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-copy]") : null;
  const words = document.getElementById(button?.dataset.copy ?? "")?.textContent;
  if (!button || !words) return;
  await navigator.clipboard.writeText(words);
  const label = button.querySelector<HTMLElement>("[data-label]") ?? button;
  label.textContent = "Tersalin";
  label.setAttribute("role", "status");
}

// [data-print]: the paper was asked for; once its sheets are there the printer's window opens. Loaded again the page is one that is looked at.
async function printSheets(): Promise<void> {
  const sheets = document.querySelector("[data-sheets][data-print]");
  if (!sheets) return;
  history.replaceState(history.state, "", window.location.pathname);
  await Promise.all([...sheets.querySelectorAll("img")].map((image) => image.decode()));
  window.print();
}

// An answer to a form has its form's address: Back and reload ask for the form, where what was typed is put back. Without this the browser
// asks, in its own words, to send everything again.
// Where a form's address is no page ([data-form-from]) the page that it was on is asked for.
function keepAddress(): void {
  const from = document.referrer;
  if (document.querySelector("main[data-form-path]")) history.replaceState(history.state, "", window.location.href);
  else if (document.querySelector("main[data-form-from]") && from.startsWith(`${window.location.origin}/`)) history.replaceState(history.state, "", from);
}

keepAddress();
void printSheets();
watchCalls();
watchSession();
pads();
nextFields();
offerCopies();
document.addEventListener("keydown", nextKey);
document.addEventListener("click", copyWords);
document.addEventListener("click", closeFold);
window.addEventListener("keydown", cardKey, true);
document.addEventListener("keydown", searchKey);
document.addEventListener("keydown", rowKeys);
document.addEventListener("keydown", closeMenus);
document.addEventListener("htmx:afterSwap", readOut);
document.addEventListener("click", closeMenus);
document.addEventListener("submit", waitForPhotos);
document.addEventListener("submit", sendDraft);
document.addEventListener("submit", saySending);
document.addEventListener("submit", submitOnce);
document.addEventListener("change", chooseFile);
document.addEventListener("change", showRevealed);
document.addEventListener("toggle", showOpened, true);
document.addEventListener("input", keepDraft);
document.addEventListener("change", keepDraft);
document.addEventListener("focusout", spaceByFours);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) freeForms();
  forgetOthers();
  leadBack();
  showDraft();
  showOnly();
  livePaper();
});
window.addEventListener("pagehide", rememberList);
