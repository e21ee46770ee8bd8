/** How JSON calls the kind of a value. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

interface Place {
  types: Set<string>;
  /** Present in how many of the objects that could have it. */
  seen: number;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return jsonType(value) === "object";
}

/** What the recordings of one operation agree on, and where they vary among themselves. */
export class Shapes {
  readonly #places = new Map<string, Place>();

  /** Adds the body of one recorded answer to those of its operation. */
  add(operation: string, body: unknown): void {
    this.#visit(operation, body);
  }

  #visit(path: string, value: unknown): void {
    const place = this.#places.get(path) ?? { types: new Set<string>(), seen: 0 };
    this.#places.set(path, place);
    place.types.add(jsonType(value));
    place.seen += 1;
    if (Array.isArray(value)) for (const item of value) this.#visit(`${path}[]`, item);
    else if (isObject(value)) for (const [key, inner] of Object.entries(value)) this.#visit(`${path}.${key}`, inner);
  }

  /** Whether some recorded answer has that type there. */
  allows(path: string, type: string): boolean {
    return this.#places.get(path)?.types.has(type) === true;
  }

  /** Whether some recorded answer lacks it. */
  optional(parent: string, key: string): boolean {
    const inner = this.#places.get(`${parent}.${key}`)?.seen ?? 0;
    return inner < (this.#places.get(parent)?.seen ?? 0);
  }
}
