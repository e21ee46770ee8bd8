import type { Hit } from "./faults.ts";
import { usualReason } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import type { Answer } from "./routes/route.ts";
import { carryOutWith, type LabRequest, type Service } from "./service.ts";

/** A call as root@pam from a node's own command line: no ticket, no token, no rights to ask for (pve-facts 112). */
export type LocalApi = (method: string, path: string, params?: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** Carries calls out as the command line of a node does, through the same operations as a request. */
export function localApi(service: Service): LocalApi {
  return async (method, path, params = {}) => {
    const match = service.router.find(method, path);
    if (!match) throw new Refusal(501, `Method '${method} ${path}' not implemented`);
    const hit: Hit = { method, path, params, token: "root@pam", served: 1, idleMs: 0 };
    const faults = service.faults.take(hit);
    for (const fault of faults) if (fault.delayMs !== undefined) await service.state.timers.sleep(fault.delayMs);
    const refused = faults.find((fault) => fault.status !== undefined && fault.status < 595);
    if (refused)
      throw new Refusal(refused.status!, refused.reason ?? usualReason(refused.status!), {
        ...(refused.errors ? { errors: refused.errors } : {}),
      });
    const entry: LabRequest = { seq: 0, time: Date.now(), method, path, params: { ...params } };
    const login = { caller: { user: "root", realm: "pam" }, byToken: false };
    const answer = await carryOutWith(service, match, login, entry, hit, faults);
    for (const fault of faults) fault.after?.(hit);
    return answer;
  };
}
