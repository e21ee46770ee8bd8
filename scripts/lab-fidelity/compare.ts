import type { WireAnswer } from "./exchange.ts";
import { isFree, lengthIsFree, valuesAreFree, wordingIsForeign } from "./exclusions.ts";
import type { Recording } from "./recordings.ts";
import { jsonType, type Shapes } from "./shape.ts";
import type { Correspondence } from "./tokens.ts";

/** In which respect an answer differs. */
export type Kind = "status" | "reason" | "error keys" | "headers" | "shape" | "values";

/** One difference between the wanted and the given answer. */
export interface Finding {
  kind: Kind;
  /** Where in the body. */
  at: string;
  wanted: string;
  got: string;
}

function brief(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return jsonType(value) === "object";
}

/** The JSON body of an answer, if it has one. */
export function bodyOf(answer: { headers: Record<string, string>; body: string | null }): unknown {
  const type = Object.entries(answer.headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
  if (!/json/.test(type ?? "") || !answer.body) return undefined;
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}

/** Members whose order within a text is a matter of chance. */
const UNORDERED = new Set(["content", "privs", "delete"]);

/** Compares answers with recorded ones, and learns on the way what stands for what. */
export class Comparison {
  readonly #names: Correspondence;
  readonly #shapes: Shapes;
  #findings: Finding[] = [];
  #recording!: Recording;
  #freeLength = false;
  #freeValues = false;

  constructor(names: Correspondence, shapes: Shapes) {
    this.#names = names;
    this.#shapes = shapes;
  }

  /** All differences of one exchange. */
  compare(recording: Recording, operation: string, got: WireAnswer): Finding[] {
    this.#findings = [];
    this.#recording = recording;
    this.#freeLength = lengthIsFree(recording);
    this.#freeValues = valuesAreFree(recording);
    const wanted = recording.response;
    const ours = bodyOf(wanted);
    const theirs = bodyOf(got);
    const foreign = wordingIsForeign(recording);
    if (wanted.status !== got.status)
      this.#add("status", "", `${wanted.status} ${wanted.reason}`, `${got.status} ${got.reason}`);
    else if (!foreign && wanted.status !== null && this.#text(wanted.reason) !== this.#text(got.reason))
      this.#add("reason", "", wanted.reason, got.reason);
    this.#compareErrorKeys(ours, theirs);
    this.#compareHeaders(wanted, got);
    if (ours === undefined || wanted.status !== got.status) return this.#findings;
    if (theirs === undefined) {
      this.#add("shape", "", brief(ours), brief(got.body));
      return this.#findings;
    }
    if (foreign && isObject(ours) && isObject(theirs)) {
      this.#walk({ ...ours, message: "", errors: {} }, { ...theirs, message: "", errors: {} }, operation, "");
    } else this.#walk(ours, theirs, operation, "");
    return this.#findings;
  }

  #add(kind: Kind, at: string, wanted: string, got: string): void {
    this.#findings.push({ kind, at, wanted, got });
  }

  #text(text: string): string {
    return this.#names.normal(text);
  }

  #compareErrorKeys(wanted: unknown, got: unknown): void {
    const keys = (body: unknown): string =>
      isObject(body) && isObject(body.errors) ? Object.keys(body.errors).sort().join(", ") : "";
    if (keys(wanted) !== keys(got))
      this.#add("error keys", "", brief(keys(wanted) || "none"), brief(keys(got) || "none"));
  }

  #compareHeaders(wanted: Recording["response"], got: WireAnswer): void {
    if (wanted.status === null || wanted.status !== got.status) return;
    const type = wanted.headers["Content-Type"] ?? "none";
    const given = got.headers["content-type"] ?? "none";
    if (type !== given) this.#add("headers", "Content-Type", type, given);
    const length = (headers: Record<string, string>, body: string | null): string =>
      Number(headers["Content-Length"] ?? headers["content-length"] ?? 0) > 0 || (body ?? "") !== ""
        ? "a body"
        : "no body";
    const hasBody = length(wanted.headers, wanted.body);
    const givenBody = length(got.headers, got.body);
    if (hasBody !== givenBody) this.#add("headers", "body", hasBody, givenBody);
    const encoding = wanted.headers["Content-Encoding"] ?? "none";
    const givenEncoding = got.headers["content-encoding"] ?? "none";
    if (encoding !== givenEncoding) this.#add("headers", "Content-Encoding", encoding, givenEncoding);
  }

  #walk(wanted: unknown, got: unknown, place: string, at: string): void {
    const type = jsonType(wanted);
    const given = jsonType(got);
    if (type !== given && !this.#shapes.allows(place, given)) {
      this.#add("shape", at, `${type} ${brief(wanted)}`, `${given} ${brief(got)}`);
      return;
    }
    if (isObject(wanted) && isObject(got)) this.#walkObject(wanted, got, place, at);
    else if (Array.isArray(wanted) && Array.isArray(got)) this.#walkArray(wanted, got, place, at);
    else this.#compareLeaf(wanted, got, at);
  }

  #free(key: string, value: unknown): boolean {
    return this.#freeValues || isFree(this.#recording, key, value);
  }

  #walkObject(wanted: Record<string, unknown>, got: Record<string, unknown>, place: string, at: string): void {
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
      const inner = `${at}.${key}`;
      const free = this.#free(key, wanted[key] ?? got[key]);
      if (!Object.hasOwn(got, key)) {
        const optional = this.#shapes.optional(place, key);
        if (!optional || !free) this.#add(optional ? "values" : "shape", inner, brief(wanted[key]), "absent");
      } else if (!Object.hasOwn(wanted, key)) {
        const optional = this.#shapes.allows(`${place}.${key}`, jsonType(got[key]));
        if (!optional || !free) this.#add(optional ? "values" : "shape", inner, "absent", brief(got[key]));
      } else this.#walk(wanted[key], got[key], `${place}.${key}`, inner);
    }
  }

  #walkArray(wanted: readonly unknown[], got: readonly unknown[], place: string, at: string): void {
    if (wanted.length > 0 && got.length === 0) this.#add("shape", at, `${wanted.length} items`, "none");
    const left = [...got];
    const open: { item: unknown; index: number }[] = [];
    // Items that agree in all members first, so that a twin does not get what belongs to another.
    wanted.forEach((item, index) => {
      const whole = this.#whole(item);
      const twin = left.findIndex((candidate) => this.#whole(candidate) === whole);
      if (twin < 0) open.push({ item, index });
      else this.#walk(item, left.splice(twin, 1)[0], `${place}[]`, `${at}[${index}]`);
    });
    const missing: unknown[] = [];
    for (const { item, index } of open) {
      const best = this.#closest(this.#signature(item), left, wanted.length === got.length);
      if (best < 0) missing.push(item);
      else this.#walk(item, left.splice(best, 1)[0], `${place}[]`, `${at}[${index}]`);
    }
    if (this.#freeLength) return;
    for (const item of missing) this.#add("values", `${at}[]`, brief(item), "absent");
    for (const item of left) this.#add("values", `${at}[]`, "absent", brief(item));
  }

  #whole(item: unknown): string {
    return JSON.stringify([...this.#signature(item)].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** What tells an item from others: its plain members, normalised. */
  #signature(item: unknown): Map<string, string> {
    if (!isObject(item)) return new Map([["", this.#text(brief(item))]]);
    const entries = Object.entries(item).filter(([key, value]) => !this.#free(key, value) && !isObject(value));
    return new Map(entries.map(([key, value]) => [key, this.#plain(key, value)]));
  }

  /** The item that agrees in most members; one that agrees in none is taken only where the lengths are equal. */
  #closest(wanted: ReadonlyMap<string, string>, items: readonly unknown[], any: boolean): number {
    let best = -1;
    let most = any ? -1 : 0;
    items.forEach((item, index) => {
      const signature = this.#signature(item);
      let score = 0;
      for (const [key, value] of wanted) if (signature.get(key) === value) score += IDENTITY.has(key) ? 100 : 1;
      if (score > most || (wanted.size === 0 && best < 0)) {
        most = score;
        best = index;
      }
    });
    if (!any && best >= 0 && [...wanted.keys()].some((key) => IDENTITY.has(key)) && most < 100) return -1;
    return best;
  }

  #plain(key: string, value: unknown): string {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const normal = this.#text(text);
    return UNORDERED.has(key) ? normal.split(/[,;]/).sort().join(",") : normal;
  }

  #compareLeaf(wanted: unknown, got: unknown, at: string): void {
    const key = at.slice(at.lastIndexOf(".") + 1).replace(/\[\d+\]$/, "");
    if (typeof wanted === "string" && typeof got === "string") {
      if (key === "password" || key === "ticket" || key === "value" || key === "CSRFPreventionToken")
        this.#learnSecret(key, wanted, got);
      this.#names.learn(wanted, got);
    }
    if (this.#free(key, wanted) && this.#free(key, got)) return;
    // The server goes through the keys of a property string at random.
    const ordered = (text: string): string => (at.startsWith(".errors.") ? text.split("\n").sort().join("\n") : text);
    if (ordered(this.#plain(key, wanted)) !== ordered(this.#plain(key, got)))
      this.#add("values", at, brief(wanted), brief(got));
  }

  #learnSecret(key: string, wanted: string, got: string): void {
    if (key !== "value" || /^[0-9a-f-]{36}$/.test(wanted)) this.#names.pair(wanted, got);
  }
}

/** Members that say which object an item is. */
const IDENTITY = new Set(
  (
    "id vmid volid storage userid groupid roleid realm tokenid poolid upid iface service name key subdir method cmd sid rule " +
    "group cidr pos n zone vnet subnet ipam plugin Package filename template"
  ).split(" "),
);
