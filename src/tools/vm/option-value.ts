import { parameterFact } from "../../pve/wire-facts.ts";
import { mergeProperties } from "../../schema/merge-properties.ts";
import type { OperationId } from "../../schema/operation.ts";
import {
  composePropertyString,
  type Keys,
  PropertyStringError,
  parsePropertyString,
  propertyKeys,
} from "../../schema/property-string.ts";
import { ArgumentError } from "../errors.ts";
import { asksForVolume, holdsData, isDrive, parseDrive } from "./drive.ts";
import { encodeSshKeys } from "./ssh-keys.ts";

/** What a property string loses its identity without, so that a text which leaves it out keeps it (pve-facts 14). */
const IDENTITY: readonly [RegExp, string][] = [
  [/^net\d+$/, "macaddr"],
  [/^smbios1$/, "uuid"],
];

/** One option that a caller gives a value. */
export interface GivenOption {
  /** Whose facts tell what the option is. */
  operation: OperationId;
  key: string;
  value: unknown;
  /** What is set, as text. */
  current?: string | undefined;
  /** A slot with a disk may get another one. */
  replaceDisks?: boolean;
}

/** The value to send: property strings whole, with what the caller did not name; `notes` hears what becomes of a disk. */
export function optionValue(given: GivenOption, notes: string[] = []): unknown {
  const { operation, key, value, current } = given;
  // What is read is no password (pve-facts 15).
  if (typeof value === "string" && /^\*{3,}$/.test(value))
    throw new ArgumentError(
      `config.${key}`,
      "is the mask that Proxmox shows in the place of a secret",
      "Leave it out to keep what is set, or give the secret itself.",
    );
  if (key === "sshkeys") return encodeSshKeys(value, "config.sshkeys");
  const fact = parameterFact(operation, key, {});
  const keys = fact && propertyKeys(fact);
  if (typeof value === "boolean" && fact?.type === "string") return value ? "1" : "0";
  if (!keys || Array.isArray(value) || (typeof value !== "object" && typeof value !== "string")) return value;
  const merged =
    typeof value === "string" ? whole(key, keys, value, current) : merge(key, keys, value as object, current);
  if (typeof merged === "string") return merged;
  if (isDrive(key)) checkDrive(given, keys, merged, notes);
  return readable(key, () => composePropertyString(keys, merged));
}

function merge(key: string, keys: Keys, change: object, current: string | undefined): Record<string, unknown> {
  if (current !== undefined && valuesOf(keys, current) === undefined)
    throw new ArgumentError(
      `config.${key}`,
      `cannot be merged into what is set, which this version does not read: ${current}`,
      "Give the whole value as a text.",
    );
  return readable(key, () => {
    const merged = mergeProperties(keys, current, change as Record<string, unknown>);
    if (/^net\d+$/.test(key)) merged.model ??= "virtio";
    if (key === "boot" && "order" in change) delete merged.legacy;
    return merged;
  });
}

/** A text takes the place of the old one, but for what would be made anew. What cannot be read is left to the schema. */
function whole(key: string, keys: Keys, text: string, current: string | undefined): Record<string, unknown> | string {
  const values = valuesOf(keys, text);
  if (!values) return isDrive(key) ? readable(key, () => parsePropertyString(keys, text)) : text;
  const kept = IDENTITY.find(([pattern]) => pattern.test(key))?.[1];
  if (kept === undefined || current === undefined || values[kept] !== undefined) return isDrive(key) ? values : text;
  const old = valuesOf(keys, current)?.[kept];
  return old === undefined ? text : { ...values, [kept]: old };
}

/** A slot that holds a disk gets no other by mistake: Proxmox would detach the old one without a word (pve-facts 14). */
function checkDrive(given: GivenOption, keys: Keys, merged: Record<string, unknown>, notes: string[]): void {
  const { key, value, current } = given;
  const at = `config.${key}`;
  const file = String(merged.file ?? "");
  if (file === "")
    throw new ArgumentError(at, "names no volume, and the slot is empty", 'Give file, e.g. "local-lvm:32" for 32 GiB.');
  if (current === undefined) return;
  const old = parseDrive(keys, current);
  if (file === old.file) {
    if (merged.size === undefined && old.values.size !== undefined) merged.size = old.values.size;
    if (String(merged.size ?? "") !== (old.values.size ?? ""))
      throw new ArgumentError(at, "has another size, which resizes nothing here", "PUT …/resize grows a disk.");
    return;
  }
  // What belongs to the old volume.
  if (typeof value === "object")
    for (const name of ["size", "format"]) if (!(name in (value as object))) delete merged[name];
  if (!holdsData(old)) return;
  if (given.replaceDisks) {
    const next = asksForVolume(file) ? "a new, empty or imported one" : file;
    notes.push(`${key}: ${old.file} is detached and stays as an unused disk; ${next} takes its place.`);
    return;
  }
  throw new ArgumentError(
    at,
    `would take ${old.file} off the slot and put ${file} there`,
    "Use a free slot for another disk, or leave file out to change the options of this one; replaceDisks: true does it all the same.",
  );
}

/** An option's value as the configuration will hold it, more or less. */
export function valueText(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (Array.isArray(value)) return value.join(";");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function readable<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PropertyStringError)) throw error;
    throw new ArgumentError(`config.${key}`, error.message, "Correct it; nothing was sent.");
  }
}

/** The values of a property string; nothing where it cannot be read. */
function valuesOf(keys: Keys, text: string): Record<string, string> | undefined {
  try {
    return parsePropertyString(keys, text);
  } catch (error) {
    if (error instanceof PropertyStringError) return undefined;
    throw error;
  }
}
