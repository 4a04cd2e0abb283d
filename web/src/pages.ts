// The typeset pages: drawn when they come into sight, and again only when they look different.

import { address, ask, tell } from "./api";
import { button, fill, h, word } from "./dom";

export interface Page {
  hash: string;
  number: number;
  width: number;
  height: number;
}

type Mode = "single" | "spread" | "booklet" | "ebook";

export class Pages {
  readonly element: HTMLElement;
  private list: Page[] = [];
  private slots: HTMLElement[] = [];
  private readonly stage = h("div", { class: "stage", tabindex: "0", role: "group", "aria-label": word("desk-pages") });
  private readonly status = h("span", { class: "status", role: "status" });
  private mode: Mode = "single";
  private zoom = 1;
  private readonly watcher: IntersectionObserver;
  private readonly modes: HTMLSelectElement;

  constructor(
    readonly file: () => string,
    readonly onPlace: (from: number, to: number) => void,
  ) {
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), { root: this.stage, rootMargin: "300px" });
    const option = (value: Mode, id: string) => h("option", { value }, word(id));
    this.modes = h(
      "select",
      { "aria-label": word("desk-view-mode"), onchange: () => this.setMode(this.modes.value as Mode) },
      option("single", "desk-view-single"),
      option("spread", "desk-view-spread"),
      option("booklet", "desk-view-booklet"),
      option("ebook", "desk-view-ebook"),
    );
    const step = (by: number) => () => this.setZoom(this.zoom * by);
    this.element = h(
      "section",
      { class: "pages pane", "aria-label": word("desk-pages") },
      h(
        "div",
        { class: "bar" },
        this.modes,
        button("−", step(1 / 1.2), { "aria-label": word("desk-zoom-out") }),
        button("＋", step(1.2), { "aria-label": word("desk-zoom-in") }),
        button(word("desk-zoom-fit"), () => this.setZoom(1)),
        this.status,
      ),
      this.stage,
    );
  }

  /// New pages: a slot whose page looks as before keeps its picture.
  show(list: Page[], settled: boolean): void {
    this.list = list;
    const count = list.length;
    this.status.textContent = word(settled ? "desk-pages-settled" : "desk-pages-draft", { count });
    this.status.classList.toggle("draft", !settled);
    if (this.mode === "ebook") return;
    if (this.slots.length !== count || this.mode === "booklet") this.arrange();
    this.slots.forEach((slot, k) => this.renew(slot, list[k]!));
  }

  wait(text: string): void {
    this.status.textContent = text;
  }

  /// A name for tests that measure: every page in sight is drawn.
  get isDrawn(): boolean {
    return this.slots.every((slot) => slot.dataset["near"] !== "yes" || slot.dataset["shown"] === slot.dataset["hash"]);
  }

  private arrange(): void {
    this.watcher.disconnect();
    this.slots = this.list.map((page, k) => {
      const picture = h("img", { alt: word("desk-page", { number: k + 1 }), draggable: "false" });
      const slot = h("div", { class: "sheet", "data-page": k }, picture);
      slot.style.aspectRatio = `${page.width} / ${page.height}`;
      slot.addEventListener("click", (event) => void this.clicked(event, k));
      this.watcher.observe(slot);
      return slot;
    });
    const blank = () => h("div", { class: "sheet blank", "aria-hidden": "true" });
    const rows: HTMLElement[] = [];
    const pair = (...two: HTMLElement[]) => rows.push(h("div", { class: "pair" }, two));
    const slots = this.slots;
    if (this.mode === "single") rows.push(...slots);
    else if (this.mode === "spread") {
      if (slots[0]) pair(blank(), slots[0]);
      for (let k = 1; k < slots.length; k += 2) pair(slots[k]!, slots[k + 1] ?? blank());
    } else {
      // As the sheets of a stapled booklet lie before they are folded; blank pages before the last.
      const all: HTMLElement[] = slots.slice(0, -1);
      const last = slots.at(-1);
      while ((all.length + 1) % 4 !== 0) all.push(blank());
      if (last) all.push(last);
      for (let k = 0; k < all.length / 4; k++) {
        const [a, b] = [2 * k, all.length - 1 - 2 * k];
        pair(all[b]!, all[a]!);
        pair(all[a + 1]!, all[b - 1]!);
      }
    }
    fill(this.stage, rows);
    this.stage.dataset["mode"] = this.mode;
    this.size();
  }

  private size(): void {
    this.stage.style.setProperty("--zoom", String(this.zoom));
  }

  private setZoom(zoom: number): void {
    this.zoom = Math.min(4, Math.max(0.3, zoom));
    this.size();
  }

  private setMode(mode: Mode): void {
    this.mode = mode;
    if (mode === "ebook") void this.ebook();
    else {
      this.arrange();
      this.slots.forEach((slot, k) => this.renew(slot, this.list[k]!));
    }
  }

  private renew(slot: HTMLElement, page: Page): void {
    slot.dataset["hash"] = page.hash;
    slot.style.aspectRatio = `${page.width} / ${page.height}`;
    if (slot.dataset["near"] === "yes") this.draw(slot);
  }

  private seen(entries: IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const slot = entry.target as HTMLElement;
      slot.dataset["near"] = entry.isIntersecting ? "yes" : "no";
      if (entry.isIntersecting) this.draw(slot);
    }
  }

  /// The new picture takes the old one's place when it is there, so that nothing flickers.
  private draw(slot: HTMLElement): void {
    const hash = slot.dataset["hash"];
    if (!hash || slot.dataset["shown"] === hash || slot.dataset["asked"] === hash) return;
    slot.dataset["asked"] = hash;
    const old = slot.querySelector("img")!;
    const picture = h("img", { alt: old.alt, draggable: "false", src: address("/api/page", { hash }) });
    picture
      .decode()
      .then(() => {
        if (slot.dataset["hash"] !== hash) return;
        slot.querySelector("img")!.replaceWith(picture);
        slot.dataset["shown"] = hash;
      })
      .catch(() => delete slot.dataset["asked"]);
  }

  private async clicked(event: MouseEvent, k: number): Promise<void> {
    const page = this.list[k];
    if (!page) return;
    const box = (event.currentTarget as HTMLElement | null)?.getBoundingClientRect() ?? this.slots[k]!.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * page.width;
    const y = ((event.clientY - box.top) / box.height) * page.height;
    const place = await tell("/api/where", { file: this.file(), page: k, x, y });
    if (place) this.onPlace(place.from, place.to);
  }

  /// Shows where a place of the text stands.
  async reveal(at: number, scroll: boolean): Promise<void> {
    if (this.mode === "ebook") return;
    const place = await tell("/api/place", { file: this.file(), at });
    const slot = place && this.slots[place.page];
    const page = place && this.list[place.page];
    this.stage.querySelectorAll(".here").forEach((mark) => mark.remove());
    if (!slot || !page) return;
    const mark = h("div", { class: "here", "aria-hidden": "true" });
    mark.style.top = `${((place.y - place.size) / page.height) * 100}%`;
    mark.style.height = `${((place.size * 1.25) / page.height) * 100}%`;
    mark.style.left = `${(place.x / page.width) * 100}%`;
    mark.style.width = `${(place.width / page.width) * 100}%`;
    slot.appendChild(mark);
    if (!scroll) return;
    const [box, stage] = [slot.getBoundingClientRect(), this.stage.getBoundingClientRect()];
    const y = box.top + (place.y / page.height) * box.height;
    if (y < stage.top + 40 || y > stage.bottom - 40) this.stage.scrollTop += y - stage.top - stage.height / 3;
  }

  go(page: number): void {
    this.slots[page]?.scrollIntoView({ block: "start" });
  }

  /// The e-book as a phone shows it.
  private async ebook(): Promise<void> {
    fill(this.stage, h("p", { class: "hint" }, word("desk-working")));
    this.stage.dataset["mode"] = "ebook";
    try {
      const book = await ask("/api/book", { file: this.file() });
      const phone = h("div", { class: "phone" });
      const root = phone.attachShadow({ mode: "open" });
      const style = new CSSStyleSheet();
      style.replaceSync(`:host{all:initial;display:block} ${book.style.replace(/(^|[\s,}])body(?=[\s{,.])/g, "$1.body")}`);
      root.adoptedStyleSheets = [style];
      for (const { text } of book.documents) {
        const body = new DOMParser().parseFromString(text, "application/xhtml+xml").body;
        const box = h("div", { class: "body" });
        for (const node of body ? [...body.childNodes] : []) box.appendChild(document.importNode(node, true));
        box.querySelectorAll("script,style,link,img").forEach((e) => e.remove());
        box.querySelectorAll("a").forEach((a) => a.removeAttribute("href"));
        root.appendChild(box);
      }
      fill(this.stage, phone);
    } catch (error) {
      fill(this.stage, h("p", { class: "hint" }, (error as Error).message));
    }
  }
}
