import { die, parameterRefusal } from "../refusal.ts";
import { type Appliance, allAppliances } from "../state/appliances.ts";
import { account, enabledStorage } from "../state/storage.ts";
import { nodeName } from "./node-of.ts";
import { type Call, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Bytes of a downloaded template. */
const SIZE = 120_000_000;

const FORMATS: Readonly<Record<string, string>> = { gz: "tgz", xz: "txz", zst: "tzst" };

function store(call: Call, storage: string, { template }: Appliance): void {
  const { state } = call;
  const node = nodeName(call);
  const definition = enabledStorage(state, storage, node);
  const volid = `${storage}:vztmpl/${template}`;
  if (state.hasVolume(volid, node)) return;
  const known = state.volumes.get(volid);
  // A local volume of the same name on several nodes belongs to no single one.
  if (known) delete known.node;
  else
    state.volumes.set(volid, {
      volid,
      storage,
      ...(definition.shared ? {} : { node }),
      content: "vztmpl",
      format: FORMATS[/\.(\w+)$/.exec(template)?.[1] ?? ""] ?? "tgz",
      size: SIZE,
      ctime: Math.floor(Date.now() / 1000),
    });
  account(definition, node, SIZE);
}

function download(call: Call): { data: string } {
  const name = text(call, "template")!;
  const storage = text(call, "storage")!;
  const found = allAppliances().find(({ template }) => template === name);
  if (!found) throw parameterRefusal({ template: "no such template" });
  const { content } = enabledStorage(call.state, storage, nodeName(call));
  if (!content.includes("vztmpl")) throw die(`storage '${storage}' does not support templates`);
  return startTask(call, {
    node: nodeName(call),
    type: "download",
    id: name,
    weight: 2,
    work: (task) => {
      task.log.push(`downloading ${found.location} to ${storage}:vztmpl/${name}`);
      if (!call.state.datacenter.internet)
        throw new Error("download failed: wget: unable to resolve host address 'download.proxmox.com'");
      store(call, storage, found);
      task.log.push(`download of '${found.location}' to '${name}' finished`);
      return undefined;
    },
  });
}

/** Container templates that the vendor offers. */
export const aplinfoRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/aplinfo", run: () => ({ data: allAppliances() }) },
  { id: "POST /nodes/{node}/aplinfo", run: download },
];
