import { parameterFact } from "../../src/pve/wire-facts.ts";
import type { Fact } from "../../src/schema/facts.ts";
import type { OperationId } from "../../src/schema/operation.ts";

/**
 * A second, independent reading of the server's form decoder, from its verdicts: pairs are split at `&` and `;`, a
 * value ends at a second raw `=`, `+` is a space, a repeated key makes an array, a key without `=` forgets all before.
 */
export function decodeForm(form: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of form.split(/[&;]/)) {
    if (pair === "") continue;
    const [key = "", value] = pair.split("=").map(unescaped);
    const known = result[key];
    if (value === undefined) result[key] = null;
    else if (known === undefined || known === null) result[key] = value;
    else result[key] = [...(Array.isArray(known) ? known : [known]), value];
  }
  return result;
}

function unescaped(text: string): string {
  const bytes = text
    .replaceAll("+", " ")
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function normalizedValue(fact: Fact | undefined, value: unknown): unknown {
  if (fact?.type === "array") return value === null || Array.isArray(value) ? value : [value];
  return fact?.format?.endsWith("-list") && Array.isArray(value) ? value.join(",") : value;
}

/** What the server's normaliser makes of decoded parameters: lists joined with commas, single values wrapped. */
export function normalized(operation: OperationId, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      normalizedValue(parameterFact(operation, name, params), value),
    ]),
  );
}
