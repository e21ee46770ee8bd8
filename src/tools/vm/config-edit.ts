import { operationFacts, parameterFact } from "../../pve/wire-facts.ts";
import { nearest } from "../../schema/nearest.ts";
import type { OperationId } from "../../schema/operation.ts";
import { PropertyStringError, parsePropertyString, propertyKeys } from "../../schema/property-string.ts";
import { ArgumentError } from "../errors.ts";
import { isOn } from "../flag.ts";
import { bootNotes, checkBoot } from "./boot-order.ts";
import { holdsData, isDrive, isUnused, parseDrive } from "./drive.ts";
import { optionValue, valueText } from "./option-value.ts";
import { shownValue } from "./shown-value.ts";

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
  /** Only root@pam itself may make it: it is made on the node, by `qm set` over SSH. */
  asRoot?: true;
}

const UPDATE: OperationId = "POST /nodes/{node}/qemu/{vmid}/config";

/** Parameters of the request that are no options, and have arguments of their own or are the tool's. */
const OWN = ["node", "vmid", "digest", "delete", "background_delay"];

/** Parameters that steer a change and stand in no configuration. */
const STEERING = new Set(["force", "revert", "skiplock", "import-working-storage"]);

/** Makes up the change of a configuration; throws ArgumentError for what must not be sent. */
export function editConfig(current: CurrentConfig, request: ConfigRequest): ConfigEdit {
  const params: Record<string, unknown> = {};
  const warnings: string[] = [];
  const set = new Map<string, string>();
  for (const [given, value] of Object.entries(withoutAlias(request.config))) {
    checkKey(given, value);
    if (STEERING.has(given)) {
      params[given] = value;
      continue;
    }
    const { replaceDisks } = request;
    const wanted = optionValue(
      { operation: UPDATE, key: given, value, current: current[given], replaceDisks },
      warnings,
    );
    const text = valueText(wanted);
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
    touched: [...new Set([...Object.keys(withoutAlias(request.config)), ...asked, ...namesIn(params.revert)])].filter(
      (key) => !STEERING.has(key),
    ),
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

function checkKey(key: string, value: unknown): void {
  if (OWN.includes(key))
    throw new ArgumentError(`config.${key}`, "does not belong there", "Use the tool's own argument, or leave it out.");
  if (value === null) throw new ArgumentError(`config.${key}`, "is null", "Name it in delete to unset it.");
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

function namesIn(list: unknown): string[] {
  return list === undefined ? [] : valueText(list).split(/[,;\s]+/);
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

function fromOf(current: CurrentConfig, key: string): { from?: unknown } {
  return current[key] === undefined ? {} : { from: shownValue(key, current[key]) };
}
