/** A JSON value with each text in it changed, keys too; the very same value where no text is. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (typeof value !== "object" || value === null) return value;
  return (Array.isArray(value) ? mapItems(value, change) : mapMembers(value as Row, change)) as T;
}

type Row = Readonly<Record<string, unknown>>;

function mapItems(items: readonly unknown[], change: (text: string) => string): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const changed = mapTexts(item, change);
    if (copy === undefined && changed !== item) copy = items.slice(0, index);
    copy?.push(changed);
  }
  return copy ?? items;
}

function mapMembers(row: Row, change: (text: string) => string): Row {
  let copy: [string, unknown][] | undefined;
  const keys = Object.keys(row);
  for (const [index, key] of keys.entries()) {
    const name = change(key);
    const item = mapTexts(row[key], change);
    if (copy === undefined && (name !== key || item !== row[key])) copy = Object.entries(row).slice(0, index);
    copy?.push([name, item]);
  }
  return copy === undefined ? row : Object.fromEntries(copy);
}
