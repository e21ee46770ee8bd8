import {
  composePropertyString,
  type Keys,
  PropertyStringError,
  parsePropertyString,
  propertyKeyName,
} from "./property-string.ts";

/** New values by key; null takes a key away. */
export type PropertyChange = Readonly<Record<string, unknown>>;

/**
 * The values of a property string once some of them are changed: what the change does not name stays, so that a NIC
 * keeps its MAC and a drive its volume (pve-facts 14). Aliases count as the keys that they stand for. Throws
 * PropertyStringError.
 */
export function mergeProperties(
  keys: Keys,
  current: string | undefined,
  change: PropertyChange,
): Record<string, unknown> {
  const values: Record<string, unknown> = current === undefined ? {} : parsePropertyString(keys, current);
  const named = new Set<string>();
  const put = (name: string, value: unknown): void => {
    if (named.has(name)) throw new PropertyStringError(`"${name}" is given twice, once by another name`);
    named.add(name);
    if (value === null) delete values[name];
    else values[name] = value;
  };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const { name, saysKey } = propertyKeyName(keys, key);
    // `virtio=MAC` says the model and the MAC in one.
    if (saysKey !== undefined && value !== null) put(saysKey, key);
    put(name, value);
  }
  return values;
}

/** `mergeProperties` as PVE's text. */
export function mergePropertyString(keys: Keys, current: string | undefined, change: PropertyChange): string {
  return composePropertyString(keys, mergeProperties(keys, current, change));
}
