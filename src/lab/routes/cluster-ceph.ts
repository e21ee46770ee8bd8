import { die } from "../refusal.ts";
import { cephStatus } from "./ceph.ts";
import { directory } from "./crud.ts";
import type { Route } from "./route.ts";

/** Ceph is not installed on the lab's nodes, and everything about it says so (pve-facts 104). */
const ASKED = [
  "GET /cluster/ceph/metadata",
  "GET /cluster/ceph/flags",
  "PUT /cluster/ceph/flags",
  "GET /cluster/ceph/flags/{flag}",
  "PUT /cluster/ceph/flags/{flag}",
  "POST /cluster/ceph/restart-bulk",
];

/** What a cluster without Ceph has to say of it. */
export const clusterCephRoutes: readonly Route[] = [
  directory("/cluster/ceph", "name", "flags metadata restart-bulk status"),
  { id: "GET /cluster/ceph/status", run: (call) => ({ data: cephStatus(call, call.state.entry.name) }) },
  ...ASKED.map(
    (id): Route => ({
      id,
      run: () => {
        throw die("binary not installed: /usr/bin/ceph-mon");
      },
    }),
  ),
];
