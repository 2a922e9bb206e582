// SPDX-License-Identifier: AGPL-3.0-or-later
// The kiosk's pages are forms that work without this file. It adds: a tapped card wherever the focus is, the number
// pad and the keyboard, the wiping of a screen nobody touches, the printer, and patience while the server is away.
import { boards } from "./keyboard";
import { pads, press } from "./pinpad";
import { FAST_MS, Reader } from "./reader";
import { onceOnly } from "./twice";

onceOnly();

const WARN_S = 45;
const WIPE_S = 60;
const ALIVE_MS = 15000;
const ANSWER_MS = 4000; // longer than that is away
const $ = (id: string): HTMLElement | null => document.getElementById(id);

// ---- is the server there? ----

/** What became of the call: asked for, not answered in time, or nothing. */
function showCall(state: string): void {
  if (state === "dipanggil") document.body.dataset.called = "";
  else if (state === "lewat") document.body.dataset.called = state;
  else delete document.body.dataset.called;
}

async function isAlive(): Promise<boolean> {
  try {
    const answer = await fetch("/anjungan/masih", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
    if (answer.ok) showCall(await answer.text());
    return answer.ok || answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

let next: (() => void) | undefined; // waits for the server

/** Does it once the server answers; until then the screen says so. A second wish is dropped, unless it is the stronger one. */
async function whenAlive(go: () => void, isStronger = false): Promise<void> {
  const isWaiting = next !== undefined;
  if (isWaiting && !isStronger) return;
  next = go;
  if (isWaiting) return;
  const veil = $("putus");
  for (let wait = 500; !(await isAlive()); wait = Math.min(wait * 1.5, 4000)) {
    if (veil) veil.hidden = false;
    await new Promise((done) => setTimeout(done, wait));
  }
  if (veil) veil.hidden = true;
  const now = next;
  next = undefined;
  now();
}

/** The page comes again by itself: nobody touched it, so the time since the last touch goes on. */
function again(): void {
  void whenAlive(() => {
    history.replaceState({ touchedAt }, "");
    window.location.reload();
  });
}

function send(form: HTMLFormElement, isStronger = false): void {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll<HTMLElement>("[data-busy]")) {
    const label = button.querySelector("[data-label]") ?? button;
    label.textContent = button.dataset.busy ?? "";
    button.setAttribute("aria-disabled", "true");
  }
  void whenAlive(() => form.submit(), isStronger);
}

/** Asking for a person leaves the screen as it is, with what was typed. */
async function call(form: HTMLFormElement): Promise<void> {
  showCall("dipanggil");
  try {
    const answer = await fetch(form.action, { method: "POST", redirect: "manual", body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
    if (!answer.ok && answer.type !== "opaqueredirect") throw new Error();
  } catch {
    showCall("");
    send(form);
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  if (form.id === "panggil") {
    void call(form);
    return;
  }
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  if (button?.name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.append(field);
  }
  send(form);
});
document.addEventListener("click", (event) => {
  const link = (event.target as HTMLElement).closest("a");
  if (!link || event.defaultPrevented) return;
  event.preventDefault();
  if (link.dataset.sent) return;
  link.dataset.sent = "1";
  void whenAlive(() => window.location.assign(link.href));
});

// ---- a card ----

const reader = new Reader();
let digit: number | undefined;
let isTapped = false;

function tap(uid: string): void {
  const form = $("kartu") as HTMLFormElement | null;
  if (!form || isTapped) return;
  isTapped = true;
  (form.elements.namedItem("kartu") as HTMLInputElement).value = uid;
  send(form, true);
}

function onKey(event: KeyboardEvent): void {
  const isLineFeed = event.ctrlKey && event.key === "j"; // some readers end so; the browser would open a page of its own
  if (isTapped || isLineFeed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  window.clearTimeout(digit);
  const uid = reader.take(event);
  if (uid) {
    event.preventDefault();
    event.stopImmediatePropagation();
    tap(uid);
    return;
  }
  // One digit by a finger belongs to the pad; a reader's next sign comes before this runs.
  const pad = document.querySelector<HTMLElement>("[data-pad][data-only]");
  const key = event.key === "Backspace" ? "hapus" : event.key;
  if (pad && /^(\d|hapus)$/.test(key)) digit = window.setTimeout(() => reader.keys.length < 2 && press(pad, key), FAST_MS * 2);
}
window.addEventListener("keydown", onKey, true);

// ---- nobody there ----

const isFirstPage = document.querySelector("[data-idle]") !== null;
const hasVisit = document.body.dataset.visit !== undefined;
let touchedAt = Number((history.state as { touchedAt?: number } | null)?.touchedAt ?? Date.now());
let saidAt = Date.now();
let isWiped = false;

function touched(event: Event): void {
  if ((event.target as HTMLElement | null)?.closest?.("#putus")) return;
  touchedAt = Date.now();
  if (history.state) history.replaceState(null, "");
  const veil = $("masih");
  // A finger on the veil takes it away when it lifts: else its click would land on what lies behind.
  if (veil && (event.type === "click" || !veil.contains(event.target as Node))) veil.hidden = true;
  if (hasVisit && Date.now() - saidAt > 20000) {
    saidAt = Date.now();
    void isAlive(); // the server counts touches too
  }
}
for (const kind of ["pointerdown", "keydown", "click"]) window.addEventListener(kind, touched, true);

/** Nothing of anybody stays on the screen, whether the server is there or not; then the first page. */
function wipe(): void {
  isWiped = true;
  document.querySelector("main")?.replaceChildren();
  $("masih")!.hidden = true;
  const form = $("tutup") as HTMLFormElement | null;
  void whenAlive(() => (hasVisit && form ? form.submit() : window.location.assign("/anjungan")), true);
}

function watch(): void {
  const idle = (Date.now() - touchedAt) / 1000;
  const veil = $("masih");
  if (!veil || isFirstPage || isWiped) return;
  if (idle >= WIPE_S) return wipe();
  if (idle < WARN_S || !hasVisit || next !== undefined) return;
  if (veil.hidden) {
    veil.hidden = false;
    veil.querySelector<HTMLElement>("[data-stay]")?.focus();
  }
  const left = veil.querySelector("[data-left]");
  if (left) left.textContent = String(Math.max(1, Math.ceil(WIPE_S - idle)));
}

// ---- the first page mends itself ----

function attend(): void {
  if (!isFirstPage) return;
  window.setInterval(() => void isAlive().then((is) => { if (!is) void whenAlive(() => window.location.reload()); }), ALIVE_MS);
  window.setTimeout(() => void whenAlive(() => window.location.reload()), 6 * 3600 * 1000);
}

function tick(): void {
  const clock = document.querySelector<HTMLElement>("[data-clock]");
  const [hour, minute] = (clock?.textContent ?? "0.0").split(".").map(Number);
  if (clock) {
    const next = (hour * 60 + minute + 1) % 1440;
    clock.textContent = `${String(Math.floor(next / 60)).padStart(2, "0")}.${String(next % 60).padStart(2, "0")}`;
  }
}

// ---- paper ----

const PRINT_PAUSE_MS = 4000; // pressed again at once is one copy
let isPrinting = false;

async function print(isFirst: boolean): Promise<void> {
  const sheets = [...document.querySelectorAll<HTMLImageElement>("[data-sheets] img")];
  if (isPrinting) return;
  isPrinting = true;
  window.setTimeout(() => { isPrinting = false; }, PRINT_PAUSE_MS);
  try {
    await Promise.all(sheets.map((sheet) => sheet.decode()));
  } catch { // a page did not come: half a letter is never printed
    window.setTimeout(again, 2000);
    return;
  }
  if (isWiped) return;
  if (isFirst) {
    const form = $("tercetak") as HTMLFormElement | null;
    if (form) void fetch(form.action, { method: "POST", keepalive: true, body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) }).catch(() => undefined);
  }
  window.print();
}

function papers(): void {
  const sheets = document.querySelector<HTMLElement>("[data-sheets]");
  if (sheets?.dataset.print !== undefined) {
    history.replaceState(history.state, "", window.location.pathname); // loaded again it is only looked at
    void print(true);
  }
  document.querySelector("[data-again]")?.addEventListener("click", () => void print(false));
  const wait = document.querySelector<HTMLElement>("[data-wait]");
  if (wait) window.setTimeout(again, 500);
}

// ---- read aloud ----

function voice(): void {
  const button = document.querySelector<HTMLElement>("[data-listen]");
  if (!button || !("speechSynthesis" in window)) return;
  // A machine without an Indonesian voice would be silent, or read as a foreigner does. Voices come when they come.
  const show = (): void => { button.hidden = !window.speechSynthesis.getVoices().some((one) => one.lang.toLowerCase().startsWith("id")); };
  window.speechSynthesis.addEventListener("voiceschanged", show);
  show();
  button.addEventListener("click", () => {
    const words = [...document.querySelectorAll<HTMLElement>("main h1, main [data-say]")].map((el) => el.innerText).join(". ");
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = "id-ID";
    speech.rate = 0.9;
    window.speechSynthesis.cancel();
    window.speechSynthesis.speak(speech);
  });
}

pads();
boards();
attend();
papers();
voice();
window.setInterval(watch, 250);
// Until somebody has answered, or nobody waits for it any more.
window.setInterval(() => {
  if (document.body.dataset.called !== undefined && next === undefined && Date.now() - touchedAt < WIPE_S * 1000) void isAlive();
}, 5000);
window.setInterval(tick, 60000);
// What is closed runs down.
window.setInterval(() => {
  const left = document.querySelector<HTMLProgressElement>("[data-left]");
  if (left) left.value -= 1;
}, 1000);
// A long press opens no menu of the browser's, and nothing is dragged away.
for (const kind of ["contextmenu", "dragstart"]) document.addEventListener(kind, (event) => event.preventDefault());
// A page from the history is somebody else's: the server says what stands there now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
