// Elements made of data: text is always text.

type Child = Node | string | null | undefined | false | Child[];
type Attributes = Record<string, unknown>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, String(value));
  }
  add(element, children);
  return element;
}

export function add(element: Node, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child instanceof Node) element.appendChild(child);
    else if (typeof child === "string") element.appendChild(document.createTextNode(child));
  }
}

export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  add(element, children);
}

export function button(label: string, onclick: (event: MouseEvent) => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...attributes }, label);
}

/// A dialog that closes with Escape and gives the focus back.
export function dialog(title: string, ...content: Child[]): HTMLDialogElement {
  const box = h("dialog", { "aria-label": title });
  const close = button("✕", () => box.close(), { class: "close", "aria-label": word("desk-close") });
  add(box, [h("header", {}, h("h2", {}, title), close), h("div", { class: "content" }, content)]);
  box.addEventListener("close", () => box.remove());
  document.body.appendChild(box);
  box.showModal();
  return box;
}

let words: Record<string, string> = {};

export function setWords(list: Record<string, string>): void {
  words = list;
}

/// A word of the page, with what is to be filled in.
export function word(id: string, data: Record<string, string | number> = {}): string {
  let text = words[id] ?? id;
  for (const [name, value] of Object.entries(data)) text = text.replaceAll(`{${name}}`, String(value));
  return text;
}
