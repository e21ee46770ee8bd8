/** Whether a flag of an answer is set: they come as booleans, numbers and texts (pve-facts 28). */
export function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}
