import { readFileSync } from "node:fs";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { OperationId } from "../../schema/operation.ts";
import { decide, needsGuest, type PolicyFacts, type PolicyVerdict } from "./decide.ts";
import type { PolicyFile } from "./policy-file.ts";

/** The policy file cannot be used. */
export class PolicyFileError extends ProxmoxMcpError {
  constructor(path: string, fault: string) {
    super({
      code: "policy-file",
      message: `PROXMOX_MCP_POLICY_FILE names ${path}, which ${fault}.`,
      next: "Allowed: a readable YAML or JSON file as docs/policy.schema.json describes it.",
      data: { path },
    });
  }
}

/** The policy says no. */
export class PolicyDeniedError extends ProxmoxMcpError {
  constructor(operation: OperationId, because: string) {
    super({
      code: "policy-denied",
      message: `${operation} is denied by the operator's policy: ${because}. Nothing was sent.`,
      next: "Ask the operator; proxmox-mcp admin policy test explains the verdict.",
      data: { operation, because },
    });
  }
}

/** The policy in force. */
export interface Policy {
  decide(facts: PolicyFacts): PolicyVerdict;
  /** The tags and the pool of a guest matter. */
  readonly needsGuest: boolean;
  /** Reads the file again; a broken one throws, and the policy in force stays. */
  reload(): Promise<void>;
}

/** Reads the policy file, JSON or YAML; without a path only the defaults hold. Throws `PolicyFileError`. */
export async function loadPolicy(path: string | undefined): Promise<Policy> {
  let current = path === undefined ? undefined : await readPolicy(path);
  return {
    decide: (facts) => decide(current, facts),
    get needsGuest() {
      return needsGuest(current);
    },
    async reload() {
      if (path !== undefined) current = await readPolicy(path);
    },
  };
}

async function readPolicy(path: string): Promise<PolicyFile> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new PolicyFileError(path, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const [{ parse }, { policyFile }] = await Promise.all([import("./yaml.ts"), import("./policy-file.ts")]);
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    throw new PolicyFileError(
      path,
      `is neither JSON nor YAML: ${error instanceof Error ? error.message.split("\n")[0] : error}`,
    );
  }
  const checked = policyFile.safeParse(data);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const place = issue!.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  throw new PolicyFileError(path, `has a fault at ${place.replace(/^\./, "") || "the top"}: ${issue!.message}`);
}
