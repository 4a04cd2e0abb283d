// What is typed is on disk within two seconds; what somebody else wrote is seen and put together.

import { Refused, ask, tell } from "./api";
import { button, dialog, h, word } from "./dom";

const PAUSE = 600;
const LONGEST = 1500;
const LOOK = 2000;

export class Saver {
  private file = "";
  private base = "";
  private began = "";
  private timer = 0;
  private since = 0;
  private busy: Promise<void> | null = null;
  private asking = false;
  private why = "edit";

  constructor(
    readonly text: () => string,
    readonly replace: (text: string) => void,
    readonly say: (state: "saved" | "saving" | "failed", text: string) => void,
  ) {
    setInterval(() => void this.look(), LOOK);
    document.addEventListener("visibilitychange", () => document.hidden && void this.flush());
    // A page that is closed at once is held for the moment that saving takes.
    addEventListener("beforeunload", (event) => {
      if (!this.isDirty) return;
      void this.flush();
      event.preventDefault();
    });
  }

  open(file: string, text: string, version: string): void {
    clearTimeout(this.timer);
    [this.file, this.base, this.began, this.since] = [file, version, text, 0];
    this.say("saved", word("desk-saved"));
  }

  get isDirty(): boolean {
    return this.file !== "" && this.text() !== this.began;
  }

  changed(why = "edit"): void {
    if (why !== "edit") this.why = why;
    const now = performance.now();
    this.since ||= now;
    clearTimeout(this.timer);
    this.say("saving", word("desk-saving"));
    this.timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(PAUSE, this.since + LONGEST - now)));
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.busy) await this.busy;
    if (!this.isDirty || this.asking) {
      if (!this.isDirty && this.file) this.say("saved", word("desk-saved"));
      return;
    }
    this.busy = this.save().finally(() => (this.busy = null));
    await this.busy;
  }

  private async save(): Promise<void> {
    const [file, text, why] = [this.file, this.text(), this.why];
    this.since = 0;
    try {
      const saved = await tell("/api/source", { file, base: this.base, began: this.began, text, why });
      if (file !== this.file) return;
      [this.base, this.began, this.why] = [saved.version, text, "edit"];
      this.say("saved", saved.notice ? word("desk-saved-utf8") : word("desk-saved"));
      if (this.isDirty) this.changed();
    } catch (error) {
      if (file !== this.file) return;
      if (error instanceof Refused && error.status === 409) return this.settle(error.data);
      this.say("failed", error instanceof Refused ? error.message : word("desk-unreachable"));
      this.timer = setTimeout(() => void this.flush(), LOOK);
    }
  }

  /// Whether another program or tab wrote the file.
  private async look(): Promise<void> {
    if (!this.file || this.busy || this.asking || document.hidden) return;
    const file = this.file;
    try {
      const { version } = await ask("/api/state", { file });
      if (file !== this.file || this.busy || this.asking || version === this.base) return;
      if (this.isDirty) return this.flush();
      const there = await ask("/api/source", { file });
      if (file !== this.file || this.isDirty) return;
      [this.base, this.began] = [there.version, there.text];
      this.replace(there.text);
      this.say("saved", word("desk-taken-from-disk"));
    } catch {
      // The next look will tell; a text that cannot be saved is told of by itself.
    }
  }

  /// Both texts put together where they can be, else a person says.
  private settle(there: Record<string, any>): void {
    const take = (text: string) => {
      [this.base, this.began] = [there["version"], there["text"]];
      this.replace(text);
      this.asking = false;
      this.changed("merge");
    };
    if (typeof there["merged"] === "string") {
      take(there["merged"]);
      this.say("saving", word("desk-put-together"));
      return;
    }
    this.asking = true;
    const mine = this.text();
    const box = dialog(
      word("desk-two-texts"),
      h("p", {}, there["message"]),
      h(
        "div",
        { class: "row" },
        button(word("desk-take-mine"), () => (take(mine), box.close()), { class: "primary" }),
        button(word("desk-take-theirs"), () => (take(there["text"]), box.close())),
        typeof there["marked"] === "string" && button(word("desk-take-both"), () => (take(there["marked"]), box.close())),
      ),
      h("p", { class: "hint" }, word("desk-two-texts-hint")),
    );
    // Until it is decided nothing is saved; closing the question decides for what stands here.
    box.addEventListener("close", () => this.asking && take(mine));
  }
}
