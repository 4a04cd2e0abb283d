// The view "set": a form of the manifest's keys. What is filled in is saved when a field is left.

import { Refused, ask, tell } from "./api";
import { fill, h, word } from "./dom";

interface Field {
  key: string;
  label: string;
  kind: "text" | "number" | "flag" | "list" | "choice";
  choices: { value: string; label: string }[];
  value: unknown;
}

export class Settings {
  readonly element = h("section", { class: "form pane", "aria-label": word("desk-tab-set") });
  private version = "";
  private file = "";
  private saving: Promise<void> = Promise.resolve();

  constructor(
    readonly onSaved: () => void,
    readonly say: (text: string, bad?: boolean) => void,
  ) {}

  async open(file: string): Promise<void> {
    this.file = file;
    try {
      const form = await ask("/api/settings", { file });
      this.version = form.version;
      fill(
        this.element,
        h("h2", {}, word("desk-tab-set")),
        h("p", { class: "hint" }, word("desk-set-hint", { file: form.file })),
        form.groups.map((group: { label: string; fields: Field[] }) =>
          h("fieldset", {}, h("legend", {}, group.label), group.fields.map((field) => this.field(field))),
        ),
      );
    } catch (error) {
      fill(this.element, h("h2", {}, word("desk-tab-set")), h("p", { class: "error" }, (error as Error).message));
    }
  }

  private field(field: Field): HTMLElement {
    const id = `set-${field.key.replace(".", "-")}`;
    const value = field.value;
    let input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
    if (field.kind === "choice") {
      input = h(
        "select",
        { id },
        h("option", { value: "" }, word("desk-set-default")),
        field.choices.map((c) => h("option", { value: c.value, selected: c.value === value }, c.label)),
      );
    } else if (field.kind === "flag") {
      input = h("input", { id, type: "checkbox", checked: value === true });
    } else if (field.kind === "list") {
      const lines = Array.isArray(value) ? value.join("\n") : "";
      input = h("textarea", { id, rows: Math.max(2, lines.split("\n").length), "aria-describedby": `${id}-hint` }, lines);
    } else {
      input = h("input", { id, type: field.kind === "number" ? "number" : "text", min: 0, value: value ?? "" });
    }
    // One after the other: each begins with what the one before has written.
    input.addEventListener("change", () => (this.saving = this.saving.then(() => this.save(field, input))));
    const hint = field.kind === "list" && h("small", { id: `${id}-hint` }, word("desk-set-list-hint"));
    return h("div", { class: `field ${field.kind}` }, h("label", { for: id }, field.label), input, hint);
  }

  private async save(field: Field, input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): Promise<void> {
    let value: unknown = input.value;
    if (field.kind === "flag") value = (input as HTMLInputElement).checked || null;
    if (field.kind === "list") value = input.value.split("\n");
    if (field.kind === "number") value = input.value === "" ? null : Number(input.value);
    if (value === "") value = null;
    try {
      const saved = await tell("/api/settings", { file: this.file, version: this.version, changes: { [field.key]: value } });
      this.version = saved.version;
      input.removeAttribute("aria-invalid");
      this.say(word("desk-saved"));
      this.onSaved();
    } catch (error) {
      input.setAttribute("aria-invalid", "true");
      this.say((error as Error).message, true);
      if (error instanceof Refused && error.status === 409) await this.open(this.file);
    }
  }
}
