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

const AGAIN = "Masuk lagi untuk melanjutkan";
const signInTo = (path: string): string => `/masuk?ke=${encodeURIComponent(path)}`;

/** On a page that says why nothing was saved: what was typed is not lost, and the way leads back to it. */
function sayKept(sent: string): void {
  const fault = document.querySelector("main [data-fault]");
  if (!fault || !read(sent)) return;
  const path = sent.slice("draft ".length);
  const signIn = fault.querySelector<HTMLAnchorElement>('a[href^="/masuk"]');
  if (signIn) { // one voice: the server's words know of no draft
    signIn.href = signInTo(path);
    const title = fault.querySelector("h1");
    if (title) title.textContent = AGAIN;
    fault.querySelector(".lead")?.replaceWith(notice("hijau", "Isian Anda tersimpan di tab ini. Masuk lagi dengan akun yang sama, lalu lanjutkan."));
  } else {
    fault.append(notice("hijau", "Yang Anda isi tidak hilang: masih ada di tab ini.", { label: "Buka lagi isiannya", press: () => location.assign(path) }));
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

// ---- a session that ended while one typed: the page stays, and only the password is asked ----

const FRESH_MS = 5 * 60 * 1000; // no session ends so soon after a page
let seenAt = Date.now();

const parsed = async (answer: Response): Promise<Document> => new DOMParser().parseFromString(await answer.text(), "text/html");
const signInOf = (page: Document): HTMLFormElement | null => page.querySelector<HTMLFormElement>('main form[action="/masuk"]');

function send(at: HTMLFormElement, by: HTMLElement | null): void {
  seenAt = Date.now();
  at.requestSubmit(by);
}

/** A page that stood for long: whether somebody is still signed in is asked first. */
async function sendSignedIn(at: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  let form: HTMLFormElement | null = null;
  try {
    const answer = await fetch("/masuk", { redirect: "manual", cache: "no-store" });
    if (answer.ok) form = signInOf(await parsed(answer));
  } catch { // the press itself says that there is no line
  }
  const who = document.querySelector<HTMLElement>(".who[data-account]");
  if (form && who) askPassword(form, who, at, by);
  else send(at, by);
}

function words(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** The server's own form, with the name filled in; its ids are made others than the page's. */
function askPassword(form: HTMLFormElement, who: HTMLElement, at: HTMLFormElement, by: HTMLElement | null): void {
  const name = form.querySelector<HTMLInputElement>('input[autocomplete="username"]');
  const secret = form.querySelector<HTMLInputElement>('input[type="password"]');
  const said = form.querySelector(".fault")?.textContent ?? "";
  if (!name || !secret) return send(at, by);
  for (const label of form.querySelectorAll("label")) label.htmlFor = `lagi-${label.htmlFor}`;
  for (const box of form.querySelectorAll("[id]")) box.id = `lagi-${box.id}`;
  name.value = who.dataset.account ?? "";
  name.closest<HTMLElement>(".field")!.hidden = true;
  const box = document.createElement("dialog");
  box.className = "again";
  box.setAttribute("aria-label", AGAIN);
  const other = words("a", "Masuk dengan akun lain") as HTMLAnchorElement;
  other.href = signInTo(here().slice("draft ".length));
  const line = document.createElement("p");
  line.className = "hint";
  line.append(other);
  box.append(words("h2", AGAIN), words("p", "Sesi Anda berakhir karena lama tidak ada sentuhan."), notice("hijau", "Isian Anda tersimpan di halaman ini."),
    who.cloneNode(true));
  if (said) box.append(notice("merah", said));
  box.append(form, line);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    void enter(box, form, who, at, by);
  });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  secret.focus();
}

/** Signed in, the forms of the page get the new session's key, and what was pressed is sent. */
async function enter(box: HTMLDialogElement, form: HTMLFormElement, who: HTMLElement, at: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  let page: Document;
  try {
    page = await parsed(await fetch("/masuk", { method: "POST", body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) }));
  } catch {
    form.before(notice("kuning", "Sambungan internet terputus. Coba lagi sesudah tersambung."));
    return;
  }
  const again = signInOf(page);
  const key = page.querySelector<HTMLInputElement>("[name=_csrf]");
  box.close();
  if (again) return askPassword(again, who, at, by);
  if (key) for (const old of document.querySelectorAll<HTMLInputElement>("[name=_csrf]")) old.value = key.value;
  send(at, by);
}

/** Called at each press: without a line the form stays where it is. */
export function sendDraft(event: SubmitEvent): void {
  const at = event.target as HTMLFormElement;
  if (at.method !== "post" || event.defaultPrevented) return;
  if (new URL(at.action).pathname.endsWith("/keluar")) sessionStorage.clear();
  if (!isKept(at)) return;
  if (navigator.onLine && Date.now() - seenAt > FRESH_MS) {
    event.preventDefault();
    write(at);
    void sendSignedIn(at, event.submitter);
    return;
  }
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
