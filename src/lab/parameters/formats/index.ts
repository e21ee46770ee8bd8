import { isTrue, splitList } from "../perl.ts";
import { ADDRESS_FORMATS } from "./addresses.ts";
import type { Check } from "./check.ts";
import { checkCommandBatch } from "./command-batch.ts";
import { FIREWALL_FORMATS } from "./firewall.ts";
import { GUEST_FORMATS } from "./guests.ts";
import { IDENTIFIER_FORMATS } from "./identifiers.ts";
import { PEM_FORMATS } from "./pem.ts";
import { STORAGE_FORMATS } from "./storage.ts";

const CHECKS = new Map<string, Check>(
  Object.entries({
    ...IDENTIFIER_FORMATS,
    ...ADDRESS_FORMATS,
    ...STORAGE_FORMATS,
    ...GUEST_FORMATS,
    ...FIREWALL_FORMATS,
    ...PEM_FORMATS,
    "pve-command-batch": checkCommandBatch,
  }),
);

/** The check of a text format, its `-list` and `-opt` forms included; nothing for a format without a written rule. */
export function textFormat(name: string): Check | undefined {
  const known = CHECKS.get(name);
  if (known) return known;
  const [, base = "", form] = /^(.*)-(list|opt)$/.exec(name) ?? [];
  const item = CHECKS.get(base);
  if (!item) return undefined;
  const check: Check =
    form === "opt"
      ? (value) => (isTrue(value) ? item(value) : undefined)
      : (value) => {
          for (const part of splitList(value)) {
            const wrong = item(part);
            if (wrong !== undefined) return wrong;
          }
          return undefined;
        };
  CHECKS.set(name, check);
  return check;
}
