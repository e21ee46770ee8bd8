import { isIP } from "node:net";
import { die } from "../refusal.ts";
import { directory, hostOf } from "./node-of.ts";
import { type Call, type Route, text } from "./route.ts";

/** The complaint about a program that is not there, as the server's library words it. */
function notInstalled(command: string): Error {
  return die(
    `command '${command}' failed: open3: exec of ${command} failed: No such file or directory at /usr/share/perl5/PVE/Cmd.pm line 174.`,
  );
}

/** Values that storages of a kind have at a server: only what the cluster uses is known to be there. */
function known(call: Call, type: string, server: string, key: string): string[] {
  const found = [...call.state.storages.values()]
    .filter(
      (storage) => storage.type === type && [storage.definition.server, storage.definition.portal].includes(server),
    )
    .map((storage) => String(storage.definition[key] ?? ""));
  return [...new Set(found)];
}

/** The server that the call names, unless its name leads nowhere. */
function serverOf(call: Call): string {
  const server = text(call, "server")!;
  const isAddress = isIP(server) !== 0 || server === "localhost";
  if (!isAddress && !(call.state.datacenter.internet && server.includes(".")))
    throw die(`unable to resolve address for server '${server}'`);
  return server;
}

function nfs(call: Call): unknown {
  const server = serverOf(call);
  const command = `/sbin/showmount --no-headers --exports ${server}`;
  if (hostOf(call).profile.missing.has("showmount")) throw notInstalled(command);
  const paths = known(call, "nfs", server, "export");
  if (paths.length === 0) throw die(`command '${command}' failed: exit code 1`);
  return paths.map((path) => ({ path, options: "192.0.2.0/24" }));
}

function cifs(call: Call): unknown {
  const server = serverOf(call);
  const shares = known(call, "cifs", server, "share");
  if (shares.length === 0) throw die(`smbclient failed: Connection to ${server} failed (Error NT_STATUS_IO_TIMEOUT)`);
  return shares.map((share) => ({ share, description: "" }));
}

function pbs(call: Call): unknown {
  const server = text(call, "server")!;
  const stores = known(call, "pbs", server, "datastore");
  if (stores.length === 0) throw die(`${server}:${text(call, "port") ?? 8007}: Can't connect to ${server}`);
  return stores.map((store) => ({ store }));
}

function iscsi(call: Call): unknown {
  const portal = text(call, "portal")!;
  if (hostOf(call).profile.missing.has("iscsiadm")) throw die("error: no iscsi support - please install open-iscsi");
  const targets = known(call, "iscsi", portal, "target");
  if (targets.length === 0)
    throw die(
      `command '/usr/bin/iscsiadm --mode discovery --type sendtargets --portal ${portal}' failed: exit code 21`,
    );
  return targets.map((target) => ({ target, portal: portal.includes(":") ? portal : `${portal}:3260` }));
}

function thinPools(call: Call): unknown {
  const vg = text(call, "vg")!;
  const group = hostOf(call).disks.group(vg);
  return (group?.pools ?? []).map(({ lv }) => ({ lv }));
}

function zfs(call: Call): unknown {
  const { profile, disks } = hostOf(call);
  if (profile.missing.has("zfs")) throw notInstalled("zfs list -t filesystem -Hp -o name,avail,used");
  return disks.pools.map(({ name, size }) => ({ pool: name, size, free: size }));
}

/** What a node finds on servers and disks. */
export const scanRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/scan", "cifs iscsi lvm nfs pbs zfs", "method", true),
  { id: "GET /nodes/{node}/scan/nfs", run: (call) => ({ data: nfs(call) }) },
  { id: "GET /nodes/{node}/scan/cifs", run: (call) => ({ data: cifs(call) }) },
  { id: "GET /nodes/{node}/scan/pbs", run: (call) => ({ data: pbs(call) }) },
  { id: "GET /nodes/{node}/scan/iscsi", run: (call) => ({ data: iscsi(call) }) },
  {
    id: "GET /nodes/{node}/scan/lvm",
    run: (call) => ({ data: hostOf(call).disks.groups.map(({ vg }) => ({ vg })) }),
  },
  { id: "GET /nodes/{node}/scan/lvmthin", run: (call) => ({ data: thinPools(call) }) },
  { id: "GET /nodes/{node}/scan/zfs", run: (call) => ({ data: zfs(call) }) },
  {
    id: "GET /nodes/{node}/scan/glusterfs",
    run: (call) => {
      const server = text(call, "server")!;
      throw die(`command '/usr/sbin/gluster --remote-host=${server} peer status' failed: exit code 1`);
    },
  },
];
