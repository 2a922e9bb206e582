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

/** The one notice above a form: what was put back into it, and how the line is. What was put back may be thrown away as long as it stands. */
function say(at: HTMLFormElement, tone: string, words: string, isPutBack = false): HTMLElement {
  const old = at.previousElementSibling instanceof HTMLElement && at.previousElementSibling.dataset.draft !== undefined ? at.previousElementSibling : null;
  const hasPutBack = isPutBack || old?.dataset.draft === "back";
  const box = notice(tone, words, hasPutBack ? {
    label: "Buang isian itu",
    press: () => {
      drop(here());
      location.reload();
    },
  } : undefined);
  box.dataset.draft = hasPutBack ? "back" : "";
  old?.remove();
  at.before(box);
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

/** A press of a form without anything typed: nothing of it is kept, but where it was. */
const PRESS = "press ";
const isPress = (key: string): boolean => key.startsWith(PRESS);
/** The address in a key: the page that was typed or pressed on. */
const pathOf = (key: string): string => key.slice(key.indexOf(" ") + 1);

function drop(key: string): void {
  for (const name of [key, "sent", "behind"]) sessionStorage.removeItem(name);
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
  const path = pathOf(sent);
  fault.append(notice("hijau", "Yang Anda isi tidak hilang: masih ada di tab ini.", { label: "Buka lagi isiannya", press: () => location.assign(path) }));
}

/** On the page where a press came too late, once somebody is signed in again: what he sees there is of now, and he presses again. */
function sayLost(): void {
  const action = sessionStorage.getItem("lost");
  const at = [...document.forms].find((of) => isKept(of) && of.action === action);
  sessionStorage.removeItem("lost");
  if (at) say(at, "kuning", "Belum tersimpan, tekan lagi.").scrollIntoView({ block: "center" });
}

/** Called when a page is shown. */
export function showDraft(): void {
  const sent = sessionStorage.getItem("sent");
  sayLost();
  if (sent && document.querySelector("main [data-again]")) return goOnBehind(sent);
  if (sent && (isPress(sent) || isDone(sent))) drop(sent);
  else if (sent) sayKept(sent);
  const draft = read(here());
  const at = [...document.forms].find((of) => isKept(of) && of.action === draft?.action);
  if (!at || !draft || isAnswer() || at.dataset.drafted) return;
  at.dataset.drafted = "1";
  sessionStorage.removeItem("sent");
  if (!putBack(at, draft)) return;
  const files = at.querySelector('input[type="file"]') ? " Foto atau berkas tidak ikut: pilih lagi." : "";
  say(at, "biru", `Isian Anda yang belum tersimpan dikembalikan ke sini. Periksa, lalu simpan.${files}`, true);
}

/** Called for each change of a box by a person. */
export function keepDraft(event: Event): void {
  const at = (event.target as Box).form ?? null;
  if (event.isTrusted && isKept(at) && (!isAnswer() || document.querySelector(".error-summary"))) write(at);
}

// ---- a session that ended while one typed: the page stays, its values leave it, and only the password is asked ----

const AGAIN = "Masuk lagi untuk melanjutkan";
const FRESH_MS = 2 * 60 * 1000; // a page that was only read is pressed without asking first: hardly a line dies or a session ends so soon
const LONG_MS = 5 * 60 * 1000;
const LINE_MS = 8 * 1000; // a line that says nothing for so long is dead, whatever the browser thinks of its Wi-Fi
const IDLE_MS = 30 * 60 * 1000; // as long as the server keeps one that nobody uses
let seenAt = Date.now();
let touchedAt = seenAt;

const parsed = async (answer: Response): Promise<Document> => new DOMParser().parseFromString(await answer.text(), "text/html");
const signInOf = (page: Document): HTMLFormElement | null => page.querySelector<HTMLFormElement>('main form[action="/masuk"]');
const whoIs = (page: Document): HTMLElement | null => page.querySelector<HTMLElement>("summary > .who[data-account]");
const clock = (at: number): string => new Date(at).toTimeString().slice(0, 5).replace(":", ".");

function send(at: HTMLFormElement, by: HTMLElement | null): void {
  seenAt = Date.now();
  at.requestSubmit(by);
}

/** The server's sign-in when nobody is signed in any more; null when somebody is. */
async function signInNow(): Promise<HTMLFormElement | null | "no line"> {
  try {
    const answer = await fetch("/masuk", { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(LINE_MS) });
    return answer.ok ? signInOf(await parsed(answer)) : null;
  } catch {
    return "no line";
  }
}

/** A page that stood for a while: whether there is a line, and somebody still signed in, is asked first. */
async function sendSignedIn(at: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  if (at.dataset.asking) return;
  at.dataset.asking = "1";
  const form = await signInNow();
  const who = whoIs(document);
  delete at.dataset.asking;
  if (form) write(at);
  if (form === "no line") return sayNoLine(at);
  if (form && who) askPassword(form, who, here(), () => send(at, by));
  else send(at, by);
}

/** The session is over, and nobody pressed anything: the screen is locked. */
async function lock(): Promise<void> {
  const who = whoIs(document);
  if (!who || document.querySelector("dialog.again")) return;
  const form = await signInNow();
  if (form && form !== "no line" && !document.querySelector("dialog.again")) askPassword(form, who, here(), () => undefined);
}

function words(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** What the page is called; its heading may name somebody, its title does not. */
const pageName = (): string => document.title.split(" · ")[0].replace(/^(\(\d+\) )?((Salah isi|Perlu dipastikan): )?/, "");

/** "Catat tamu, 4 dari 9 isian, pukul 12.01", of what the tab keeps; the editor of letters says itself since when ([data-kept]). */
function keptWords(key: string): HTMLElement | null {
  const draft = isPress(key) ? null : read(key);
  const written = document.querySelector<HTMLElement>("[data-kept]")?.dataset.kept;
  if (written) return keptNotice("Tulisan Anda tersimpan", `${pageName()}, pukul ${clock(Number(written))}`);
  const of = draft ? [...document.querySelectorAll<HTMLFormElement>('main form[method="post"]')].find((form) => form.action === draft.action) : undefined;
  if (!draft) return null;
  const fields = [...(of?.querySelectorAll<HTMLElement>(".field") ?? [])].filter((field) => field.getClientRects().length > 0);
  const names = (field: HTMLElement): string[] => [...field.querySelectorAll<Box>("[name]")].map((box) => box.name);
  const isFilled = (field: HTMLElement): boolean => draft.fields.some(([name, value]) => value !== "" && names(field).includes(name));
  const parts = [pageName(), `${fields.filter(isFilled).length} dari ${fields.length} isian`, `pukul ${clock(draft.at)}`];
  return keptNotice("Isian Anda tersimpan", parts.filter((part) => part && !part.startsWith("0 dari 0")).join(", "));
}
function keptNotice(title: string, of: string): HTMLElement {
  const kept = notice("hijau", of);
  kept.firstElementChild?.prepend(words("h3", title));
  return kept;
}

/** The server's own form, with the name filled in; its ids are made others than the page's. */
function askPassword(form: HTMLFormElement, who: HTMLElement, key: string, then: () => void): void {
  const name = form.querySelector<HTMLInputElement>('input[autocomplete="username"]');
  const secret = form.querySelector<HTMLInputElement>('input[type="password"]');
  const said = form.querySelector(".fault")?.textContent ?? "";
  if (!name || !secret) return then();
  for (const label of form.querySelectorAll("label")) label.htmlFor = `lagi-${label.htmlFor}`;
  for (const box of form.querySelectorAll("[id]")) box.id = `lagi-${box.id}`;
  name.value = who.dataset.account ?? "";
  name.closest<HTMLElement>(".field")!.hidden = true;
  (form.querySelector("[data-label]") ?? secret).textContent = "Masuk dan lanjutkan";
  const first = who.querySelector("b")?.textContent?.split(" ")[0] ?? "";
  const box = document.createElement("dialog");
  box.className = "again";
  box.setAttribute("aria-label", AGAIN);
  const since = (Date.now() - touchedAt > LONG_MS ? `Tidak ada sentuhan sejak ${clock(touchedAt)}.` : "Sesi Anda sudah berakhir.") + (isPress(key) ? " Yang Anda tekan belum tersimpan." : "");
  const person = words("div", "", "again-who");
  const avatar = who.parentElement?.querySelector(".avatar");
  if (avatar) person.append(avatar.cloneNode(true));
  person.append(who.cloneNode(true));
  const kept = keptWords(key);
  box.append(words("h2", AGAIN), words("p", `${since} Layar dikunci supaya data warga aman.`));
  if (kept) box.append(kept);
  box.append(person);
  if (said) box.append(notice("merah", said));
  const other = words("a", `Bukan ${first}? Masuk dengan akun lain`) as HTMLAnchorElement;
  other.href = "/masuk";
  const line = words("p", "", "hint");
  line.append(other);
  if (kept) line.append(document.createElement("br"), `Menunggu ${first} di tab ini sampai ${KEPT_MS / 3600000} jam, orang lain tidak melihatnya.`);
  box.append(form, line);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    void enter(box, form, who, key, then);
  });
  box.addEventListener("cancel", (event) => event.preventDefault());
  box.addEventListener("close", () => (box.dataset.done ? box.remove() : box.showModal())); // the page stays locked
  document.body.append(box);
  document.documentElement.dataset.locked = "";
  box.showModal();
  secret.focus();
}

/** Signed in, the forms of the page get the new session's key, and it goes on where it stopped. */
async function enter(box: HTMLDialogElement, form: HTMLFormElement, who: HTMLElement, key: string, then: () => void): Promise<void> {
  box.querySelectorAll(".notice.kuning").forEach((old) => old.remove());
  let page: Document;
  try {
    page = await parsed(await fetch("/masuk", { method: "POST", body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) }));
  } catch {
    form.before(notice("kuning", "Sambungan internet terputus. Coba lagi sesudah tersambung."));
    return;
  }
  const again = signInOf(page);
  const guard = page.querySelector<HTMLInputElement>("[name=_csrf]");
  if (!again && !guard) {
    form.before(notice("kuning", "Belum bisa masuk sekarang. Tunggu sebentar, lalu coba lagi."));
    return;
  }
  box.dataset.done = "1";
  box.close();
  if (again) return askPassword(again, who, key, then);
  delete document.documentElement.dataset.locked;
  seenAt = Date.now();
  for (const old of document.querySelectorAll<HTMLInputElement>("[name=_csrf]")) old.value = guard?.value ?? old.value;
  then();
}

/** What stands behind the question when the press itself found the session ended: the page's shape, without a word of what was on it. */
function keepBehind(): void {
  const page = document.body.cloneNode(true) as HTMLElement;
  page.querySelectorAll("script, dialog, input[type=hidden], .notice.is-said, datalist").forEach((part) => part.remove());
  for (const box of page.querySelectorAll("input, textarea")) {
    box.removeAttribute("value");
    box.textContent = "";
  }
  for (const part of page.querySelectorAll("[title], [aria-label], [placeholder]")) for (const name of ["title", "aria-label", "placeholder"]) part.removeAttribute(name);
  const texts = document.createTreeWalker(page.querySelector("main") ?? page, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.nodeValue = (texts.currentNode.nodeValue ?? "").replace(/\S/g, "•"); // people stand in headings and labels, too
  page.querySelectorAll("[style]").forEach((part) => part.removeAttribute("style")); // of scripts: the page's policy takes none from markup
  const behind = JSON.stringify([page.className, page.innerHTML, document.querySelector<HTMLLinkElement>("link[rel=stylesheet]")?.href, document.title]);
  try {
    sessionStorage.setItem("behind", behind);
  } catch { // the tab's store is full: asked on a page of its own
    sessionStorage.removeItem("behind");
  }
}

/** The server found the session ended at a press, and asks: this is asked over the page that was left, and leads back to what was typed. */
function goOnBehind(sent: string): void {
  const path = pathOf(sent);
  const form = signInOf(document);
  const [name, html, style, title] = JSON.parse(sessionStorage.getItem("behind") ?? "[]") as string[];
  if (!form) return location.replace(path); // signed in again: the form has what was typed
  if (!html || !read(sent)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = style;
  document.head.append(link);
  form.remove();
  document.title = title;
  document.body.className = name;
  document.body.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  const who = whoIs(document);
  if (!who) return location.reload();
  form.querySelectorAll<HTMLInputElement>("[name=untuk], [name=isian]").forEach((box) => (box.value = ""));
  askPassword(form, who, sent, () => {
    if (isPress(sent)) {
      sessionStorage.setItem("lost", read(sent)?.action ?? "");
      drop(sent);
    }
    location.replace(path);
  });
}

/** Called once for a page of the desk. */
export function watchSession(): void {
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => {
      if (!document.querySelector("dialog.again")) touchedAt = Date.now();
    }, { passive: true });
  }
  document.addEventListener("session-over", () => void lock());
  window.setInterval(() => {
    if (Date.now() - seenAt > IDLE_MS && Date.now() - touchedAt > IDLE_MS) void lock();
  }, 60 * 1000);
}

/** Called at each press: without a line the form stays where it is. */
export function sendDraft(event: SubmitEvent): void {
  const at = event.target as HTMLFormElement;
  if (at.method !== "post" || event.defaultPrevented) return;
  if (new URL(at.action).pathname.endsWith("/keluar")) sessionStorage.clear();
  if (!isKept(at)) return;
  if (navigator.onLine && Date.now() - seenAt > FRESH_MS) {
    event.preventDefault();
    void sendSignedIn(at, event.submitter);
    return;
  }
  if (navigator.onLine) {
    const isTyped = read(keyOf())?.action === at.action;
    const key = isTyped ? keyOf() : `${PRESS}${location.pathname}${location.search}`;
    try {
      if (!isTyped) sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), action: at.action, fields: [] }));
      sessionStorage.setItem("sent", key);
    } catch { // the tab's store is full: asked on a page of its own
      return;
    }
    keepBehind();
    return;
  }
  event.preventDefault();
  write(at);
  sayNoLine(at);
}

function sayNoLine(at: HTMLFormElement): void {
  const isPutBack = at.previousElementSibling?.getAttribute("data-draft") === "back";
  say(at, "kuning", isPutBack
    ? "Sambungan internet terputus. Isian yang dikembalikan dan yang Anda tulis sesudahnya tersimpan di halaman ini; kirim lagi sesudah tersambung."
    : "Sambungan internet terputus. Isian Anda tersimpan di halaman ini; kirim lagi sesudah tersambung.").scrollIntoView({ block: "center" });
  window.addEventListener("online", () => say(at, "hijau", "Sambungan kembali. Silakan kirim lagi."), { once: true });
}
