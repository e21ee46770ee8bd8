import { countSshKeys } from "./ssh-keys.ts";

/** Characters of a value in a diff. */
const LONGEST = 200;

/** An option's value as an answer shows it: no secrets, and nothing endless. */
export function shownValue(key: string, value: string): string {
  if (key === "cipassword") return "**********";
  if (key === "sshkeys") {
    const count = countSshKeys(value);
    return `${count} ${count === 1 ? "key" : "keys"}`;
  }
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}… [${value.length} characters]`;
}
