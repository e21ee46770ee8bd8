/** What an answer has to look like: objects hold at least these keys, a function or a regular expression decides itself. */
export type Pattern = unknown;

/** The first place where a value is not as the pattern says; undefined when it fits. */
export function misfit(value: unknown, pattern: Pattern, at = "answer"): string | undefined {
  if (typeof pattern === "function") {
    return pattern(value) ? undefined : `${at} is ${shown(value)}, which ${pattern.name || "the check"} refuses`;
  }
  if (pattern instanceof RegExp) {
    return typeof value === "string" && pattern.test(value) ? undefined : `${at} is ${shown(value)}, not ${pattern}`;
  }
  if (typeof pattern !== "object" || pattern === null) {
    return Object.is(value, pattern) ? undefined : `${at} is ${shown(value)}, not ${shown(pattern)}`;
  }
  if (typeof value !== "object" || value === null) return `${at} is ${shown(value)}, not ${shown(pattern)}`;
  if (Array.isArray(pattern) && (value as unknown[]).length !== pattern.length) {
    return `${at} has ${(value as unknown[]).length} elements, not ${pattern.length}: ${shown(value)}`;
  }
  for (const [key, part] of Object.entries(pattern)) {
    const fault = misfit((value as Record<string, unknown>)[key], part, `${at}.${key}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}

/** A pattern: a number of at least this. */
export const atLeast =
  (least: number): Pattern =>
  (value: unknown) =>
    typeof value === "number" && value >= least;

/** A pattern: a list or a text with this in it; an element of a list may be a pattern itself. */
export const having =
  (part: Pattern): Pattern =>
  (value: unknown) =>
    typeof value === "string"
      ? value.includes(String(part))
      : Array.isArray(value) && value.some((one) => misfit(one, part) === undefined);

/** A pattern: anything but nothing. */
export const present: Pattern = (value: unknown) => value !== undefined && value !== null && value !== "";

/** A pattern: the key is not there. */
export const absent: Pattern = (value: unknown) => value === undefined;
