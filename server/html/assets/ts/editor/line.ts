// SPDX-License-Identifier: AGPL-3.0-or-later
// One line of content in a panel, with chips as on the canvas.
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { linePlugins } from "./canvas";
import { fieldOf, insertInline } from "./commands";
import { h, icon } from "./dom";
import { cleanSlice } from "./paste";
import { Choice, openPicker } from "./picker";
import { Json, schema } from "./schema";
import { contentJson, contentNodes } from "./tree";
import { allFields } from "./words";

/** Fields as choices of a picker. */
export function fieldChoices(run: (name: string) => void): Choice[] {
  return allFields().filter((field) => !field.is_list).map((field) => ({
    label: field.label, hint: [field.sample, field.group].filter(Boolean).join(" · "), name: field.name, icon: "braces", run: () => run(field.name),
  }));
}

/** A box with the line; `changed` gets its content after each change. */
export function lineBox(label: string, content: Json | undefined, changed: (json: Json) => void): HTMLElement {
  const box = h("div", { class: "ed-line" });
  const doc = schema.nodes.list_line.create({ keys: {} }, contentNodes(content));
  const view = new EditorView(box, {
    state: EditorState.create({ doc, plugins: linePlugins() }),
    attributes: { role: "textbox", "aria-label": label },
    transformPasted: (slice) => cleanSlice(slice),
    dispatchTransaction: (tr) => {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) changed(contentJson(view.state.doc));
    },
  });
  const add = h("button", {
    type: "button", class: "ed-line-add", title: "Sisipkan isian", "aria-label": `Sisipkan isian ke ${label}`,
    onclick: () => {
      const at = add.getBoundingClientRect();
      const around = box.closest<HTMLElement>(".ed") ?? document.body;
      openPicker(around, at, "Cari isian", fieldChoices((name) => {
        view.dispatch(insertInline(view.state, fieldOf(name)));
        view.focus();
      }), () => view.focus());
    },
  }, icon("braces"));
  box.append(add);
  return box;
}
