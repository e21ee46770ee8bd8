import type { Program } from "../shell/process.ts";
import { complainOfLocale, FORMATS, family, type Verb } from "./command-line.ts";
import { perlJson } from "./table.ts";

const nodes: Verb = {
  args: [],
  run: ({ node, process: { machine, out } }) => {
    const { state } = machine;
    if (state.clusterName === undefined) throw new Error(NO_CLUSTER);
    out("\nMembership information\n----------------------\n    Nodeid      Votes Name\n");
    for (const { name, nodeid, online } of state.nodes.values())
      if (online) out(`${String(nodeid).padStart(10)}          1 ${name}${name === node ? " (local)" : ""}\n`);
    return 0;
  },
};

const NO_CLUSTER = "Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?";

const clusterStatus: Verb = {
  args: [],
  run: ({ node, process: { machine, out } }) => {
    const { state } = machine;
    if (state.clusterName === undefined) throw new Error(NO_CLUSTER);
    const all = [...state.nodes.values()];
    const online = all.filter((one) => one.online);
    const quorate = state.quorate;
    out(
      `Cluster information\n-------------------\nName:             ${state.clusterName}\nConfig Version:   ${all.length}\n`,
    );
    out("Transport:        knet\nSecure auth:      on\n\nQuorum information\n------------------\n");
    out(
      `Date:             ${new Date().toUTCString()}\nQuorum provider:  corosync_votequorum\nNodes:            ${online.length}\n`,
    );
    out(`Node ID:          0x${String(state.nodes.get(node)?.nodeid ?? 1).padStart(8, "0")}\nRing ID:          1.2a\n`);
    out(`Quorate:          ${quorate ? "Yes" : "No"}\n\nVotequorum information\n----------------------\n`);
    out(
      `Expected votes:   ${all.length}\nHighest expected: ${all.length}\nTotal votes:      ${quorate ? online.length : 1}\n`,
    );
    out(`Quorum:           ${Math.floor(all.length / 2) + 1}${quorate ? "" : " Activity blocked"}\n`);
    out(
      `Flags:            ${quorate ? "Quorate" : ""}\n\nMembership information\n----------------------\n    Nodeid      Votes Name\n`,
    );
    for (const one of online)
      out(`0x${String(one.nodeid).padStart(8, "0")}          1 ${one.ip}${one.name === node ? " (local)" : ""}\n`);
    return 0;
  },
};

/** `pvecm`: what can be read of the cluster's membership. */
export const pvecm = family("pvecm", { status: clusterStatus, nodes });

const haStatus: Verb = {
  args: [],
  run: async ({ call, process: { out } }) => {
    const rows: { type: string; id: string; status: string; node?: string; sid?: string }[] = await call(
      "GET",
      "/cluster/ha/status/current",
    );
    for (const { type, id, status } of rows)
      out(`${type === "service" ? `service ${id.replace(/^service:/, "")}` : type} ${status}\n`);
    return 0;
  },
};

const haConfig: Verb = {
  args: [],
  run: ({ process: { machine, out } }) => {
    for (const { sid, request, comment } of machine.state.ha.values())
      out(`${sid}\n\tstate ${request}\n${comment === undefined ? "" : `\tcomment ${comment}\n`}\n`);
    return 0;
  },
};

/** `ha-manager`: texts, but for rules (pve-facts 116). */
export const haManager = family(
  "ha-manager",
  {
    status: haStatus,
    config: haConfig,
    "rules list": {
      args: [],
      run: async (line) => {
        const data = await line.call("GET", "/cluster/ha/rules");
        return line.print(data, ["rule", "type", "resources", "disable"]);
      },
    },
    add: {
      args: ["sid"],
      run: async ({ call, params }) => {
        await call("POST", "/cluster/ha/resources", params);
        return 0;
      },
    },
    remove: {
      args: ["sid"],
      run: async ({ call, take }) => {
        await call("DELETE", `/cluster/ha/resources/${take("sid")}`);
        return 0;
      },
    },
    set: {
      args: ["sid"],
      run: async ({ call, take, params }) => {
        await call("PUT", `/cluster/ha/resources/${take("sid")}`, params);
        return 0;
      },
    },
  },
  FORMATS,
);

const jobRows = async (line: Parameters<Verb["run"]>[0]): Promise<number> => {
  const rows: Record<string, unknown>[] = await line.call("GET", `/nodes/${line.node}/replication`);
  line.process.out("JobID                Target                           Schedule   Rate Enabled\n");
  for (const { id, target, schedule = "*/15", rate = "-", disable } of rows)
    line.process.out(
      `${String(id).padEnd(20)} ${`local/${target}`.padEnd(32)} ${String(schedule).padEnd(8)} ${String(rate).padStart(6)} ${disable ? "no" : "yes"}\n`,
    );
  return 0;
};

/** `pvesr`: replication, as texts; one job as JSON. */
export const pvesr = family("pvesr", {
  list: { args: [], run: jobRows },
  status: { args: [], run: jobRows },
  read: {
    args: ["id"],
    run: async ({ call, take, process: { out } }) => {
      out(`${perlJson(await call("GET", `/cluster/replication/${take("id")}`), true)}\n`);
      return 0;
    },
  },
});

/** `pveceph`: no Ceph is installed (pve-facts 104). */
export const pveceph: Program = (process) => {
  complainOfLocale(process);
  process.err("binary not installed: /usr/bin/ceph-mon\n");
  return 2;
};
