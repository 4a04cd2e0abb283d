// Questions to the desk.

export interface Problem {
  id?: string;
  severity: "error" | "warning" | "info";
  message: string;
  help?: string | null;
  line?: number | null;
}

/// What the desk says when it cannot answer.
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly data: Problem & Record<string, any>,
  ) {
    super(data.message);
  }
}

let lang = document.documentElement.lang;

export function setLang(tag: string): void {
  lang = tag;
}

async function send(path: string, init: RequestInit): Promise<any> {
  const response = await fetch(path, { ...init, headers: { "x-jianbao": lang } });
  const data = await response.json();
  if (!response.ok) throw new Refused(response.status, data);
  return data;
}

export function ask(path: string, query: Record<string, string | number> = {}): Promise<any> {
  const text = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)])).toString();
  return send(text ? `${path}?${text}` : path, {});
}

export function tell(path: string, data: unknown): Promise<any> {
  return send(path, { method: "POST", body: JSON.stringify(data) });
}

export function drop(path: string, file: File): Promise<any> {
  return send(`${path}?name=${encodeURIComponent(file.name)}`, { method: "PUT", body: file });
}

export function address(path: string, query: Record<string, string | number>): string {
  return `${path}?${new URLSearchParams({ ...Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v)])), lang })}`;
}
