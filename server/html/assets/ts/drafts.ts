// SPDX-License-Identifier: AGPL-3.0-or-later
// What is typed into a form of the office outlives an ended session, a lost line and Back: the tab keeps it until the server has it.
// Passwords, PINs, cards and files are never kept. The form's own key (_once) is kept with it, so that an answer that was lost on
// the way is recognised by the server and nothing is recorded twice.

type Draft = { at: number; action: string; fields: [string, string][] };

const KEPT_MS = 12 * 3600 * 1000;
const here = (): string => `draft ${location.pathname}${location.search}`;

/** A page that answers a press by itself: refused, to be checked, or two versions side by side. */
const isAnswer = (): boolean => document.querySelector("main[data-answer]") !== null;
/** Where the typed is kept: an answer goes on with what was pressed, whatever its address. */
const keyOf = (): string => (isAnswer() && sessionStorage.getItem("sent")) || here();

const isKept = (of: HTMLFormElement | null): of is HTMLFormElement => of !== null && of.matches('main form[method="post"]:not([role="search"])');

type Box = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
function boxes(of: HTMLFormElement): Box[] {
  return ([...of.elements] as Box[]).filter((box) =>
    /^(INPUT|SELECT|TEXTAREA)$/.test(box.tagName) && box.name !== "" && box.name !== "_csrf" && !/^(password|file|submit)$/.test(box.type) &&
    box.dataset.reader === undefined && !/(^|_)(pin|sandi)(_|\d|$)/.test(box.name) && box.autocomplete !== "one-time-code");
}
const isTicked = (box: Box): boolean => box instanceof HTMLInputElement && /^(checkbox|radio)$/.test(box.type);
const taken = (of: HTMLFormElement): [string, string][] =>
  boxes(of).filter((box) => !isTicked(box) || (box as HTMLInputElement).checked).map((box) => [box.name, box.value]);

function read(key: string): Draft | null {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "null") as Draft | null;
    return draft && Date.now() - draft.at < KEPT_MS ? draft : null;
  } catch {
    return null;
  }
}

function write(of: HTMLFormElement): void {
  try {
    sessionStorage.setItem(keyOf(), JSON.stringify({ at: Date.now(), action: of.action, fields: taken(of) }));
  } catch {
    // The tab's store is full: the form works as it does without this file.
  }
}

function notice(tone: string, words: string, button?: { label: string; press: () => void }): HTMLElement {
  const box = document.createElement("div");
  box.className = `notice is-said ${tone}`;
  box.setAttribute("role", "status");
  const text = document.createElement("div");
  const line = document.createElement("p");
  line.textContent = words;
  text.append(line);
  box.append(text);
  if (button) {
    const press = document.createElement("button");
    press.type = "button";
    press.className = "button is-second";
    press.textContent = button.label;
    press.addEventListener("click", button.press);
    box.append(press);
  }
  return box;
}

/** Puts the kept values back; false when the page has them all, or has no box for them. */
function putBack(into: HTMLFormElement, draft: Draft): boolean {
  const left = draft.fields.slice();
  const take = (match: (field: [string, string]) => boolean): [string, string] | undefined => {
    const at = left.findIndex(match);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  let isChanged = false;
  for (const box of boxes(into)) {
    if (isTicked(box)) {
      const tick = box as HTMLInputElement;
      const wanted = take(([name, value]) => name === tick.name && value === tick.value) !== undefined;
      isChanged ||= tick.checked !== wanted;
      tick.checked = wanted;
      continue;
    }
    const field = take(([name]) => name === box.name);
    if (!field || field[1] === box.value) continue;
    if (box.type !== "hidden") isChanged = true;
    box.value = field[1];
  }
  return isChanged;
}

function drop(key: string): void {
  sessionStorage.removeItem(key);
  sessionStorage.removeItem("sent");
}

/** Whether the page is the one that the server leads to once it has what was pressed: not one that was opened otherwise, and not
 *  the one after a sign-in (it says no more of where one comes from than the house). */
function isDone(sent: string): boolean {
  const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const from = document.referrer ? new URL(document.referrer).pathname : "/";
  if (!document.querySelector(".who") || isAnswer() || !way || way.redirectCount === 0 || from === "/") return false;
  return here() !== sent || document.querySelector("main .is-said.hijau") !== null;
}

/** On a page that says why nothing was saved: what was typed is not lost, and the way leads back to it. */
function sayKept(sent: string): void {
  const fault = document.querySelector("main [data-fault]");
  if (!fault || !read(sent)) return;
  const path = sent.slice("draft ".length);
  const signIn = fault.querySelector<HTMLAnchorElement>('a[href^="/masuk"]');
  if (signIn) {
    signIn.href = `/masuk?ke=${encodeURIComponent(path)}`;
    fault.append(notice("hijau", "Isian Anda tersimpan di tab ini. Masuk lagi dengan akun yang sama, lalu lanjutkan."));
  } else {
    fault.append(notice("hijau", "Isian Anda tersimpan di tab ini.", { label: "Buka lagi isiannya", press: () => location.assign(path) }));
  }
}

/** Called when a page is shown. */
export function showDraft(): void {
  const sent = sessionStorage.getItem("sent");
  if (sent && isDone(sent)) drop(sent);
  else if (sent) sayKept(sent);
  const draft = read(here());
  const at = [...document.forms].find((of) => isKept(of) && of.action === draft?.action);
  if (!at || !draft || isAnswer() || at.dataset.drafted) return;
  at.dataset.drafted = "1";
  sessionStorage.removeItem("sent");
  if (!putBack(at, draft)) return;
  at.before(notice("biru", "Isian Anda yang belum tersimpan dikembalikan ke sini. Periksa, lalu simpan.", {
    label: "Buang isian itu",
    press: () => {
      drop(here());
      location.reload();
    },
  }));
}

/** Called for each change of a box by a person. */
export function keepDraft(event: Event): void {
  const at = (event.target as Box).form ?? null;
  if (event.isTrusted && isKept(at) && (!isAnswer() || document.querySelector(".error-summary"))) write(at);
}

/** Called at each press: without a line the form stays where it is. */
export function sendDraft(event: SubmitEvent): void {
  const at = event.target as HTMLFormElement;
  if (at.method !== "post" || event.defaultPrevented) return;
  if (new URL(at.action).pathname.endsWith("/keluar")) sessionStorage.clear();
  if (!isKept(at)) return;
  if (navigator.onLine) {
    if (read(keyOf())?.action === at.action) sessionStorage.setItem("sent", keyOf());
    return;
  }
  event.preventDefault();
  write(at);
  document.querySelector("[data-offline]")?.remove();
  const said = notice("kuning", "Sambungan internet terputus. Isian Anda tersimpan di halaman ini; kirim lagi sesudah tersambung.");
  said.dataset.offline = "";
  at.before(said);
  said.scrollIntoView({ block: "center" });
  window.addEventListener("online", () => {
    said.replaceWith(notice("hijau", "Sambungan kembali. Silakan kirim lagi."));
  }, { once: true });
}
