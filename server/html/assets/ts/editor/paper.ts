// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper at the right of the editor, and what is wrong with the letter.
import { Answer, LivePaper } from "../paper";
import { h, icon } from "./dom";

export type Problem = { level: "must" | "should"; path: string; block: number; words: string; fix: string };

export class Paper {
  private readonly paper: LivePaper;

  /** `fields` are what the preview is asked with; `problems` gets what is wrong, `over` hears that the session is over; `change` asks for another
   *  example: null of a letter, which has its own answers. */
  constructor(readonly element: HTMLElement, address: string, fields: () => URLSearchParams, problems: (list: Problem[]) => void, over: () => void, change: (() => void) | null) {
    const sheets = h("div", { class: "ed-sheets" }, ...element.querySelectorAll("img"));
    const said = h("p", { class: "ed-said", role: "status" });
    element.classList.add("ed-paper");
    element.replaceChildren(h("div", { class: "ed-stick" },
      h("div", { class: "ed-paper-head" }, h("h2", {}, "Kertas"), ...(change ? [h("button", { type: "button", class: "link", onclick: change }, "Ganti contoh")] : [])), sheets, said));
    this.paper = new LivePaper({ element, sheets, said }, address, fields, {
      over,
      failed: "Kertas belum bisa dibuat dari isi ini. Lihat daftar di bawah.",
      drawn: (answer, shown, count) => {
        problems((answer as Answer & { problems?: Problem[] }).problems ?? []);
        return `Halaman 1${count > 1 ? ` sampai ${Math.min(shown, count)}` : ""} dari ${count}${change ? ", dengan isi contoh" : ""}.`;
      },
    });
  }

  /** After a pause; at once when nothing is shown yet. */
  soon(pause?: number): void {
    this.paper.soon(pause);
  }
}

/** The list of what is wrong; `go` leads to the part. */
export function showProblems(list: HTMLElement, count: HTMLElement | null, problems: Problem[], go: (problem: Problem) => void): void {
  const musts = problems.filter((problem) => problem.level === "must").length;
  if (count) count.textContent = problems.length === 0 ? "Tidak ada" : `${musts} harus, ${problems.length - musts} sebaiknya`;
  const entry = (problem: Problem): HTMLElement => {
    const [, first, rest] = /^(.*?[.:])(\s[\s\S]*)?$/.exec(problem.words) ?? ["", problem.words, ""];
    const lead = problem.fix ? [h("a", { href: problem.fix }, "Benahi")] : problem.block > 0
      ? [h("button", { type: "button", class: "link", onclick: () => go(problem) }, `Ke bagian ${problem.block}`)] : problem.path
        ? [h("button", { type: "button", class: "link", onclick: () => go(problem) }, "Ke bagiannya")] : [];
    const sign = icon(problem.level === "must" ? "circle-alert" : "triangle-alert");
    sign.classList.add(problem.level === "must" ? "bad" : "care");
    return h("li", { "data-path": problem.path }, sign, h("span", {}, h("span", { class: "unseen" }, problem.level === "must" ? "Harus: " : "Sebaiknya: "), h("b", {}, first ?? ""), rest ?? ""), ...lead);
  };
  list.replaceChildren(...problems.map(entry));
  if (problems.length === 0) list.append(h("li", {}, icon("circle-check"), h("span", {}, "Semua sudah beres.")));
}
