// The desk's page: four views over one file.

import { Refused, ask, drop, setLang, tell } from "./api";
import { add, button, dialog, fill, h, setWords, word } from "./dom";
import { Editor, type Finding } from "./editor";
import { Settings } from "./forms";
import { Merge, catchFiles } from "./merge";
import { Pages } from "./pages";
import { Saver } from "./saver";
import { Take } from "./take";

type View = "write" | "set" | "take" | "merge";
const VIEWS: View[] = ["write", "set", "take", "merge"];
const TAB = crypto.randomUUID();
/// Findings drawn at most; the rest are counted.
const MOST = 200;

interface Row {
  kind: "title" | "part" | "speech";
  text: string;
  names?: string;
  at: number | null;
  page: number | null;
}

class Desk {
  private file = "";
  private view: View = "write";
  private count = 0;
  private looking = false;
  private again = false;
  private settle = 0;
  private found: Finding[] = [];
  private readonly editor: Editor;
  private readonly pages: Pages;
  private readonly saver: Saver;
  private readonly settings: Settings;
  private readonly take: Take;
  private readonly merge: Merge;
  private readonly outline = h("nav", { class: "outline pane", "aria-label": word("desk-outline") });
  private readonly findings = h("section", { class: "findings pane", "aria-label": word("desk-findings") });
  private readonly trouble = h("div", { class: "trouble", role: "status" });
  private readonly state = h("span", { class: "save", role: "status" });
  private readonly title = button("", () => void this.files(), { class: "file", "aria-haspopup": "dialog" });
  private readonly main = h("main", { id: "main" });
  private readonly tabs: Map<View, HTMLButtonElement> = new Map();
  private readonly write: HTMLElement;
  private readonly parts: Map<string, HTMLButtonElement> = new Map();

  constructor(root: HTMLElement) {
    const box = h("div", { class: "editor" });
    this.editor = new Editor(
      box,
      (byPerson) => this.changed(byPerson),
      (at) => this.moved(at),
      (finding) => this.fix(finding),
    );
    this.pages = new Pages(
      () => this.file,
      (from, to) => {
        this.part("text");
        this.editor.go(from, to);
      },
    );
    this.saver = new Saver(
      () => this.editor.text,
      (text) => this.editor.replace(text),
      (state, text) => this.say(text, state === "failed", state),
    );
    const flush = () => this.saver.flush();
    this.settings = new Settings(() => this.look(), (text, bad) => this.say(text, bad));
    this.take = new Take(() => this.file, flush);
    this.merge = new Merge(() => this.file, flush, () => this.reload());
    const tool = (id: string, run: () => void, keys: string) => button(word(id), run, { title: `${word(id)} ${keys}` });
    this.write = h(
      "div",
      { class: "write" },
      this.outline,
      h(
        "section",
        { class: "source pane", "aria-label": word("desk-source") },
        h(
          "div",
          { class: "bar" },
          tool("desk-undo", () => this.editor.undo(), "Ctrl+Z"),
          tool("desk-redo", () => this.editor.redo(), "Ctrl+Y"),
          tool("desk-find", () => this.editor.search(), "Ctrl+F"),
          button(word("desk-standard"), () => void this.standard(), { "aria-haspopup": "dialog" }),
          button(word("desk-history"), () => void this.history(), { "aria-haspopup": "dialog" }),
        ),
        this.trouble,
        box,
        this.findings,
      ),
    );
    const nav = h("nav", { class: "tabs", "aria-label": word("desk-views") });
    VIEWS.forEach((view, k) => {
      const tab = button(word(`desk-tab-${view}`), () => this.go(view), { title: `Alt+${k + 1}` });
      this.tabs.set(view, tab);
      nav.appendChild(tab);
    });
    const parts = h("nav", { class: "parts", "aria-label": word("desk-parts") });
    for (const part of ["outline", "text", "pages"]) {
      const choose = button(word(`desk-part-${part}`), () => this.part(part));
      this.parts.set(part, choose);
      parts.appendChild(choose);
    }
    const other = document.documentElement.lang.startsWith("zh") ? "en" : "zh-CN";
    fill(
      root,
      h("a", { class: "skip", href: "#main" }, word("desk-skip")),
      h(
        "header",
        { class: "top" },
        h("h1", {}, h("span", { class: "mark", "aria-hidden": "true" }), word("desk-name")),
        this.title,
        nav,
        this.state,
        button(other === "en" ? "English" : "中文", () => void this.speak(other), { lang: other, class: "lang" }),
      ),
      parts,
      this.main,
    );
    this.part("text");
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => this.route());
    // A file dropped anywhere else must not take the page away.
    catchFiles(document.body, (files) => void this.dropped(files));
  }

  async start(): Promise<void> {
    const asked = sessionStorage.getItem("file") ?? localStorage.getItem("file");
    if (asked && (await this.open(asked, false))) this.route();
    else await this.welcome();
  }

  private say(text: string, bad = false, state: string = bad ? "failed" : "saved"): void {
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.className = `save ${state}`;
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey && /^[1-4]$/.test(event.key) && this.file) {
      event.preventDefault();
      this.go(VIEWS[Number(event.key) - 1]!);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      void this.saver.flush();
    } else if ((event.ctrlKey || event.metaKey) && event.key === "o") {
      event.preventDefault();
      void this.files();
    }
  }

  private async speak(lang: string): Promise<void> {
    await this.saver.flush();
    localStorage.setItem("lang", lang);
    location.reload();
  }

  // --- files ---------------------------------------------------------------------------------

  private async welcome(): Promise<void> {
    this.file = "";
    this.title.textContent = word("desk-no-file");
    this.tabs.forEach((tab) => (tab.disabled = true));
    document.body.dataset["view"] = "welcome";
    fill(this.main, h("div", { class: "welcome pane" }, await this.chooser(() => undefined)));
  }

  private async files(): Promise<void> {
    await this.saver.flush();
    const content = h("div", { class: "chooser" });
    const box = dialog(word("desk-files"), content);
    add(content, await this.chooser(() => box.close()));
  }

  private async chooser(done: () => void): Promise<HTMLElement[]> {
    const { files } = (await ask("/api/files")) as { files: { name: string; is_text: boolean; size: number }[] };
    const trouble = h("p", { class: "error", role: "alert", hidden: true });
    const fail = (error: unknown) => {
      trouble.hidden = false;
      const help = error instanceof Refused ? error.data.help : null;
      trouble.textContent = [(error as Error).message, help].filter(Boolean).join(" ");
    };
    const open = async (file: string) => {
      try {
        if (await this.open(file)) done();
      } catch (error) {
        fail(error);
      }
    };
    const bring = async (list: File[]) => {
      try {
        const { file, problems } = await this.bring(list[0]!);
        await open(file);
        if (problems.length > 0) this.say(problems[0].message, true);
      } catch (error) {
        fail(error);
      }
    };
    const read = async (name: string) => {
      try {
        const { file } = await tell("/api/adopt", { file: name });
        await open(file);
      } catch (error) {
        fail(error);
      }
    };
    const picker = h("input", { type: "file", class: "hidden", id: "bring" });
    picker.addEventListener("change", () => picker.files?.length && void bring([...picker.files]));
    const zone = h(
      "div",
      { class: "drop" },
      h("p", {}, word("desk-drop")),
      button(word("desk-choose"), () => picker.click()),
      h("label", { for: "bring", class: "hidden" }, word("desk-choose")),
      picker,
    );
    catchFiles(zone, (list) => void bring(list));
    const name = h("input", { id: "new-name", type: "text", value: word("desk-new-name") });
    const text = h("textarea", { id: "new-text", rows: 5 });
    const make = button(word("desk-new-make"), async () => {
      try {
        const { file } = await tell("/api/new", { name: name.value || word("desk-new-name"), text: text.value });
        await open(file);
      } catch (error) {
        fail(error);
      }
    }, { class: "primary" });
    const size = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;
    return [
      h("h2", {}, word("desk-folder")),
      trouble,
      files.length === 0
        ? h("p", { class: "hint" }, word("desk-folder-empty"))
        : h(
            "ul",
            { class: "files" },
            files.map((f) => h("li", {}, button(f.name, () => void (f.is_text ? open(f.name) : read(f.name)), { class: "link" }), h("small", {}, f.is_text ? size(f.size) : word("desk-reads-in")))),
          ),
      zone,
      h(
        "fieldset",
        {},
        h("legend", {}, word("desk-new")),
        h("div", { class: "field text" }, h("label", { for: "new-name" }, word("desk-new-label")), name),
        h("div", { class: "field" }, h("label", { for: "new-text" }, word("desk-paste")), text),
        make,
      ),
    ];
  }

  private async bring(file: File): Promise<any> {
    return drop("/api/import", file);
  }

  private async dropped(files: File[]): Promise<void> {
    if (this.view === "merge" && this.file) return this.merge.take(files);
    try {
      const { file, problems } = await this.bring(files[0]!);
      await this.open(file);
      if (problems.length > 0) this.say(problems[0].message, true);
    } catch (error) {
      this.say((error as Error).message, true);
    }
  }

  private async open(file: string, loud = true): Promise<boolean> {
    try {
      const { text, version } = await ask("/api/source", { file });
      this.file = file;
      sessionStorage.setItem("file", file);
      localStorage.setItem("file", file);
      this.title.textContent = file;
      document.title = `${file} · ${word("desk-name")}`;
      this.tabs.forEach((tab) => (tab.disabled = false));
      this.merge.clear();
      this.editor.open(text);
      this.saver.open(file, text, version);
      this.go(this.view, true);
      this.look();
      return true;
    } catch (error) {
      if (loud) throw error;
      return false;
    }
  }

  private async reload(): Promise<void> {
    const { text, version } = await ask("/api/source", { file: this.file });
    this.editor.replace(text);
    this.saver.open(this.file, text, version);
    this.look();
  }

  // --- views ---------------------------------------------------------------------------------

  private route(): void {
    const view = location.hash.slice(1) as View;
    if (this.file && VIEWS.includes(view)) this.go(view);
  }

  private go(view: View, anew = false): void {
    if (view === this.view && !anew && this.main.childElementCount > 0 && document.body.dataset["view"] === view) return;
    this.view = view;
    document.body.dataset["view"] = view;
    history.replaceState(null, "", `#${view}`);
    this.tabs.forEach((tab, own) => (own === view ? tab.setAttribute("aria-current", "page") : tab.removeAttribute("aria-current")));
    const beside = h("div", { class: "beside" });
    if (view === "write") {
      this.write.appendChild(this.pages.element);
      fill(this.main, this.write);
    } else if (view === "set") {
      add(beside, [this.settings.element, this.pages.element]);
      fill(this.main, beside);
      void this.settings.open(this.file);
    } else if (view === "take") fill(this.main, this.take.element);
    else fill(this.main, this.merge.element);
  }

  /// On a narrow screen one part of the view is shown at a time.
  private part(part: string): void {
    document.body.dataset["part"] = part;
    this.parts.forEach((choose, own) => choose.setAttribute("aria-pressed", String(own === part)));
  }

  // --- what is typed -------------------------------------------------------------------------

  private changed(byPerson: boolean): void {
    if (!this.file) return;
    if (byPerson) this.saver.changed();
    this.look();
  }

  private mover = 0;
  private moved(at: number): void {
    clearTimeout(this.mover);
    this.mover = setTimeout(() => void this.pages.reveal(at, true), 120);
  }

  /// Asks for the pages of the text as it is now; while an answer is awaited, only that it must be asked again.
  private look(): void {
    this.count += 1;
    clearTimeout(this.settle);
    this.settle = setTimeout(() => void this.calm(), 400);
    if (this.looking) this.again = true;
    else void this.draft();
  }

  private async draft(): Promise<void> {
    this.looking = true;
    do {
      this.again = false;
      await this.ask(false);
    } while (this.again);
    this.looking = false;
  }

  private async ask(settled: boolean): Promise<void> {
    const [file, count] = [this.file, this.count];
    try {
      const seen = await tell("/api/look", { file, text: this.editor.text, tab: TAB, count, settled });
      if (seen.superseded || file !== this.file || (settled && count !== this.count)) return;
      this.pages.show(seen.pages, settled);
      this.draw(seen.outline);
      fill(this.trouble);
    } catch (error) {
      if (file !== this.file || count !== this.count) return;
      const data = error instanceof Refused ? error.data : null;
      const where = data?.line ? word("desk-line", { line: data.line }) : "";
      fill(this.trouble, h("p", { class: "error" }, where, error instanceof Refused ? error.message : word("desk-unreachable"), data?.help && ` ${data.help}`));
    }
  }

  /// Nobody types: the pages as they will be printed, and what a proof-reader would notice.
  private async calm(): Promise<void> {
    if (this.looking) return void (this.settle = setTimeout(() => void this.calm(), 100));
    const [file, text] = [this.file, this.editor.text];
    const checked = tell("/api/check", { file, text }).then(
      ({ findings }) => {
        if (file === this.file && text === this.editor.text) this.list(findings);
      },
      () => undefined,
    );
    await this.ask(true);
    await checked;
  }

  private draw(rows: Row[]): void {
    const go = (row: Row) => () => {
      if (row.at != null) this.editor.go(row.at);
      if (row.page != null) this.pages.go(row.page);
    };
    fill(
      this.outline,
      h("h2", {}, word("desk-outline")),
      h(
        "ol",
        {},
        rows.map((row) =>
          h(
            "li",
            { class: row.kind },
            h("button", { type: "button", onclick: go(row) }, h("span", {}, row.text || row.names || "—"), row.kind === "speech" && row.text && row.names ? h("small", {}, row.names) : null),
          ),
        ),
      ),
    );
  }

  private list(found: Finding[]): void {
    this.found = found;
    this.editor.findings(found);
    const safe = found.filter((f) => f.fix?.safe);
    const names = { error: word("desk-error"), warning: word("desk-warning"), info: word("desk-info") };
    fill(
      this.findings,
      h(
        "div",
        { class: "bar" },
        h("h2", {}, found.length > 0 ? word("desk-findings-count", { count: found.length }) : word("desk-findings-none")),
        safe.length > 0 && button(word("desk-fix-all", { count: safe.length }), () => this.fixAll(safe)),
      ),
      h(
        "ul",
        {},
        found.slice(0, MOST).map((f) =>
          h(
            "li",
            { class: f.severity },
            h(
              "button",
              { type: "button", class: "go", onclick: () => f.from != null && this.editor.go(f.from, f.to ?? f.from) },
              h("span", { class: "severity" }, names[f.severity]),
              f.line ? h("small", {}, word("desk-line", { line: f.line })) : null,
              h("span", {}, f.message),
            ),
            f.fix && button(word("desk-fix"), () => this.fix(f), { class: "fix" }),
            button(word("desk-why"), () => void this.explain(f), { class: "why", "aria-haspopup": "dialog", "aria-label": `${word("desk-why")}: ${f.rule}` }),
          ),
        ),
      ),
      found.length > MOST && h("p", { class: "hint" }, word("desk-findings-more", { count: found.length - MOST })),
    );
  }

  private fix(finding: Finding): void {
    // Places are those of the text that was looked over.
    if (!finding.fix || !this.found.includes(finding)) return;
    this.editor.apply(finding.fix.edits);
    this.found = [];
  }

  private fixAll(list: Finding[]): void {
    const edits = list.flatMap((f) => f.fix!.edits).sort((a, b) => a.from - b.from || a.to - b.to);
    const apart = edits.filter((e, k) => k === 0 || e.from > edits[k - 1]!.to || (e.from === edits[k - 1]!.to && e.to > e.from && edits[k - 1]!.to > edits[k - 1]!.from));
    this.editor.apply(apart);
    this.found = [];
  }

  private async explain(finding: Finding): Promise<void> {
    const { page } = await ask("/api/rule", { name: finding.rule });
    const lines = (page as string).split("\n");
    const blocks: HTMLElement[] = [];
    let code: string[] | null = null;
    let text: string[] = [];
    const end = () => {
      if (text.length > 0) blocks.push(h("p", {}, text.join("\n").replaceAll("`", "")));
      text = [];
    };
    for (const line of lines) {
      if (line.startsWith("```")) {
        if (code) blocks.push(h("pre", { tabindex: "0" }, code.join("\n")));
        else end();
        code = code ? null : [];
      } else if (code) code.push(line);
      else if (line.trim() === "") end();
      else text.push(line);
    }
    end();
    dialog(finding.rule, h("div", { class: "rule" }, blocks));
  }

  private async standard(): Promise<void> {
    const text = this.editor.text;
    try {
      const { edits } = (await tell("/api/standard", { file: this.file, text })) as { edits: { from: number; to: number; before: string; insert: string; line: number }[] };
      if (edits.length === 0) return void dialog(word("desk-standard"), h("p", {}, word("desk-standard-none")));
      const around = (at: number, by: number) => text.slice(Math.max(0, by < 0 ? at + by : at), by < 0 ? at : at + by).replaceAll("\n", " ");
      const box = dialog(
        word("desk-standard"),
        h("p", {}, word("desk-standard-count", { count: edits.length })),
        h(
          "ul",
          { class: "changes", tabindex: "0" },
          edits.slice(0, 500).map((e) => h("li", {}, h("small", {}, word("desk-line", { line: e.line })), h("span", {}, around(e.from, -8), h("del", {}, e.before), h("ins", {}, e.insert), around(e.to, 8)))),
        ),
        h(
          "div",
          { class: "row" },
          button(word("desk-standard-make"), () => {
            if (this.editor.text === text) this.editor.apply(edits);
            box.close();
          }, { class: "primary" }),
          button(word("desk-cancel"), () => box.close()),
        ),
      );
    } catch (error) {
      this.say((error as Error).message, true);
    }
  }

  private async history(): Promise<void> {
    await this.saver.flush();
    const { versions } = (await ask("/api/history", { file: this.file })) as { versions: { number: number; why: string; ago: number; size: number }[] };
    const ago = (s: number) => (s < 90 ? word("desk-ago-now") : s < 5400 ? word("desk-ago-minutes", { count: Math.round(s / 60) }) : s < 129600 ? word("desk-ago-hours", { count: Math.round(s / 3600) }) : word("desk-ago-days", { count: Math.round(s / 86400) }));
    const why: Record<string, string> = { open: "desk-why-open", edit: "desk-why-edit", merge: "desk-why-merge", restore: "desk-why-restore", fix: "desk-why-edit" };
    const box = dialog(
      word("desk-history"),
      h("p", { class: "hint" }, word("desk-history-hint")),
      h(
        "ul",
        { class: "files" },
        versions.map((v) =>
          h(
            "li",
            {},
            h("span", {}, `${v.number} · ${word(why[v.why] ?? "desk-why-edit")} · ${ago(v.ago)}`),
            button(word("desk-restore"), async () => {
              const { text } = await ask("/api/version", { file: this.file, number: v.number });
              this.editor.replace(text);
              this.saver.changed("restore");
              box.close();
            }, { "aria-label": `${word("desk-restore")} ${v.number}` }),
          ),
        ),
      ),
    );
  }
}

async function start(): Promise<void> {
  const lang = localStorage.getItem("lang") ?? document.documentElement.lang;
  document.documentElement.lang = lang;
  setLang(lang);
  const root = document.getElementById("app")!;
  try {
    setWords(await ask("/api/words", { lang }));
    await new Desk(root).start();
  } catch (error) {
    fill(root, h("p", { class: "error" }, (error as Error).message));
  }
}

void start();
