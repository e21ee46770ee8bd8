import { nowSeconds } from "../clock.ts";
import { directory, hostOf, nodeName } from "./node-of.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

function versions(call: Call): Record<string, unknown>[] {
  const { apt, profile, node } = hostOf(call);
  if (!profile.sources) return apt.versions({});
  return apt.versions({
    "proxmox-ve": { RunningKernel: profile.kernel.release },
    "pve-manager": { ManagerVersion: `${node.version}/14a22df300000000` },
  });
}

function refresh(call: Call): { data: string } {
  const { apt, profile } = hostOf(call);
  return startTask(call, {
    node: nodeName(call),
    type: "aptupdate",
    id: "",
    weight: 1,
    begin: (task) => {
      if (!flag(call, "quiet")) task.log.push("starting apt-get update");
    },
    work: (task) => {
      if (!call.state.datacenter.internet && profile.sources)
        throw new Error("command 'apt-get update' failed: exit code 100");
      if (profile.sources && !flag(call, "quiet"))
        task.log.push(
          "Hit:1 http://deb.debian.org/debian trixie InRelease",
          "Hit:2 http://download.proxmox.com/debian/pve trixie InRelease",
          "Reading package lists...",
        );
      apt.refreshed = nowSeconds();
      return undefined;
    },
  });
}

/** A made-up history; of a package that nobody knows only the tool's exit code. */
function changelog(call: Call): string {
  const name = text(call, "name")!;
  const found = hostOf(call).apt.find(name);
  if (!found) return `E: Unable to locate package ${name}\nRC: 100`;
  const version = text(call, "version") ?? found.candidate;
  return `${name} (${version}) trixie; urgency=medium\n\n  * small fixes\n\n -- Lab Maintainers <lab@example.net>  Mon, 01 Jun 2026 12:00:00 +0200\n`;
}

function enabled(call: Call): boolean | undefined {
  return text(call, "enabled") === undefined ? undefined : flag(call, "enabled");
}

/** Packages of a node and where they come from; upgrades are for a shell (pve-facts 111). */
export const aptRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/apt", "changelog repositories update versions", "id", true),
  { id: "GET /nodes/{node}/apt/update", run: (call) => ({ data: hostOf(call).apt.updates() }) },
  { id: "POST /nodes/{node}/apt/update", run: refresh },
  { id: "GET /nodes/{node}/apt/changelog", run: (call) => ({ data: changelog(call) }) },
  { id: "GET /nodes/{node}/apt/versions", run: (call) => ({ data: versions(call) }) },
  { id: "GET /nodes/{node}/apt/repositories", run: (call) => ({ data: hostOf(call).apt.repositories() }) },
  {
    id: "POST /nodes/{node}/apt/repositories",
    run: (call) => {
      hostOf(call).apt.change(text(call, "path")!, int(call, "index")!, enabled(call), text(call, "digest"));
      return { data: null };
    },
  },
  {
    id: "PUT /nodes/{node}/apt/repositories",
    run: (call) => {
      hostOf(call).apt.add(text(call, "handle")!, text(call, "digest"));
      return { data: null };
    },
  },
];
