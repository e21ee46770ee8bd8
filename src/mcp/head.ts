type Json = Readonly<Record<string, unknown>>;

/** One thing that a head holds only the beginning of. */
export interface Cut {
  /** Where it is, e.g. `rows` or `config.description`. */
  path: string;
  kept: number;
  of: number;
  unit: "entries" | "characters" | "keys";
}

/** Texts are not cut below this, so that ids, states and other words of the schema stay whole. */
const SHORTEST_TEXT = 200;

/**
 * The beginning of a JSON object, in at most about `budget` characters: arrays and long texts are cut, the largest
 * first, and keys are left out only where the schema lets them. A page's rows are cut last, as their cursor goes on
 * from their end.
 */
export function headOf(value: Json, budget: number, schema?: Json): { head: Json; cuts: Cut[] } {
  const sizes = new Map<object, number>();
  const cuts: Cut[] = [];
  return { head: fitObject(value, budget, "", schema), cuts };

  function cutTo(part: unknown, room: number, path: string, about: Json | undefined): unknown {
    if (sizeOf(part, sizes) <= room) return part;
    if (typeof part === "string") return fitText(part, room, path);
    if (Array.isArray(part)) return fitArray(part, room, path, about);
    if (typeof part === "object" && part !== null) return fitObject(part as Json, room, path, about);
    return part;
  }

  function fitText(text: string, room: number, path: string): string {
    const note = `… [cut: ${text.length} characters in all]`;
    const share = Math.floor(((room - note.length - 2) / sizeOf(text, sizes)) * text.length);
    const kept = wholeCharacters(text, Math.max(share, SHORTEST_TEXT));
    if (kept + note.length >= text.length) return text;
    cuts.push({ path, kept, of: text.length, unit: "characters" });
    return text.slice(0, kept) + note;
  }

  function fitArray(items: readonly unknown[], room: number, path: string, about: Json | undefined): unknown[] {
    const kept: unknown[] = [];
    const inside = asObject(about?.items);
    let rest = room - 2;
    // One huge entry is cut itself, so that it does not hide all others.
    const most = items.length === 1 ? rest : room / 4;
    for (const [index, item] of items.entries()) {
      const before = cuts.length;
      const one = cutTo(item, most, `${path}[${index}]`, inside);
      const size = sizeOf(one, sizes) + 1;
      if (size > rest && index > 0) {
        cuts.length = before;
        break;
      }
      kept.push(one);
      rest -= size;
    }
    if (kept.length < items.length) cuts.push({ path, kept: kept.length, of: items.length, unit: "entries" });
    return kept;
  }

  function fitObject(object: Json, room: number, path: string, about: Json | undefined): Json {
    const isPage = Array.isArray(object.columns) && Array.isArray(object.rows);
    if (isPage) {
      const rows = sizeOf(object.rows, sizes) + 8;
      const { rows: _, ...others } = object;
      if (rows < room * 0.95) {
        const rest: Json = { ...fitKeys(others, room - rows, path, about), rows: object.rows };
        const order = Object.keys(object).filter((key) => key in rest);
        return Object.fromEntries(order.map((key) => [key, rest[key]]));
      }
    }
    const head = fitKeys(object, room, path, about);
    if (!isPage || (head.rows as unknown[]).length === (object.rows as unknown[]).length) return head;
    // The next page begins after rows that this head does not show.
    const { nextCursor: _, ...page } = head;
    return page;
  }

  function fitKeys(object: Json, room: number, path: string, about: Json | undefined): Json {
    const entries = Object.entries(object).filter(([, part]) => part !== undefined);
    const share = shareOf(
      entries.map(([key, part]) => key.length + 4 + sizeOf(part, sizes)),
      room - 2,
    );
    const required = new Set(Array.isArray(about?.required) ? (about.required as string[]) : []);
    const head: Record<string, unknown> = {};
    let rest = room - 2;
    let left = 0;
    for (const [key, part] of entries) {
      const before = cuts.length;
      const one = cutTo(part, share - key.length - 4, path === "" ? key : `${path}.${key}`, schemaOf(about, key));
      const size = key.length + 4 + sizeOf(one, sizes);
      // Where even the shortest forms do not fit, keys go: those of a record, and optional ones.
      if (size > rest && !required.has(key)) {
        cuts.length = before;
        left++;
        continue;
      }
      head[key] = one;
      rest -= size;
    }
    if (left > 0) {
      const of = entries.length;
      cuts.push({ path: path === "" ? "(answer)" : path, kept: of - left, of, unit: "keys" });
    }
    return head;
  }
}

/** The most that one part may have, so that all of them fit: what is smaller stays whole, only the largest are cut. */
function shareOf(sizes: readonly number[], room: number): number {
  const ascending = [...sizes].sort((a, b) => a - b);
  let rest = room;
  for (const [index, size] of ascending.entries()) {
    const share = rest / (ascending.length - index);
    if (size > share) return Math.floor(share);
    rest -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** Length of a value's JSON. */
function sizeOf(value: unknown, sizes: Map<object, number>): number {
  if (typeof value !== "object" || value === null) return JSON.stringify(value)?.length ?? 0;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let size = 2;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item, sizes) + 1;
  else {
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) size += JSON.stringify(key).length + 2 + sizeOf(item, sizes);
    }
  }
  sizes.set(value, size);
  return size;
}

/** No more than `length`, and no half of a surrogate pair at the end. */
function wholeCharacters(text: string, length: number): number {
  return /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
}

function schemaOf(about: Json | undefined, key: string): Json | undefined {
  return asObject(asObject(about?.properties)?.[key]) ?? asObject(about?.additionalProperties);
}

function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null ? (value as Json) : undefined;
}
