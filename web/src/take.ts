// The view "take": books to take home, excerpts to send out, and the proof.

import { address, ask, tell } from "./api";
import { button, fill, h, word } from "./dom";

interface Check {
  id: string;
  ok: boolean;
  figure: string;
  source?: string;
  findings: { message: string }[];
}

export class Take {
  readonly element = h("section", { class: "take pane", "aria-label": word("desk-tab-take") });
  private readonly result = h("div", { class: "result", "aria-live": "polite" });
  private readonly boxes: HTMLInputElement[] = [];
  private running: number | null = null;

  constructor(
    readonly file: () => string,
    readonly flush: () => Promise<void>,
  ) {
    const box = (name: string, id: string, checked: boolean) => {
      const input = h("input", { type: "checkbox", name, checked });
      this.boxes.push(input);
      return h("label", { class: "tick" }, input, word(id));
    };
    const make = button(word("desk-take-make"), () => void this.make(null), { class: "primary" });
    const speeches = h("input", { id: "part-speeches", type: "text", placeholder: "1,3-5" });
    const people = h("input", { id: "part-people", type: "text" });
    const party = h("input", { id: "part-party", type: "text" });
    const to = h("input", { id: "part-to", type: "text" });
    const split = h("input", { type: "checkbox" });
    const list = (input: HTMLInputElement) => input.value.split(/[,，、\s]+/).filter(Boolean);
    const send = button(word("desk-take-excerpt"), () => {
      void this.make({
        speeches: speeches.value.trim() ? [speeches.value.trim().replaceAll("，", ",")] : [],
        speakers: list(people),
        parties: list(party),
        to: to.value.trim() || null,
        split: split.checked,
      });
    });
    const field = (input: HTMLInputElement, id: string) =>
      h("div", { class: "field text" }, h("label", { for: input.id }, word(id)), input);
    fill(
      this.element,
      h("h2", {}, word("desk-tab-take")),
      h(
        "fieldset",
        {},
        h("legend", {}, word("desk-take-books")),
        box("pdf", "desk-take-pdf", true),
        box("epub", "desk-take-epub", true),
        box("docx", "desk-take-docx", true),
        box("booklet", "desk-take-booklet", false),
        box("press", "desk-take-press", false),
        make,
      ),
      h(
        "fieldset",
        {},
        h("legend", {}, word("desk-take-part")),
        h("p", { class: "hint" }, word("desk-take-part-hint")),
        field(speeches, "desk-take-part-speeches"),
        field(people, "desk-take-part-people"),
        field(party, "desk-take-part-party"),
        field(to, "desk-take-part-to"),
        h("label", { class: "tick" }, split, word("desk-take-part-split")),
        send,
      ),
      this.result,
    );
  }

  private async make(excerpt: Record<string, unknown> | null): Promise<void> {
    const ticked = this.boxes.filter((b) => b.checked).map((b) => b.name);
    const formats = excerpt ? ["docx"] : ticked.filter((n) => ["pdf", "epub", "docx"].includes(n));
    try {
      await this.flush();
      const booklet = !excerpt && ticked.includes("booklet");
      const press = !excerpt && ticked.includes("press");
      if (booklet && !formats.includes("pdf")) formats.push("pdf");
      const { task } = await tell("/api/take", { file: this.file(), formats, booklet, press, excerpt });
      this.running = task;
      await this.follow(task);
    } catch (error) {
      fill(this.result, h("p", { class: "error", role: "alert" }, (error as Error).message));
    }
  }

  private async follow(task: number): Promise<void> {
    const bar = h("progress", { max: 1, value: 0, "aria-label": word("desk-take-progress") });
    const stage = h("span", {}, word("desk-working"));
    const stop = button(word("desk-take-stop"), () => {
      this.running = null;
      void tell("/api/cancel", { task });
      fill(this.result, h("p", { class: "hint" }, word("desk-take-stopped")));
    });
    fill(this.result, h("div", { class: "progress" }, bar, stage, stop));
    while (this.running === task) {
      const state = await ask("/api/task", { task });
      if (this.running !== task) return;
      bar.max = state.steps;
      bar.value = state.done;
      const names: Record<string, string> = { read: "desk-stage-read", write: "desk-stage-write", verify: "desk-stage-verify", impose: "desk-stage-impose" };
      const name = names[state.stage];
      stage.textContent = name ? word(name) : word("desk-stage-make", { format: String(state.stage).toUpperCase() });
      if (state.over) return this.done(task, state);
      await new Promise((go) => setTimeout(go, 150));
    }
  }

  private done(task: number, state: any): void {
    this.running = null;
    const size = (bytes: number) => (bytes > 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} KB`);
    const files = state.files as { name: string; size: number }[];
    fill(
      this.result,
      files.length > 0 && [
        h("h3", {}, word("desk-take-done")),
        h(
          "ul",
          { class: "files" },
          files.map((f) =>
            h(
              "li",
              {},
              h("a", { href: address("/api/file", { task, name: f.name }), download: f.name.split("/").at(-1) }, f.name),
              h("small", {}, size(f.size)),
            ),
          ),
        ),
        files.length > 1 &&
          h("a", { class: "button", href: address("/api/zip", { task }), download: "" }, word("desk-take-zip")),
      ],
      state.problems.map((p: any) =>
        h("p", { class: p.severity === "error" ? "error" : "warning" }, p.message, p.help && ` ${p.help}`),
      ),
      state.proof && this.proof(state.proof.checks),
    );
  }

  private proof(checks: Check[]): HTMLElement[] {
    const good = checks.filter((c) => c.ok).length;
    return [
      h("h3", {}, word("desk-proof", { good, count: checks.length })),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "group", "aria-label": word("desk-proof-table") },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h("tr", {}, h("th", { scope: "col" }, word("desk-proof-ok")), h("th", { scope: "col" }, word("desk-proof-rule")), h("th", { scope: "col" }, word("desk-proof-figure"))),
          ),
          h(
            "tbody",
            {},
            checks.map((c) =>
              h(
                "tr",
                { class: c.ok ? "ok" : "bad" },
                h("td", {}, h("span", { role: "img", "aria-label": word(c.ok ? "desk-yes" : "desk-no") }, c.ok ? "✓" : "✗")),
                h("td", {}, h("code", {}, c.id), c.source && h("small", {}, c.source)),
                h("td", {}, c.figure, c.findings.slice(0, 5).map((f) => h("p", { class: "error" }, f.message))),
              ),
            ),
          ),
        ),
      ),
    ];
  }
}
