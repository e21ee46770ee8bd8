import { lazy } from "../schema/lazy.ts";
import type { OperationId, Params, Send } from "../schema/operation.ts";
import type { Caller } from "./gate.ts";

const CLUSTER = "GET /version";
const NODE = "GET /nodes/{node}/version";
/** Milliseconds for which a version is believed; upgrades are rare and a wrong one only costs the server's refusal. */
const MAX_AGE_MS = 600_000;

/** The versions of a cluster's nodes, asked for only when a call depends on them (pve-facts 11, 109). */
export class Versions {
  readonly #send: (caller: Caller) => Send;
  readonly #now: () => number;
  readonly #known = new Map<string, { version: Promise<string | undefined>; at: number }>();

  constructor(send: (caller: Caller) => Send, now: () => number) {
    this.#send = send;
    this.#now = now;
  }

  /** The version that a call will meet; undefined when the call is the same in all of them, or when none is told. */
  async forCall(caller: Caller, operation: OperationId, params: Params): Promise<string | undefined> {
    if (operation === CLUSTER || operation === NODE || !(await isVersioned(operation, params))) return undefined;
    const node = typeof params.node === "string" && operation.includes("{node}") ? params.node : undefined;
    return this.#read(caller, node);
  }

  #read(caller: Caller, node: string | undefined): Promise<string | undefined> {
    const key = node ?? "";
    const known = this.#known.get(key);
    if (known !== undefined && this.#now() - known.at < MAX_AGE_MS) return known.version;
    const send = this.#send({ ...caller, tool: "version" });
    const version = (node === undefined ? send<unknown>(CLUSTER) : send<unknown>(NODE, { node })).then(
      ({ data }) => {
        const text = (data as { version?: unknown } | null)?.version;
        return typeof text === "string" ? text : undefined;
      },
      () => {
        // The call itself will tell what is wrong.
        this.#known.delete(key);
        return undefined;
      },
    );
    this.#known.set(key, { version, at: this.#now() });
    return version;
  }
}

const facts = lazy(() => Promise.all([import("./route.ts"), import("./wire-facts.ts")]));

/** Whether some vendored version lacks the operation or one of the parameters given. */
async function isVersioned(operation: OperationId, params: Params): Promise<boolean> {
  const [{ findOperation }, { parameterFact }] = await facts();
  const entry = findOperation(operation);
  if (entry?.since !== undefined || entry?.until !== undefined) return true;
  return Object.entries(params).some(([name, value]) => {
    if (value === undefined || value === null) return false;
    const fact = parameterFact(operation, name, params);
    return fact?.since !== undefined || fact?.until !== undefined;
  });
}
