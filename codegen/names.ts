/** The generated module that an operation belongs to: its first two literal path segments. */
export function groupOf(path: string): string {
  const literal = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  return literal.length === 0 ? "root" : literal.slice(0, 2).join("-");
}

const pascal = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");

/** The client function of an operation: `GET /nodes/{node}/qemu/{vmid}` is `getNodesQemuByVmid`. */
export function symbolOf(id: string): string {
  const [method, path] = id.split(" ") as [string, string];
  const segments = path.split("/").filter((segment) => segment !== "");
  const words = segments.map((segment, index) => {
    if (!segment.startsWith("{")) return pascal(segment);
    return index === segments.length - 1 ? `By${pascal(segment)}` : "";
  });
  return method.toLowerCase() + words.join("");
}

/** The interface name stem of a symbol. */
export const typeStem = (symbol: string): string => symbol[0]!.toUpperCase() + symbol.slice(1);

/** Throws when two operations would get the same symbol. */
export function checkCollisions(operations: readonly { id: string; symbol: string }[]): void {
  const taken = new Map<string, string>();
  for (const { id, symbol } of operations) {
    const other = taken.get(symbol);
    if (other !== undefined)
      throw new Error(`${id} and ${other} would both be \`${symbol}\`; teach codegen/names.ts to tell them apart`);
    taken.set(symbol, id);
  }
}
