/** Shorter values are no secrets, or would be found in ordinary words. */
export const SHORTEST = 6;
/** Shorter lines of a key are its end, and tell nothing. */
const SHORTEST_LINE = 16;
/** The first line of every ed25519 key of OpenSSH without a passphrase. */
const COMMON_LINES = /^b3BlbnNzaC1rZXktdjEAAAAA[A-Za-z0-9]*$/;

/**
 * Every way in which an output could hold a secret: plain, as it stands inside of JSON (once and twice), percent-encoded,
 * in base64 wherever it begins there; of a private key each line too.
 */
export function formsOf(secret: string): string[] {
  const lines = secret
    .split(/\r?\n|\\n/)
    .filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("-----") && !COMMON_LINES.test(line));
  const parts = [...new Set([secret.trim(), ...lines])];
  const forms = parts.flatMap((part) => {
    const escaped = inJson(part);
    return [part, escaped, inJson(escaped), encodeURIComponent(part), ...inBase64(part)];
  });
  return [...new Set(forms)].filter(({ length }) => length >= SHORTEST);
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The characters of base64 that depend on the secret alone, for each of the three places where it can begin. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  const forms = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    return whole.toString("base64").slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
  });
  return [...forms, ...forms.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"))];
}
