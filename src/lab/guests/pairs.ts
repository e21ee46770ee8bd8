/** Splits `a,b=c` into pairs, the value without a key under `defaultKey`; the text was checked before. */
export function parsePairs(text: string, defaultKey: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    if (at < 0) pairs.set(defaultKey, part);
    else pairs.set(part.slice(0, at), part.slice(at + 1));
  }
  return pairs;
}

/** Writes pairs as the server does: the default one first and without its key, the others by name. */
export function printPairs(pairs: ReadonlyMap<string, string>, defaultKey: string): string {
  const first = pairs.get(defaultKey);
  const rest = [...pairs.keys()].filter((key) => key !== defaultKey).sort();
  return [...(first === undefined ? [] : [first]), ...rest.map((key) => `${key}=${pairs.get(key)}`)].join(",");
}

/** Whether a word of a property string means yes. */
export function isYes(word: string | undefined): boolean {
  return word !== undefined && /^(?:1|on|yes|true)$/i.test(word);
}
