import { ConfirmationRequiredError } from "../../access/index.ts";
import { CLI_OPERATION } from "../../schema/operation.ts";
import { HostConnectionLostError } from "../../ssh/index.ts";
import type { Change } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { withoutNoise } from "../hosts/cli-outcome.ts";
import { changeOnHosts, requireHosts } from "../hosts/on-host.ts";
import type { ConfigEdit } from "./config-edit.ts";
import { valueText } from "./option-value.ts";

/** `qm set` waits for the VM's lock, and hot-plugs. */
const TIMEOUT_MS = 120_000;

/** What `qm set` is told, of which the digest keeps others' changes. */
function setArguments(vmid: number, { params }: ConfigEdit, digest: string | undefined): string[] {
  const options = Object.entries(params).flatMap(([key, value]) => [`--${key}`, valueText(value)]);
  return ["set", String(vmid), ...options, ...(digest === undefined ? [] : ["--digest", digest])];
}

/** Changes a VM's configuration as root, by `qm set` on its node: what no API token may. */
export async function setBySsh(
  context: ToolContext,
  one: ToolCluster,
  at: { node: string; vmid: number },
  { edit, digest }: { edit: ConfigEdit; digest?: string },
  input: { dryRun: boolean },
): Promise<Change> {
  const hosts = requireHosts(one, "node", at.node);
  const argv = setArguments(at.vmid, edit, digest);
  const calls = [{ operation: CLI_OPERATION, params: { node: at.node, family: "qm", argv } }];
  const failed = (code: string, message: string, next: string): Change => ({
    data: edit.warnings.length > 0 ? { warnings: [...edit.warnings] } : {},
    failed: { code, message, next },
    answers: [],
    done: false,
  });
  try {
    const { plan, results } = await changeOnHosts(
      context,
      one,
      calls,
      input,
      (call) => hosts.exec(one.caller, { ...call, command: ["qm", ...argv], timeoutMs: TIMEOUT_MS }),
      edit.warnings,
    );
    const warnings = edit.warnings.length > 0 ? { warnings: [...edit.warnings] } : {};
    if (plan) return { data: { plan: { ...plan, diff: edit.diff } }, answers: [], done: false };
    const { code, signal, timedOut, stderr } = results[0]!;
    if (code === 0) return { data: warnings, answers: [], done: true };
    const said = withoutNoise(stderr).trim().slice(-400);
    const how = timedOut ? "took too long and was ended" : `ended with ${signal ?? code}`;
    return failed("command-failed", `qm set ${at.vmid} ${how}${said === "" ? "" : `: ${said}`}`, "Look at the reason.");
  } catch (error) {
    if (error instanceof ConfirmationRequiredError) Object.assign(error.notes, { diff: edit.diff });
    if (!(error instanceof HostConnectionLostError)) throw error;
    return failed(error.code, error.message, error.next ?? "");
  }
}
