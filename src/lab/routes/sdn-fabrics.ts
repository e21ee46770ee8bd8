import { die } from "../refusal.ts";
import { type Section, splitList, storable } from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { type Call, type Route, text } from "./route.ts";
import { maySee, viewOf } from "./sdn-list.ts";

const PATH = "/cluster/sdn/fabrics";
const FABRIC = `${PATH}/fabric`;
const NODE = `${PATH}/node`;

/** Values that were given, but the names of things and what guards them. */
function valuesOf(call: Call, operation: string): Section {
  const {
    id: _,
    fabric_id: __,
    node_id: ___,
    digest: ____,
    delete: _____,
    "lock-token": ______,
    ...rest
  } = call.params;
  const { protocol, ...values } = storable(operation, rest);
  return { type: String(protocol), ...values };
}

function shown(kind: "fabrics" | "fabricNodes", id: string, object: Section): Section {
  const { type, ...values } = object;
  const protocol = type === undefined ? {} : { protocol: type };
  if (kind === "fabrics") return { id, ...protocol, ...values };
  const [fabric = "", ...node] = id.split("_");
  return { fabric_id: fabric, node_id: node.join("_"), interfaces: [], ...protocol, ...values };
}

function rows(call: Call, kind: "fabrics" | "fabricNodes"): Section[] {
  const { objects, digest } = viewOf(call, kind);
  return Object.keys(objects)
    .sort()
    .filter((id) => maySee(call, `/sdn/fabrics/${id.split("_")[0]}`))
    .map((id) => ({ ...shown(kind, id, objects[id]!), ...(digest === null ? {} : { digest }) }));
}

function keyOf(call: Call, kind: "fabrics" | "fabricNodes"): string {
  return kind === "fabrics" ? (text(call, "id") ?? "") : `${text(call, "fabric_id")}_${text(call, "node_id")}`;
}

function what(call: Call, kind: "fabrics" | "fabricNodes"): string {
  return kind === "fabrics"
    ? `fabric '${text(call, "id")}'`
    : `node '${text(call, "node_id")}' in fabric '${text(call, "fabric_id")}'`;
}

function find(call: Call, kind: "fabrics" | "fabricNodes"): Section {
  const section = call.state.datacenter.sdn[kind].get(keyOf(call, kind));
  if (!section) throw die(`${what(call, kind)} does not exist in fabric configuration`);
  return section;
}

/** A node takes part in a fabric that is there, speaks its protocol, and has no other's address. */
function checkNode(call: Call, section: Section): void {
  const { sdn } = call.state.datacenter;
  const fabric = text(call, "fabric_id") ?? "";
  const found = sdn.fabrics.get(fabric);
  if (!found) throw die(`fabric '${fabric}' does not exist in fabric configuration`);
  if (found.type !== section.type) throw die(`protocol of node does not match protocol of fabric '${fabric}'`);
  const own = keyOf(call, "fabricNodes");
  for (const other of sdn.fabricNodes.ids)
    if (other !== own && section.ip !== undefined && sdn.fabricNodes.get(other)!.ip === section.ip)
      throw die(`ip address ${section.ip} is already in use by node '${other.slice(other.indexOf("_") + 1)}'`);
}

function write(call: Call, kind: "fabrics" | "fabricNodes", operation: string, create: boolean): null {
  const { sdn } = call.state.datacenter;
  const key = keyOf(call, kind);
  const title = kind === "fabrics" ? "fabric" : "node";
  sdn.guarded(`${create ? "adding" : "updating"} ${title} failed`, call.params["lock-token"], () => {
    const config = sdn[kind];
    config.assertUnmodified(call.params.digest);
    if (create && config.has(key)) throw die(`${what(call, kind)} already exists in fabric configuration`);
    const section: Section = create ? {} : { ...find(call, kind) };
    for (const name of splitList(call.params.delete)) delete section[name];
    Object.assign(section, valuesOf(call, operation));
    if (kind === "fabricNodes") checkNode(call, section);
    config.set(key, section);
  });
  return null;
}

function remove(call: Call, kind: "fabrics" | "fabricNodes"): null {
  const { sdn } = call.state.datacenter;
  const key = keyOf(call, kind);
  sdn.guarded(`deleting ${kind === "fabrics" ? "fabric" : "node"} failed`, call.params["lock-token"], () => {
    find(call, kind);
    if (kind === "fabrics") {
      const zone = sdn.zones.ids.find((id) => sdn.zones.get(id)!.fabric === key);
      if (zone !== undefined) throw die(`fabric '${key}' is still used by zone '${zone}'`);
      for (const node of sdn.fabricNodes.ids) if (node.startsWith(`${key}_`)) sdn.fabricNodes.delete(node);
    }
    sdn[kind].delete(key);
  });
  return null;
}

function one(call: Call, kind: "fabrics" | "fabricNodes"): Section {
  return { ...shown(kind, keyOf(call, kind), find(call, kind)), digest: call.state.datacenter.sdn[kind].digest };
}

/** Fabrics: routed networks between nodes, and the nodes that take part in them. */
export const sdnFabricRoutes: readonly Route[] = [
  directory(PATH, "subdir", "fabric node all"),
  {
    id: `GET ${PATH}/all`,
    run: (call) => ({ data: { fabrics: rows(call, "fabrics"), nodes: rows(call, "fabricNodes") } }),
  },
  { id: `GET ${FABRIC}`, run: (call) => ({ data: rows(call, "fabrics") }) },
  { id: `POST ${FABRIC}`, writes: true, run: (call) => ({ data: write(call, "fabrics", `POST ${FABRIC}`, true) }) },
  { id: `GET ${FABRIC}/{id}`, run: (call) => ({ data: one(call, "fabrics") }) },
  {
    id: `PUT ${FABRIC}/{id}`,
    writes: true,
    run: (call) => ({ data: write(call, "fabrics", `PUT ${FABRIC}/{id}`, false) }),
  },
  { id: `DELETE ${FABRIC}/{id}`, writes: true, run: (call) => ({ data: remove(call, "fabrics") }) },
  { id: `GET ${NODE}`, run: (call) => ({ data: rows(call, "fabricNodes") }) },
  {
    id: `GET ${NODE}/{fabric_id}`,
    run: (call) => ({
      data: rows(call, "fabricNodes").filter((row) => row.fabric_id === text(call, "fabric_id")),
    }),
  },
  {
    id: `POST ${NODE}/{fabric_id}`,
    writes: true,
    run: (call) => ({ data: write(call, "fabricNodes", `POST ${NODE}/{fabric_id}`, true) }),
  },
  { id: `GET ${NODE}/{fabric_id}/{node_id}`, run: (call) => ({ data: one(call, "fabricNodes") }) },
  {
    id: `PUT ${NODE}/{fabric_id}/{node_id}`,
    writes: true,
    run: (call) => ({ data: write(call, "fabricNodes", `PUT ${NODE}/{fabric_id}/{node_id}`, false) }),
  },
  {
    id: `DELETE ${NODE}/{fabric_id}/{node_id}`,
    writes: true,
    run: (call) => ({ data: remove(call, "fabricNodes") }),
  },
];
