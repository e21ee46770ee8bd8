/** A decoded form or query: `null` for a key without `=`, a list for a repeated key. */
export type FormValue = string | null | string[];

function unescapeField(field: string): string {
  return field
    .replaceAll("+", " ")
    .replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** Bytes, one per character, as the UTF-8 text they spell; what is not UTF-8 becomes U+FFFD. */
export function decodeBytes(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/**
 * Decodes form bytes as the server does (pve-facts 1): pairs split on `&` and `;`, only the text between the first and
 * the second `=` kept, repeated keys collected, a key without `=` forgetting what was given for it before.
 */
export function decodeUrlencoded(bytes: Buffer | string): Record<string, FormValue> {
  const text = typeof bytes === "string" ? bytes : bytes.toString("latin1");
  const form: Record<string, FormValue> = Object.create(null);
  if (text === "") return form;
  for (const pair of text.split(/[&;]/)) {
    if (pair === "") continue;
    const [rawKey, rawValue] = pair.split("=");
    const key = decodeBytes(unescapeField(rawKey!));
    if (rawValue === undefined) {
      form[key] = null;
      continue;
    }
    const value = decodeBytes(unescapeField(rawValue));
    const old = form[key];
    if (old === undefined || old === null) form[key] = value;
    else if (Array.isArray(old)) old.push(value);
    else form[key] = [old, value];
  }
  return form;
}
