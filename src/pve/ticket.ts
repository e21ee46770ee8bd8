import { ProxmoxMcpError } from "../errors/index.ts";
import type { ClusterConfig, TokenAuth } from "./cluster.ts";
import { Failover } from "./failover.ts";
import type { Caller, Gate } from "./gate.ts";
import { Endpoint, TransportFailure } from "./transport.ts";

const OPERATION = "POST /access/ticket";

/** The login of a person was refused. */
class LoginRefusedError extends ProxmoxMcpError {
  constructor(cluster: string, userid: string, why: string) {
    super({
      code: "login-refused",
      message: `Proxmox did not let ${userid} in on cluster ${cluster}: ${why}.`,
      next: "Check user, realm and password; where a second factor is wanted, take the way over SSH.",
      data: { cluster, userid },
    });
  }
}

/**
 * Logs a person in by password, e.g. `root@pam`, and gives what stands in a token's place for two hours (pve-facts 39).
 * Passes the gate like any call; the password is in no record. Throws `LoginRefusedError`, also where a second factor
 * is wanted.
 */
export async function logIn(
  config: ClusterConfig,
  { userid, password, gate, caller }: { userid: string; password: string; gate: Gate; caller: Caller },
): Promise<TokenAuth> {
  const { encodeRequest } = await import("./encode.ts");
  const at = userid.lastIndexOf("@");
  const [user, realm] = [userid.slice(0, at), userid.slice(at + 1)];
  const params = { username: userid, password };
  const context = { cluster: config.name, operation: OPERATION } as const;
  const exit = await gate.enter({ ...context, params, caller });
  const began = performance.now();
  const way = new Failover(config.endpoints.map((url) => new Endpoint(url.replace(/\/+$/, ""), config)));
  let outcome: "ok" | "error" = "error";
  try {
    const answer = await way.request(encodeRequest(OPERATION, params, config.name), {
      context,
      // Nobody yet: the login is what proves who it is, and is never looked at.
      token: { user, realm, id: "", secret: "none", csrf: "none" },
      timeoutMs: config.requestTimeoutMs,
    });
    const { ticket, CSRFPreventionToken: csrf, NeedTFA } = ticketOf(answer.text);
    if (NeedTFA) throw new LoginRefusedError(config.name, userid, "a second factor is wanted");
    if (answer.status !== 200 || ticket === undefined || csrf === undefined) {
      throw new LoginRefusedError(config.name, userid, answer.reason || String(answer.status));
    }
    outcome = "ok";
    return { user, realm, id: "", secret: ticket, csrf };
  } catch (error) {
    throw error instanceof TransportFailure ? (error.error ?? error) : error;
  } finally {
    await exit({ outcome, durationMs: Math.round(performance.now() - began) });
    await way.close();
  }
}

function ticketOf(text: string): { ticket?: string; CSRFPreventionToken?: string; NeedTFA?: unknown } {
  try {
    return (JSON.parse(text) as { data?: object }).data ?? {};
  } catch {
    return {};
  }
}
