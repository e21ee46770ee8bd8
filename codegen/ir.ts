import type { Fact } from "../src/schema/facts.ts";
import type { AccessClass, Method, OperationId } from "../src/schema/operation.ts";

/** One node of a permission check tree, normalised. */
export type Check =
  | { kind: "perm"; path: string; privileges: readonly string[]; any?: true; requireParam?: string }
  | { kind: "perm-modify"; path: string }
  | { kind: "userid-param"; value: "self" | "Realm.AllocateUser" }
  | { kind: "userid-group"; privileges: readonly string[]; groups?: "create" | "update" | "param" }
  | { kind: "and" | "or"; of: readonly Check[] };

/** Who may call an operation: `root` is root@pam alone, `described` leaves the rule to the server's code. */
export interface Permissions {
  user: "root" | "all" | "world" | "checked" | "described";
  check?: Check;
  /** The server checks more than the schema can say. */
  described?: true;
}

/** Further parameters that depend on the value of one parameter. */
export interface VariantsIr {
  property: string;
  optional?: true;
  options: Readonly<Record<string, Readonly<Record<string, Fact>>>>;
}

/** One operation, as every emitter gets it. */
export interface OperationIr {
  id: OperationId;
  method: Method;
  path: string;
  /** Names of the `{variables}` in the path, in order; each is a required parameter too. */
  pathVariables: readonly string[];
  /** Module name under `generated/{schemas,types,clients}/`. */
  group: string;
  /** Name of the schema thunk and of the client function. */
  symbol: string;
  summary: string;
  class: AccessClass;
  since?: string;
  until?: string;
  /** Parameters of the newest version by wire name, sorted; an indexed family stands once, as `net[n]`. */
  parameters: Readonly<Record<string, Fact>>;
  /** Parameters that an older version had and the newest refuses, each with `until`. */
  removedParameters: Readonly<Record<string, Fact>>;
  /** Size of each indexed family by its name without `[n]`. */
  families: Readonly<Record<string, number>>;
  /** Unknown parameters are accepted by the server. */
  open: boolean;
  variants?: VariantsIr;
  returns: Fact;
  permissions: Permissions;
  flags: {
    /** Answers with a UPID. */
    task?: true;
    /** Refuses API tokens. */
    noToken?: true;
    /** Lists child paths only. */
    directory?: true;
    deprecated?: true;
    experimental?: true;
    /** Runs as root on the node (`protected`). */
    protected?: true;
    /** The path variable, or `node`, whose node answers. */
    proxyTo?: string;
    /** May answer with a file instead of JSON. */
    download?: true;
  };
}

/** Everything the emitters see: the operations of the newest version, and those that ended before it. */
export interface SchemaIr {
  /** Newest vendored version, e.g. `9.2`. */
  version: string;
  /** All vendored versions, oldest first. */
  versions: readonly string[];
  /** Operations of the newest version, sorted by path, then method. */
  operations: readonly OperationIr[];
  /** Operations that an older version had, each with `until`. */
  removed: readonly OperationIr[];
}

/** A pure emitter: generated files by their path under `generated/`. */
export type Emitter = (ir: SchemaIr) => Map<string, string>;
