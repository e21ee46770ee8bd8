import { operationFacts, parameterFact } from "../../pve/wire-facts.ts";
import { mergeProperties } from "../../schema/merge-properties.ts";
import { nearest } from "../../schema/nearest.ts";
import type { OperationId } from "../../schema/operation.ts";
import {
  composePropertyString,
  type Keys,
  PropertyStringError,
  parsePropertyString,
  propertyKeys,
} from "../../schema/property-string.ts";
import { ArgumentError } from "../errors.ts";
import { bootNotes, checkBoot } from "./boot-order.ts";
import { asksForVolume, holdsData, isDrive, isUnused, parseDrive } from "./drive.ts";
import { shownValue } from "./shown-value.ts";
import { encodeSshKeys } from "./ssh-keys.ts";

/** A VM's configuration, as texts, with what is pending. */
export type CurrentConfig = Readonly<Record<string, string>>;

/** What a caller wants of a configuration. */
export interface ConfigRequest {
  config: Readonly<Record<string, unknown>>;
  delete: readonly string[];
  /** A slot with a disk may get another one. */
  replaceDisks: boolean;
}

/** What is to be sent for it, and what a person should know. */
export interface ConfigEdit {
  /** Parameters beside node, vmid and digest; empty when nothing would change. */
  params: Record<string, unknown>;
  diff: { key: string; from?: unknown; to?: unknown }[];
  warnings: string[];
  /** The options that the change depends on. */
  touched: string[];
}

const UPDATE: OperationId = "POST /nodes/{node}/qemu/{vmid}/config";

/** Parameters of the request that are no options, and have arguments of their own or are the tool's. */
const OWN = ["node", "vmid", "digest", "delete", "background_delay"];

/** Parameters that steer a change and stand in no configuration. */
const STEERING = new Set(["force", "revert", "skiplock", "import-working-storage"]);

/** What a property string loses its identity without, so that a text which leaves it out keeps it (pve-facts 14). */
const IDENTITY: readonly [RegExp, string][] = [
  [/^net\d+$/, "macaddr"],
  [/^smbios1$/, "uuid"],
];

/** Makes up the change of a configuration; throws ArgumentError for what must not be sent. */
export function editConfig(current: CurrentConfig, request: ConfigRequest): ConfigEdit {
  const params: Record<string, unknown> = {};
  const warnings: string[] = [];
  const set = new Map<string, string>();
  for (const [given, value] of Object.entries(withoutAlias(request.config))) {
    checkValue(given, value);
    if (STEERING.has(given)) {
      params[given] = value;
      continue;
    }
    const wanted = newValue(given, value, current[given], request.replaceDisks, warnings);
    const text = shownText(wanted);
    if (isSame(given, text, current[given])) continue;
    params[given] = wanted;
    set.set(given, text);
  }
  const asked = request.delete.map((key) => (key === "cdrom" ? "ide2" : key));
  for (const key of asked) {
    if (set.has(key) || key in withoutAlias(request.config))
      throw new ArgumentError("delete", `names ${key}, which config sets`, "Do one of the two.");
    if (current[key] === undefined) requireOption(key);
  }
  const gone = [...new Set(asked)].filter((key) => current[key] !== undefined);
  if (gone.length > 0) params.delete = gone.join(",");
  checkBoot(current, set, gone);
  warnings.push(...removalNotes(current, gone, isOn(params.force)), ...bootNotes(current, set, gone));
  const changesSomething = set.size > 0 || gone.length > 0 || params.revert !== undefined;
  return {
    params: changesSomething ? params : {},
    diff: [
      ...[...set].map(([key, to]) => ({ key, ...fromOf(current, key), to: shownValue(key, to) })),
      ...gone.map((key) => ({ key, ...fromOf(current, key) })),
    ],
    warnings,
    touched: [...new Set([...Object.keys(withoutAlias(request.config)), ...asked])].filter((key) => !STEERING.has(key)),
  };
}

/** `cdrom` is another name of ide2. */
function withoutAlias(config: ConfigRequest["config"]): Record<string, unknown> {
  if (!("cdrom" in config)) return { ...config };
  const { cdrom, ...rest } = config;
  if ("ide2" in rest)
    throw new ArgumentError("config.cdrom", "is another name of ide2, which is there too", "Give one.");
  const object = typeof cdrom === "object" && cdrom !== null ? cdrom : { file: cdrom };
  return { ...rest, ide2: { ...object, media: "cdrom" } };
}

function checkValue(key: string, value: unknown): void {
  if (OWN.includes(key))
    throw new ArgumentError(`config.${key}`, "does not belong there", "Use the tool's own argument, or leave it out.");
  if (value === null) throw new ArgumentError(`config.${key}`, "is null", "Name it in delete to unset it.");
  // What is read is no password (pve-facts 15).
  if (typeof value === "string" && /^\*{3,}$/.test(value))
    throw new ArgumentError(
      `config.${key}`,
      "is the mask that Proxmox shows in the place of a secret",
      "Leave it out to keep what is set, or give the secret itself.",
    );
}

/** The value to send: property strings whole, with what the caller did not name. */
function newValue(
  key: string,
  value: unknown,
  current: string | undefined,
  replaceDisks: boolean,
  warnings: string[],
): unknown {
  if (key === "sshkeys") return encodeSshKeys(value, "config.sshkeys");
  const fact = parameterFact(UPDATE, key, {});
  const keys = fact && propertyKeys(fact);
  if (typeof value === "boolean" && fact?.type === "string") return value ? "1" : "0";
  if (!keys || Array.isArray(value) || (typeof value !== "object" && typeof value !== "string")) return value;
  const merged =
    typeof value === "string" ? whole(key, keys, value, current) : merge(key, keys, value as object, current);
  if (typeof merged === "string") return merged;
  if (isDrive(key)) checkDrive(key, keys, merged, value, current, replaceDisks, warnings);
  return readable(key, () => composePropertyString(keys, merged));
}

function merge(key: string, keys: Keys, change: object, current: string | undefined): Record<string, unknown> {
  return readable(key, () => {
    const merged = mergeProperties(keys, current, change as Record<string, unknown>);
    if (/^net\d+$/.test(key)) merged.model ??= "virtio";
    if (key === "boot" && "order" in change) delete merged.legacy;
    return merged;
  });
}

/** A text takes the place of the old one, but for what would be made anew. What cannot be read is left to the schema. */
function whole(key: string, keys: Keys, text: string, current: string | undefined): Record<string, unknown> | string {
  let values: Record<string, string>;
  try {
    values = parsePropertyString(keys, text);
  } catch (error) {
    if (isDrive(key) || !(error instanceof PropertyStringError)) return readable(key, () => rethrow(error));
    return text;
  }
  const kept = IDENTITY.find(([pattern]) => pattern.test(key))?.[1];
  if (kept === undefined || current === undefined || values[kept] !== undefined) return isDrive(key) ? values : text;
  const old = readable(key, () => parsePropertyString(keys, current))[kept];
  return old === undefined ? text : { ...values, [kept]: old };
}

/** A slot that holds a disk gets no other by mistake: Proxmox would detach the old one without a word (pve-facts 14). */
function checkDrive(
  key: string,
  keys: Keys,
  merged: Record<string, unknown>,
  given: unknown,
  current: string | undefined,
  replaceDisks: boolean,
  warnings: string[],
): void {
  const at = `config.${key}`;
  const file = String(merged.file ?? "");
  if (file === "")
    throw new ArgumentError(at, "names no volume, and the slot is empty", 'Give file, e.g. "local-lvm:32" for 32 GiB.');
  const old = current === undefined ? undefined : parseDrive(keys, current);
  if (!old) return;
  const named = typeof given === "object" ? (given as Record<string, unknown>) : {};
  if (file === old.file) {
    if (merged.size === undefined && old.values.size !== undefined) merged.size = old.values.size;
    if (String(merged.size ?? "") !== (old.values.size ?? ""))
      throw new ArgumentError(at, "has another size, which resizes nothing here", "PUT …/resize grows a disk.");
    return;
  }
  // What belongs to the old volume.
  for (const name of ["size", "format"]) if (!(name in named) && typeof given === "object") delete merged[name];
  if (!holdsData(old)) return;
  if (replaceDisks) {
    const next = asksForVolume(file) ? "a new, empty or imported one" : file;
    warnings.push(`${key}: ${old.file} is detached and stays as an unused disk; ${next} takes its place.`);
    return;
  }
  throw new ArgumentError(
    at,
    `would take ${old.file} off the slot and put ${file} there`,
    "Use a free slot for another disk, or leave file out to change the options of this one; replaceDisks: true does it all the same.",
  );
}

function removalNotes(current: CurrentConfig, gone: readonly string[], force: boolean): string[] {
  return gone.flatMap((key) => {
    if (isUnused(key)) return [`${key}: the volume ${volumeOf(current[key]!)} is destroyed for good.`];
    const keys = isDrive(key) ? propertyKeys(parameterFact(UPDATE, key, {})!) : undefined;
    const drive = keys && parseDrive(keys, current[key]!);
    if (!drive || !holdsData(drive)) return [];
    return [
      force
        ? `${key}: the volume ${drive.file} is destroyed for good.`
        : `${key}: the volume ${drive.file} is detached and stays as an unused disk.`,
    ];
  });
}

function volumeOf(text: string): string {
  return text.replace(/^(?:file|volume)=/, "").split(",")[0]!;
}

function requireOption(key: string): void {
  const fact = OWN.includes(key) || STEERING.has(key) ? undefined : parameterFact(UPDATE, key, {});
  if (fact) return;
  const index = /\d+$/.exec(key)?.[0] ?? "0";
  const known = Object.keys(operationFacts(UPDATE)!.parameters).map((name) => name.replace("[n]", index));
  const [near] = nearest(key, known);
  throw new ArgumentError(
    "delete",
    `names ${JSON.stringify(key)}, which is no option of a VM`,
    near ? `Did you mean ${near}?` : "proxmox_vm_get shows its options.",
  );
}

function readable<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PropertyStringError)) throw error;
    throw new ArgumentError(`config.${key}`, error.message, "Correct it; nothing was sent.");
  }
}

function rethrow(error: unknown): never {
  throw error;
}

/** Whether two texts mean the same, whatever the order of their keys. */
function isSame(key: string, text: string, current: string | undefined): boolean {
  if (current === undefined || text === current) return text === current;
  const keys = propertyKeys(parameterFact(UPDATE, key, {}) ?? {});
  if (!keys) return false;
  try {
    const [one, other] = [text, current].map((value) => Object.entries(parsePropertyString(keys, value)).sort());
    return JSON.stringify(one) === JSON.stringify(other);
  } catch (error) {
    if (error instanceof PropertyStringError) return false;
    throw error;
  }
}

function shownText(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (Array.isArray(value)) return value.join(";");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function fromOf(current: CurrentConfig, key: string): { from?: unknown } {
  return current[key] === undefined ? {} : { from: shownValue(key, current[key]) };
}

function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}
