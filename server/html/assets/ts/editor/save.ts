// SPDX-License-Identifier: AGPL-3.0-or-later
// The draft is kept while one writes: on the server with the edition it was made from, and in the tab until the server has it.
import { h, icon } from "./dom";
import { post } from "./paper";

const PAUSE_MS = 1500;
const LONGEST_MS = 10000;
const AGAIN_MS = 5000;
const KEPT_MS = 12 * 3600 * 1000;

/** As the server makes them: 16 random bytes, so that a sending whose answer was lost is recognised. */
function freshOnce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

type Kept = { at: number; tree: string };

export class Saver {
  edition: number;
  private saved: string;
  private sending: Promise<void> | null = null;
  private unsure: { tree: string; fields: URLSearchParams } | null = null; // sent, its answer lost: sent again as it was
  private timer = 0;
  private firstAt = 0;
  private isStopped = false;
  private readonly key = `editor ${document.querySelector<HTMLElement>("summary > .who")?.dataset.account ?? ""} ${location.pathname}`; // nobody else's in this tab
  private readonly state = h("span", { class: "ed-saved", role: "status" });

  constructor(private readonly form: HTMLFormElement, private readonly tree: () => string, private readonly fields: () => URLSearchParams,
    private readonly conflict: (by: string) => void, private readonly over: () => void) {
    this.edition = Number(form.dataset.edition ?? "0");
    this.saved = tree();
    document.querySelector(".topbar .end")?.prepend(this.state);
    window.addEventListener("beforeunload", (event) => {
      if (!this.isStopped && this.isDirty()) event.preventDefault();
    });
    window.addEventListener("online", () => void this.now());
  }

  isDirty = (): boolean => this.tree() !== this.saved;

  /** What this tab wrote and the server never got; null when there is none or the page has it already. */
  left(): string | null {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null") as Kept | null;
      return kept && Date.now() - kept.at < KEPT_MS && kept.tree !== this.saved ? kept.tree : null;
    } catch {
      return null;
    }
  }
  forget = (): void => sessionStorage.removeItem(this.key);

  /** Called for each change. */
  changed(): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ at: Date.now(), tree: this.tree() }));
    } catch { // the tab's store is full: the server is asked sooner or later all the same
    }
    this.firstAt ||= Date.now();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), Math.max(0, Math.min(PAUSE_MS, this.firstAt + LONGEST_MS - Date.now())));
  }

  /** Saves what is not saved, after what is under way. */
  async now(): Promise<void> {
    window.clearTimeout(this.timer);
    while (this.sending) await this.sending;
    if (this.isStopped || (!this.isDirty() && !this.unsure)) return;
    this.sending = this.send().finally(() => (this.sending = null));
    await this.sending;
    if (!this.isStopped && !this.unsure && this.isDirty()) this.changed();
  }

  /** Ends keeping: the page is left on purpose. */
  stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
  }

  /** After a conflict, or signing in again. */
  goOn(edition = this.edition): void {
    this.edition = edition;
    this.isStopped = false;
    void this.now();
  }

  private async send(): Promise<void> {
    const tree = this.unsure?.tree ?? this.tree();
    const fields = this.unsure?.fields ?? this.fields();
    if (!this.unsure) {
      fields.set("_once", freshOnce());
      fields.set("versi", String(this.edition));
      fields.set("tree", tree);
      fields.delete("warga"); // whose data fill the paper is no part of the draft
    }
    fields.set("_csrf", this.form.querySelector<HTMLInputElement>("[name=_csrf]")?.value ?? "");
    this.firstAt = 0;
    this.say("loader", "Menyimpan…", "busy");
    const answer = await post(this.form.dataset.save ?? "", fields);
    this.unsure = answer === "no line" ? { tree, fields } : null;
    if (answer === "no line") {
      this.say("cloud-off", "Belum tersimpan: sambungan terputus. Dicoba lagi sendiri.", "lost");
      this.timer = window.setTimeout(() => void this.now(), AGAIN_MS);
    } else if (answer === "signed out") {
      this.isStopped = true;
      this.say("cloud-off", "Belum tersimpan: masuk lagi.", "lost");
      this.over();
    } else if (answer.status === 409) {
      this.isStopped = true;
      this.edition = Number(answer.json.edition);
      this.say("circle-alert", "Belum tersimpan: orang lain mengubahnya.", "lost");
      this.conflict(String(answer.json.by ?? ""));
    } else if (!answer.ok) {
      this.saved = tree; // not sent again until it is another
      this.say("circle-alert", `Belum tersimpan. ${answer.json.fault ?? ""}`, "lost");
    } else {
      this.saved = tree;
      this.edition = Number(answer.json.edition);
      for (const box of document.querySelectorAll<HTMLInputElement>("main [name=versi]")) box.value = String(this.edition); // of "Buang konsep", too
      if (!this.isDirty()) this.forget();
      this.say("cloud-check", `Tersimpan ${String(answer.json.at ?? "")}`, "saved");
    }
  }

  private say(image: string, words: string, state: string): void {
    this.state.replaceChildren(icon(image), words);
    this.state.dataset.state = state;
  }
}
