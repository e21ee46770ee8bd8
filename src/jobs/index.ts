import type { StateKey } from "../access/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";

/** A handle's content: on which cluster which task runs. */
interface JobHandle {
  cluster: string;
  upid: string;
}

/** The job id is not one that this server gave to this caller. */
export class UnknownJobError extends ProxmoxMcpError {
  constructor(id: string, why: string) {
    super({
      code: "unknown-job",
      message: `${JSON.stringify(id.slice(0, 120))} is no job id of this server for this caller: ${why}.`,
      next: "Take the id from the answer that started the job, or from job_list; proxmox_task_get takes a bare UPID.",
    });
  }
}

/**
 * Job ids: `cluster/UPID#tag`. The UPID is the whole state, so that a job outlives this process; the tag binds it to
 * its caller, so that an id cannot be made up or handed on.
 */
export interface Jobs {
  idOf(handle: JobHandle, principal: string): string;
  /** Throws `UnknownJobError`. */
  parse(id: string, principal: string): JobHandle;
}

export function createJobs(key: StateKey): Jobs {
  return {
    idOf: ({ cluster, upid }, principal) => `${cluster}/${upid}#${key.tag("job", principal, cluster, upid)}`,
    parse(id, principal) {
      const match = /^([a-z0-9-]+)\/(UPID:[^#]+)#([\w-]+)$/.exec(id);
      if (!match) throw new UnknownJobError(id, "it has not the form cluster/UPID#tag");
      const [, cluster, upid, tag] = match as unknown as [string, string, string, string];
      if (!key.verify(tag, "job", principal, cluster, upid)) {
        throw new UnknownJobError(
          id,
          "its tag is wrong (altered, from another caller, or from a server with another key)",
        );
      }
      return { cluster, upid };
    },
  };
}
