// SPDX-License-Identifier: AGPL-3.0-or-later
// The draft is kept while one writes: on the server with the edition it was made from, and in the tab until the server has it.
import { h, icon } from "./dom";
import { post } from "../paper";

const PAUSE_MS = 1500;
const LONGEST_MS = 10000;
const AGAIN_MS = 5000;
const KEPT_MS = 12 * 3600 * 1000;

/** As the server makes them: 16 random bytes, so that a sending whose answer was lost is recognised. */
function freshOnce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

type Kept = { at: number; tree: string; edition: number };

/** What the page does: when somebody else saved meanwhile, when the session is over, and when the server has the draft, in its words. */
export type Hears = { conflict: (by: string) => void; over: () => void; saved: (words: string) => void };

export class Saver {
  edition: number; // that the text was made from: somebody else's never becomes it by itself
  held: "" | "line" | "session" | "conflict" = ""; // why the server has not got the newest text
  readonly element = h("span", { class: "ed-saved", role: "status" });
  private theirs = 0; // in a conflict: the edition that somebody else saved
  private saved: string;
  private sending: Promise<void> | null = null;
  private unsure: { tree: string; fields: URLSearchParams } | null = null; // sent, its answer lost: sent again as it was
  private timer = 0;
  private firstAt = 0;
  private isLeft = false;
  private readonly key = `editor ${document.querySelector<HTMLElement>("summary > .who")?.dataset.account ?? ""} ${location.pathname}`; // nobody else's in this tab

  constructor(private readonly form: HTMLFormElement, private readonly tree: () => string, private readonly fields: () => URLSearchParams, private readonly hears: Hears) {
    this.edition = Number(form.dataset.edition ?? "0");
    this.saved = tree();
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeft && this.isDirty()) event.preventDefault();
    });
    window.addEventListener("pageshow", (event) => event.persisted && (this.isLeft = false));
    window.addEventListener("online", () => void this.now());
  }

  isDirty = (): boolean => this.tree() !== this.saved;

  /** What this tab wrote and the server never got, which is from now on of the edition that it was made from; null when there is none or
   *  the page has it already. */
  left(): string | null {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null") as Kept | null;
      if (!kept || Date.now() - kept.at >= KEPT_MS || kept.tree === this.saved) return null;
      this.edition = kept.edition;
      return kept.tree;
    } catch {
      return null;
    }
  }
  forget(): void {
    sessionStorage.removeItem(this.key);
    delete this.form.dataset.kept;
  }

  /** Called for each change. */
  changed(): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ at: Date.now(), tree: this.tree(), edition: this.edition }));
      this.form.dataset.kept = String(Date.now()); // the question for the password says so
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
    if (this.isLeft || this.held === "conflict" || (!this.isDirty() && !this.unsure)) return;
    this.sending = this.send().finally(() => (this.sending = null));
    await this.sending;
    if (!this.isLeft && this.held === "" && this.isDirty()) this.changed();
  }

  /** Ends keeping: the page is left now. */
  stop(): void {
    this.isLeft = true;
    window.clearTimeout(this.timer);
  }

  /** Somebody else saved that edition: nothing is sent until it is chosen whose text stays. */
  hold(theirs: number, by: string): void {
    this.held = "conflict";
    this.theirs = theirs;
    this.say("circle-alert", "Belum tersimpan: orang lain mengubahnya.", "lost");
    this.hears.conflict(by);
  }

  /** Chosen: this text takes the place of theirs. */
  takeOver(): void {
    this.edition = this.theirs;
    this.held = "";
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
    this.held = "";
    if (answer === "no line") {
      this.held = "line";
      this.say("cloud-off", "Belum tersimpan: sambungan terputus. Dicoba lagi sendiri.", "lost");
      this.timer = window.setTimeout(() => void this.now(), AGAIN_MS);
    } else if (answer === "signed out") {
      this.held = "session";
      this.say("cloud-off", "Belum tersimpan: masuk lagi.", "lost");
      this.hears.over();
    } else if (answer.status === 409) {
      this.hold(Number(answer.json.edition), String(answer.json.by ?? ""));
    } else if (!answer.ok) {
      this.saved = tree; // not sent again until it is another
      this.say("circle-alert", `Belum tersimpan. ${answer.json.fault ?? ""}`, "lost");
    } else {
      this.saved = tree;
      this.edition = Number(answer.json.edition);
      for (const box of document.querySelectorAll<HTMLInputElement>("main [name=versi]")) box.value = String(this.edition); // of "Buang konsep", too
      if (!this.isDirty()) this.forget();
      this.say("cloud-check", `Tersimpan ${String(answer.json.at ?? "")}`, "saved");
      this.hears.saved(String(answer.json.words ?? ""));
    }
  }

  private say(image: string, words: string, state: string): void {
    this.element.replaceChildren(icon(image), h("span", {}, words));
    this.element.dataset.state = state;
  }
}
