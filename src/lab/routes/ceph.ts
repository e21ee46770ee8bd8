import { die } from "../refusal.ts";
import { directory, hostOf, nodeName } from "./node-of.ts";
import type { Call, Route } from "./route.ts";

const MONITOR = "/usr/bin/ceph-mon";

/** Operations by the program that they look for first (pve-facts 104). */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  [MONITOR]: [
    "GET cfg/db",
    "GET cfg/raw",
    "GET cfg/value",
    "GET config",
    "GET configdb",
    "GET cmd-safety",
    "GET crush",
    "GET fs",
    "POST fs/{name}",
    "DELETE fs/{name}",
    "GET log",
    "GET mds",
    "DELETE mds/{name}",
    "GET mgr",
    "DELETE mgr/{id}",
    "GET mon",
    "POST mon/{monid}",
    "DELETE mon/{monid}",
    "GET osd",
    "POST osd",
    "DELETE osd/{osdid}",
    "POST osd/{osdid}/in",
    "POST osd/{osdid}/out",
    "POST osd/{osdid}/scrub",
    "GET osd/{osdid}/lv-info",
    "GET osd/{osdid}/metadata",
    "GET pool",
    "POST pool",
    "PUT pool/{name}",
    "DELETE pool/{name}",
    "GET pool/{name}/status",
    "GET pools",
    "POST pools",
    "GET pools/{name}",
    "PUT pools/{name}",
    "DELETE pools/{name}",
    "POST restart",
    "POST restart-bulk",
    "GET rules",
    "POST start",
    "POST stop",
  ],
  "/usr/bin/ceph": ["POST init"],
  "/usr/bin/ceph-mgr": ["POST mgr/{id}"],
  "/usr/bin/ceph-mds": ["POST mds/{name}"],
};

/** Files without which there is a program but no cluster. */
const UNCONFIGURED = "pveceph configuration not initialized - missing '/etc/pve/ceph.conf', missing '/etc/pve/ceph'";

function refusing(operation: string, program: string): Route {
  const [method, path] = operation.split(" ");
  return {
    id: `${method} /nodes/{node}/ceph/${path}`,
    run: (call) => {
      const absent = hostOf(call).profile.missing.has("ceph");
      throw die(absent ? `binary not installed: ${program}` : UNCONFIGURED);
    },
  };
}

/** What a node learns from the monitors: nothing without the program, or without a cluster. */
export function cephStatus({ state }: Call, node: string): Record<string, unknown> {
  if (state.hosts.of(node).profile.missing.has("ceph")) throw die(`binary not installed: ${MONITOR}`);
  const { ceph } = state.datacenter;
  if (!ceph) throw die(UNCONFIGURED);
  if (ceph.quorum.length === 0) throw die("got timeout");
  return ceph.status();
}

const RELEASES = [
  { release: "squid", version: "19.2", "is-default": 1, available: 1, unsupported: 0 },
  { release: "tentacle", version: "20.2", "is-default": 0, available: 1, unsupported: 0 },
];

const CHILDREN =
  "cmd-safety cfg crush fs init log mds mgr mon osd pool releases restart restart-bulk rules start status stop";

/** Ceph, which no node has installed unless a test says so; then its status is all there is. */
export const cephRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/ceph", CHILDREN, "name", true),
  directory("GET /nodes/{node}/ceph/cfg", "raw db value", "name", true),
  directory("GET /nodes/{node}/ceph/osd/{osdid}", "metadata lv-info", "name", true),
  directory("GET /nodes/{node}/ceph/pool/{name}", "status", "name", true),
  { id: "GET /nodes/{node}/ceph/releases", run: () => ({ data: RELEASES }) },
  { id: "GET /nodes/{node}/ceph/status", run: (call) => ({ data: cephStatus(call, nodeName(call)) }) },
  ...Object.entries(NEEDS).flatMap(([program, operations]) =>
    operations.map((operation) => refusing(operation, program)),
  ),
];
