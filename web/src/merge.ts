// The view "merge": edited copies dropped, what they change, conflicts chosen.

import { drop, tell } from "./api";
import { button, fill, h, word } from "./dom";

interface Side {
  name: string;
  text: string;
  pieces: { kind: string; text: string }[];
}

interface Conflict {
  file: string;
  heading: string;
  sides: Side[];
}

interface Row {
  heading: string;
  state: string;
  why: string | null;
  lead: string;
  tail: string;
  pieces: { kind: string; text: string }[];
  who: { name: string; time: string | null; file: string }[];
}

export class Merge {
  readonly element = h("section", { class: "merge pane", "aria-label": word("desk-tab-merge") });
  private copies: { copy: string; name: string }[] = [];
  private readonly list = h("ul", { class: "files" });
  private readonly result = h("div", { class: "result", "aria-live": "polite" });

  constructor(
    readonly file: () => string,
    readonly flush: () => Promise<void>,
    readonly onDone: () => Promise<void>,
  ) {
    const picker = h("input", { type: "file", multiple: true, accept: ".docx", class: "hidden", id: "copies" });
    picker.addEventListener("change", () => void this.take([...(picker.files ?? [])]));
    const zone = h(
      "div",
      { class: "drop" },
      h("p", {}, word("desk-merge-drop")),
      button(word("desk-merge-choose"), () => picker.click()),
      h("label", { for: "copies", class: "hidden" }, word("desk-merge-choose")),
      picker,
    );
    catchFiles(zone, (files) => void this.take(files));
    fill(this.element, h("h2", {}, word("desk-tab-merge")), h("p", { class: "hint" }, word("desk-merge-hint")), zone, this.list, this.result);
  }

  clear(): void {
    this.copies = [];
    fill(this.list);
    fill(this.result);
  }

  async take(files: File[]): Promise<void> {
    const failed: HTMLElement[] = [];
    for (const file of files) {
      try {
        this.copies.push(await drop("/api/returned", file));
      } catch (error) {
        failed.push(h("p", { class: "error", role: "alert" }, (error as Error).message));
      }
    }
    this.draw();
    fill(this.result, failed);
    if (this.copies.length > 0) await this.merge(failed);
  }

  private draw(): void {
    fill(
      this.list,
      this.copies.map((c, k) =>
        h(
          "li",
          {},
          c.name,
          button("✕", () => {
            this.copies.splice(k, 1);
            this.draw();
            if (this.copies.length > 0) void this.merge([]);
            else fill(this.result);
          }, { "aria-label": word("desk-merge-remove", { name: c.name }) }),
        ),
      ),
    );
  }

  private async merge(before: HTMLElement[]): Promise<void> {
    fill(this.result, before, h("p", { class: "hint" }, word("desk-working")));
    try {
      await this.flush();
      const merged = await tell("/api/merge", { file: this.file(), copies: this.copies.map((c) => c.copy) });
      this.show(merged, before);
    } catch (error) {
      fill(this.result, before, h("p", { class: "error", role: "alert" }, (error as Error).message));
    }
  }

  private show(merged: any, before: HTMLElement[]): void {
    const conflicts = merged.conflicts as Conflict[];
    const { totals, missing, edits, comments } = merged.report;
    const chosen: (string | null)[] = conflicts.map(() => null);
    const apply = button(word("desk-merge-apply"), () => void this.decide(merged.merge, chosen as string[]), { class: "primary", disabled: conflicts.length > 0 });
    const left = h("p", { class: "hint", role: "status" });
    const count = () => {
      const open = chosen.filter((c) => c === null).length;
      apply.disabled = open > 0;
      left.textContent = open > 0 ? word("desk-merge-open", { count: open }) : "";
    };
    count();
    fill(
      this.result,
      before,
      merged.problems.map((p: any) => h("p", { class: p.severity === "error" ? "error" : "warning" }, p.message)),
      h("p", { class: "totals" }, word("desk-merge-totals", totals)),
      missing.length > 0 && h("p", { class: "warning" }, word("desk-merge-missing", { names: missing.join("、") })),
      conflicts.map((c, k) => this.conflict(c, k, (text) => { chosen[k] = text; count(); })),
      h("div", { class: "row" }, apply, left),
      this.groups(edits as Row[]),
      comments.length > 0 && [
        h("h3", {}, word("desk-merge-comments")),
        h("ul", { class: "comments" }, comments.map((c: any) => h("li", {}, h("strong", {}, c.author || c.file), c.on && h("q", {}, c.on), h("span", {}, c.text)))),
      ],
    );
  }

  private conflict(conflict: Conflict, k: number, choose: (text: string | null) => void): HTMLElement {
    const own = h("textarea", { id: `conflict-${k}`, rows: 4 });
    const name = `choice-${k}`;
    const radio = (value: number, label: string, text: () => string) => {
      const input = h("input", { type: "radio", name, value, id: `${name}-${value}` });
      input.addEventListener("change", () => choose(text()));
      return [input, h("label", { for: input.id }, label)];
    };
    const last = conflict.sides.length;
    own.value = conflict.sides[0]?.text ?? "";
    own.addEventListener("input", () => {
      const input = box.querySelector<HTMLInputElement>(`#${name}-${last}`);
      if (input) input.checked = true;
      choose(own.value);
    });
    const box: HTMLElement = h(
      "fieldset",
      { class: "conflict" },
      h("legend", {}, word("desk-merge-conflict", { number: k + 1 }), conflict.heading && ` · ${conflict.heading}`),
      h(
        "div",
        { class: "sides" },
        conflict.sides.map((side, n) =>
          h("div", { class: "side" }, h("div", { class: "pick" }, radio(n, side.name, () => side.text)), h("div", { class: "text" }, side.text ? side.pieces.filter((p) => p.kind !== "old").map((p) => (p.kind === "new" ? h("ins", {}, p.text) : p.text)) : word("desk-merge-empty"))),
        ),
        h("div", { class: "side" }, h("div", { class: "pick" }, radio(last, word("desk-merge-own"), () => own.value)), h("label", { class: "hidden", for: own.id }, word("desk-merge-own")), own),
      ),
    );
    return box;
  }

  private groups(edits: Row[]): HTMLElement[] {
    const by = new Map<string, Row[]>();
    for (const edit of edits) by.set(edit.heading, [...(by.get(edit.heading) ?? []), edit]);
    return [...by].map(([heading, rows]) =>
      h(
        "details",
        { open: true },
        h("summary", {}, heading, h("small", {}, String(rows.length))),
        rows.map((row) =>
          h(
            "p",
            { class: `edit ${row.state}` },
            row.lead,
            row.pieces.map((piece) => (piece.kind === "old" ? h("del", {}, piece.text) : piece.kind === "new" ? h("ins", {}, piece.text) : piece.text)),
            row.tail,
            h("small", {}, row.who.map((w) => w.name || w.file).join("、"), row.why && ` · ${row.why}`),
          ),
        ),
      ),
    );
  }

  private async decide(merge: number, choices: string[]): Promise<void> {
    try {
      await tell("/api/decide", { merge, choices });
      this.clear();
      fill(this.result, h("p", { class: "done", role: "status" }, word("desk-merge-done")));
      await this.onDone();
    } catch (error) {
      fill(this.result, h("p", { class: "error", role: "alert" }, (error as Error).message));
    }
  }
}

/// Files that are dropped on an element.
export function catchFiles(zone: HTMLElement, take: (files: File[]) => void): void {
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    event.stopPropagation();
    zone.classList.remove("over");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) take(files);
  });
}
