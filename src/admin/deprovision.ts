import { keepSecret } from "../access/index.ts";
import { type SecretName, secretNameText } from "../config/secret-name.ts";
import { prepareRemoval, removeAll } from "../provision/deprovision.ts";
import type { RootHost } from "../provision/host-steps.ts";
import { namesOf } from "../provision/names.ts";
import { openSecretStore } from "../secrets/index.ts";
import { type OperatorOptions, openOperator } from "./operator.ts";
import type { Report } from "./report.ts";
import { tokenSecret } from "./rotate.ts";

export interface DeprovisionOptions extends Omit<OperatorOptions, "command"> {
  name: string;
  only?: "token" | "ssh" | undefined;
  dryRun: boolean;
  /** Asks whether all of this may go. */
  confirm(question: string): Promise<boolean>;
}

/** Removes what an enrolment made, on the host and in the store. Resolves to the exit code. */
export async function deprovision(options: DeprovisionOptions, report: Report): Promise<number> {
  const { config, cluster, only, dryRun } = options;
  const names = namesOf(options.name);
  const operator = await openOperator({ ...options, command: "deprovision" });
  const store = config.secrets.backend === "env" ? undefined : await openSecretStore(config, { keep: keepSecret });
  const work = async (host?: RootHost): Promise<number> => {
    const secrets = await secretsOf(host);
    const way = only === "ssh" ? undefined : operator.way;
    const steps = await prepareRemoval({ names, way, host, store, secrets });
    if (steps.length === 0) {
      report.line(`Nothing of ${names.name} is on cluster ${cluster}${host ? ` or on node ${host.node}` : ""}.`);
      report.object({ ok: true, cluster, removed: [] });
      return 0;
    }
    report.line(dryRun ? "Nothing was changed. This would be removed, in this order:" : "This will be removed:");
    for (const { what, lines } of steps) {
      report.line(`- ${what}`);
      if (dryRun) for (const line of lines) report.line(`    ${line}`);
    }
    if (dryRun) {
      report.object({ ok: true, dryRun: true, steps: steps.map(({ what, lines }) => ({ what, lines })) });
      return 0;
    }
    if (!(await options.confirm(`Remove ${steps.length} things of ${names.name} from cluster ${cluster}?`))) {
      report.line("Nothing was changed.");
      report.object({ ok: false, cluster, removed: [], declined: true });
      return 1;
    }
    const { removed, left } = await removeAll(steps);
    for (const { what, why, lines } of left)
      report.line(`LEFT BEHIND: ${what}: ${why}\n  by hand: ${lines.join("; ")}`);
    report.line(`Removed: ${removed.length} of ${steps.length}.`);
    const others = store ? (await store.list()).filter((one) => one.cluster === cluster).map(secretNameText) : [];
    if (others.length > 0) report.line(`Still in ${store!.place}: ${others.join(", ")}.`);
    report.object({ ok: left.length === 0, cluster, removed, left, stillStored: others });
    return left.length === 0 ? 0 : 1;
  };
  /** What was stored for this name; a token of somebody else's stays. */
  const secretsOf = async (host: RootHost | undefined): Promise<SecretName[]> => {
    if (!store) return [];
    const found: SecretName[] = [];
    const token = tokenSecret(options);
    if (only !== "ssh") {
      const { value } = (await store.read(token)) ?? {};
      if (value && `${value.user}@${value.realm}` === names.userid) found.push(token);
    }
    if (host) {
      const ssh = { cluster, kind: "ssh", node: host.node } as const;
      if ((await store.read(ssh))?.value.username === names.sshUser) found.push(ssh);
    }
    return found;
  };
  try {
    if (only === "token" || !operator.ssh) return await work();
    return await operator.ssh.within({ user: names.sshUser, key: "all" }, work);
  } finally {
    await store?.close();
    await operator.close();
  }
}
