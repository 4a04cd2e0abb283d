// The source in an editor: lines of the whole width, headings bold, findings underlined.

import { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
import { type Diagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { openSearchPanel, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, RangeSetBuilder, Transaction } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  drawSelection,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { word } from "./dom";

/// A change that came from the disk or the history, not from a person's keys.
const outside = Annotation.define<boolean>();

export interface Finding {
  rule: string;
  severity: "error" | "warning" | "info";
  message: string;
  help?: string | null;
  line?: number | null;
  file: string;
  from?: number | null;
  to?: number | null;
  fix?: { safe: boolean; edits: Edit[] } | null;
}

export interface Edit {
  from: number;
  to: number;
  insert: string;
}

const heading = [1, 2, 3, 4].map((level) => Decoration.line({ class: `cm-h${level}` }));
const quiet = Decoration.line({ class: "cm-quiet" });

function marked(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const level = /^(#{1,6}) /.exec(line.text.slice(0, 8));
      if (level) builder.add(line.from, line.from, heading[Math.min(level[1]!.length, 4) - 1]!);
      else if (/^(---|\+\+\+|<!--|>>>>>>>|<<<<<<<|=======)/.test(line.text)) builder.add(line.from, line.from, quiet);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

const structure = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = marked(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = marked(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

export class Editor {
  readonly view: EditorView;
  private waiting: Diagnostic[] | null = null;

  constructor(
    parent: Element,
    readonly onChange: (byPerson: boolean) => void,
    readonly onMove: (at: number) => void,
    readonly onFix: (finding: Finding) => void,
  ) {
    const nonce = document.querySelector<HTMLMetaElement>("meta[name=nonce]")!.content;
    this.view = new EditorView({
      parent,
      state: this.state("", [EditorView.cspNonce.of(nonce)]),
    });
  }

  private extensions: any[] = [];

  private state(text: string, more: any[] = this.extensions): EditorState {
    this.extensions = more;
    return EditorState.create({
      doc: text,
      extensions: [
        more,
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": word("desk-source-text"), spellcheck: "false", tabindex: "0" }),
        EditorState.phrases.of(phrases()),
        lintGutter(),
        structure,
        keymap.of([
          { key: "F8", run: nextDiagnostic },
          { key: "Shift-F8", run: previousDiagnostic },
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.onChange(!update.transactions.some((t) => t.annotation(outside)));
          } else if (update.selectionSet) this.onMove(update.state.selection.main.head);
          this.show();
        }),
      ],
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  get isComposing(): boolean {
    return this.view.composing;
  }

  /// Another file, or the words in another language: no undoing into the one before.
  open(text: string): void {
    this.waiting = null;
    this.view.setState(this.state(text));
  }

  /// The text that somebody else wrote, in the place of this one; it can be undone.
  replace(text: string): void {
    const old = this.text;
    let from = 0;
    while (from < old.length && from < text.length && old[from] === text[from]) from++;
    let end = 0;
    while (end < old.length - from && end < text.length - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
    this.view.dispatch({
      changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) },
      annotations: [outside.of(true), Transaction.addToHistory.of(true)],
    });
  }

  apply(edits: Edit[]): void {
    this.view.dispatch({ changes: edits, userEvent: "input.fix" });
  }

  go(from: number, to = from): void {
    const length = this.view.state.doc.length;
    const [anchor, head] = [Math.min(from, length), Math.min(to, length)];
    this.view.dispatch({
      selection: { anchor, head },
      effects: EditorView.scrollIntoView(anchor, { y: "center" }),
    });
    this.view.focus();
  }

  findings(list: Finding[]): void {
    const length = this.view.state.doc.length;
    this.waiting = list
      .filter((f) => f.from != null && f.to != null && f.to <= length)
      .map((f) => ({
        from: f.from!,
        to: f.to!,
        severity: f.severity,
        message: f.help ? `${f.message}\n${f.help}` : f.message,
        source: f.rule,
        actions: f.fix ? [{ name: word("desk-fix"), apply: () => this.onFix(f) }] : [],
      }));
    this.show();
  }

  /// Not while an input method is at work: its text would be taken from under it.
  private show(): void {
    if (!this.waiting || this.view.composing) return;
    const waiting = this.waiting;
    this.waiting = null;
    queueMicrotask(() => {
      const length = this.view.state.doc.length;
      const there = waiting.filter((d) => d.to <= length);
      this.view.dispatch(setDiagnostics(this.view.state, there));
    });
  }

  undo(): void {
    undo(this.view);
    this.view.focus();
  }

  redo(): void {
    redo(this.view);
    this.view.focus();
  }

  search(): void {
    openSearchPanel(this.view);
  }
}

/// The editor's own words.
function phrases(): Record<string, string> {
  const own: Record<string, string> = {
    Find: "desk-find",
    Replace: "desk-replace",
    next: "desk-find-next",
    previous: "desk-find-previous",
    all: "desk-find-all",
    "match case": "desk-find-case",
    regexp: "desk-find-regexp",
    "by word": "desk-find-word",
    replace: "desk-replace-one",
    "replace all": "desk-replace-all",
    close: "desk-close",
  };
  return Object.fromEntries(Object.entries(own).map(([name, id]) => [name, word(id)]));
}
