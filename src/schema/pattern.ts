const compiled = new Map<string, RegExp>();

/**
 * Whether a value passes a parameter's translated pattern as the server tests it: `^pattern$`, not grouped, with one
 * newline allowed at the very end.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  let regexp = compiled.get(pattern);
  if (regexp === undefined) {
    regexp = new RegExp(`^${pattern}\\n?$`, "u");
    compiled.set(pattern, regexp);
  }
  return regexp.test(value);
}
