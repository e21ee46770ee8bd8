import type { OperationId } from "./operation.ts";

/** Scalar kinds of the API schema. */
export type FactType = "string" | "integer" | "number" | "boolean" | "array" | "object" | "null";

/**
 * One parameter, property-string key, array item or returned value as the API schema states it, normalised: real
 * booleans and numbers, JavaScript patterns, no prose.
 */
export interface Fact {
  type?: FactType;
  optional?: true;
  enum?: readonly (string | number)[];
  minimum?: number;
  maximum?: number;
  /** Lengths count code points. */
  minLength?: number;
  maxLength?: number;
  /** Translated pattern, to be tested as `^pattern(newline)?$` without grouping, as the server does. */
  pattern?: string;
  /** Named format (`pve-vmid`, `CIDR`, `pve-node-list` …). */
  format?: string;
  /** Property string: its keys. */
  keys?: Readonly<Record<string, Fact>>;
  /** Property-string key: may be given without `key=`. */
  defaultKey?: true;
  /** Property-string key: stands for that key. */
  alias?: string;
  /** Property-string key: its name is the value of that key (`virtio=MAC` is `model=virtio,macaddr=MAC`). */
  keyAlias?: string;
  /** Name of a parameter or key that must be given too. */
  requires?: string;
  items?: Fact;
  properties?: Readonly<Record<string, Fact>>;
  additionalProperties?: boolean | Fact;
  /** Alternatives, told apart by the value of `typeProperty`. */
  oneOf?: readonly Fact[];
  typeProperty?: string;
  instanceTypes?: readonly string[];
  /** For reading only; never sent. */
  default?: string | number | boolean;
  deprecated?: true;
  since?: string;
  until?: string;
}

/** The parameters and the answer of one operation; numbers index `Wire.facts`. */
export interface OperationFacts {
  /** By wire name; an indexed family stands as `net[n]`. */
  parameters: Readonly<Record<string, number>>;
  /** How many members an indexed family has, by its name without `[n]`: `net: 32` is `net0` to `net31`. */
  families?: Readonly<Record<string, number>>;
  /** Unknown parameters are accepted by the server. */
  open?: true;
  /** Further parameters that depend on the value of one parameter. */
  variants?: { property: string; optional?: true; options: Readonly<Record<string, Readonly<Record<string, number>>>> };
  returns: number;
}

/** `generated/wire.ts`: interned facts for encoding, decoding and describing. */
export interface Wire {
  /** Newest vendored version, e.g. `9.2`. */
  version: string;
  facts: readonly Fact[];
  operations: Readonly<Record<OperationId, OperationFacts>>;
}
