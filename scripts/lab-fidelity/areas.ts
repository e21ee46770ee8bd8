import type { Recording } from "./recordings.ts";

const AREAS: readonly [RegExp, string][] = [
  [/^\/access/, "access"],
  [/^\/pools/, "pools"],
  [/\/firewall/, "firewall"],
  [/^\/(nodes\/[^/]+\/)?storage/, "storage"],
  [/^\/nodes\/[^/]+\/qemu/, "qemu"],
  [/^\/nodes\/[^/]+\/lxc/, "lxc"],
  [/^\/(nodes\/[^/]+\/vzdump|cluster\/backup)/, "backup"],
  [/^\/(nodes\/[^/]+|cluster)\/sdn/, "sdn"],
  [/^\/cluster\/ha/, "ha"],
  [/^\/cluster\/notifications/, "notifications"],
  [/^\/cluster/, "cluster"],
  [/^\/nodes/, "nodes"],
];

const TASK = /^\/api2\/\w+\/nodes\/[^/]+\/tasks\/UPID/;

/** The area of the API that each exchange belongs to; a look at a task belongs to what started it. */
export function areasOf(recordings: readonly Recording[]): string[] {
  let last = "protocol";
  return recordings.map(({ file, request }) => {
    if (file === "protocol") return "protocol";
    if (TASK.test(request.path)) return last;
    const path = request.path.replace(/^\/api2\/\w+/, "");
    last = AREAS.find(([pattern]) => pattern.test(path))?.[1] ?? "protocol";
    return last;
  });
}
