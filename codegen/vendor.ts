import type { JsonObject } from "./upstream.ts";

/** One operation in `vendor/pve-docs/`: upstream's own keywords and values, without prose. */
export interface VendoredOperation {
  allowtoken?: 0;
  deprecated?: true;
  directory?: true;
  download_allowed?: 1;
  experimental?: true;
  expose_credentials?: 1;
  parameters: JsonObject;
  permissions?: JsonObject;
  protected?: 1;
  proxyto?: string;
  returns: JsonObject;
}

/** `vendor/pve-docs/apidoc.json`: the newest version. */
export interface VendoredDoc {
  version: string;
  operations: Readonly<Record<string, VendoredOperation>>;
}

/** The history of one parameter of an operation. */
export interface ParameterHistory {
  since?: string;
  until?: string;
  /** Facts of a removed parameter, as of its last version. */
  facts?: JsonObject;
  /** Facts that differed, by the last version that had them. */
  before?: Readonly<Record<string, JsonObject>>;
}

/** The history of one operation; absent when nothing ever changed. */
export interface OperationHistory {
  since?: string;
  until?: string;
  /** Id under which versions up to the key knew it, where only path variables were renamed. */
  renamed?: Readonly<Record<string, string>>;
  parameters?: Readonly<Record<string, ParameterHistory>>;
  /** Facts of a removed operation, as of its last version. */
  facts?: VendoredOperation;
}

/** `vendor/pve-docs/history.json`. */
export interface VendoredHistory {
  versions: readonly string[];
  operations: Readonly<Record<string, OperationHistory>>;
}

/** `vendor/pve-docs/manifest.json`. */
export interface VendoredManifest {
  newest: string;
  versions: readonly {
    version: string;
    sha256: string;
    bytes: number;
    operations: number;
    paths: number;
    parameters: number;
  }[];
  totals: Readonly<Record<string, number>>;
}
