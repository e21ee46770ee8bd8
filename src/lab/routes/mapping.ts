import { die } from "../refusal.ts";
import { type Entry, entriesOf, pciComplaint, usbComplaint } from "../state/mappings.ts";
import {
  checkConfig,
  deleteOptions,
  guarded,
  type Options,
  options,
  type Section,
  type SectionConfig,
  splitList,
  storable,
} from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { type Call, may, type Route, text } from "./route.ts";

type Kind = "pci" | "usb" | "dir";

const TYPES: Readonly<Record<Kind, Options>> = {
  pci: options("map", "description mdev live-migration-capable"),
  usb: options("map", "description"),
  dir: options("map", "description"),
};

/** Directories that a node has from the start; others were never made. */
const DIRECTORIES =
  /^\/(?:etc|home|media|mnt(?:\/pve)?|opt|root|srv|tmp|usr(?:\/share)?|var(?:\/(?:lib|log|tmp))?)(?:\/vz)?\/?$/;

const VISIBLE = ["Mapping.Modify", "Mapping.Use", "Mapping.Audit"];

/** What does not fit between an entry and its node. */
function complaint(call: Call, kind: Kind, name: string, entry: Entry): string | undefined {
  if (kind === "pci") return pciComplaint(call.state, name, entry);
  if (kind === "usb") return usbComplaint(call.state, name, entry);
  return DIRECTORIES.test(entry.path ?? "") ? undefined : `Path ${entry.path} does not exist`;
}

function checks(call: Call, kind: Kind, name: string, section: Section, node: string): Section[] {
  const own = entriesOf(section).filter((entry) => entry.node === node);
  if (own.length === 0) return [{ severity: "warning", message: `No mapping for node ${node}.` }];
  return own.flatMap((entry) => {
    const wrong = complaint(call, kind, name, entry);
    return wrong === undefined ? [] : [{ severity: "error", message: `Invalid configuration: ${wrong}\n` }];
  });
}

function configOf(call: Call, kind: Kind): SectionConfig {
  return call.state.datacenter.mappings[kind];
}

function list(call: Call, kind: Kind): Section[] {
  const config = configOf(call, kind);
  const asked = text(call, "check-node");
  const node = asked === "localhost" ? call.state.entry.name : asked;
  if (node !== undefined && !call.state.nodes.has(node))
    throw die(`hostname lookup '${node}' failed - failed to get address info for: ${node}: Name or service not known`);
  return config.ids
    .filter((id) => VISIBLE.some((privilege) => may(call, `/mapping/${kind}/${id}`, privilege)))
    .map((id) => {
      const section = config.get(id)!;
      const found = node === undefined ? undefined : checks(call, kind, id, section, node);
      return {
        ...section,
        id,
        digest: config.digest,
        ...(found === undefined ? {} : { [kind === "usb" ? "errors" : "checks"]: found }),
      };
    });
}

function read(call: Call, kind: Kind): Section {
  const config = configOf(call, kind);
  const id = text(call, "id") ?? "";
  const section = config.get(id);
  if (!section) throw die(`mapping '${id}' not found`);
  return { ...section, digest: config.digest };
}

/** Directories of the answering node must be there, and each node may have one. */
function assertDirectories(call: Call, section: Section): void {
  const counts = new Map<string, number>();
  for (const entry of entriesOf(section)) {
    if (entry.node === call.state.entry.name) {
      const wrong = complaint(call, "dir", "", entry);
      if (wrong !== undefined) throw die(wrong);
    }
    counts.set(entry.node, (counts.get(entry.node) ?? 0) + 1);
  }
  for (const [node, count] of counts) if (count > 1) throw die(`Node '${node}' is specified ${count} times.`);
}

function valuesOf(call: Call, operation: string): Section {
  const { id: _, digest: __, delete: ___, ...rest } = call.params;
  return storable(operation, rest);
}

function create(call: Call, kind: Kind): null {
  const config = configOf(call, kind);
  const id = text(call, "id") ?? "";
  const section = checkConfig(kind, TYPES[kind], valuesOf(call, `POST /cluster/mapping/${kind}`), true);
  if (kind === "dir") assertDirectories(call, section);
  guarded(`create ${kind === "dir" ? "directory" : "hardware"} mapping failed`, () => {
    if (config.has(id)) throw die(`${kind} ID '${id}' already defined`);
    config.set(id, section);
  });
  return null;
}

function update(call: Call, kind: Kind): null {
  const config = configOf(call, kind);
  const id = text(call, "id") ?? "";
  guarded(`update ${kind === "dir" ? "directory" : "hardware"} mapping failed`, () => {
    config.assertUnmodified(call.params.digest);
    const old = config.get(id);
    if (!old) throw die(`${kind} ID '${id}' does not exist`);
    const values = valuesOf(call, `PUT /cluster/mapping/${kind}/{id}`);
    checkConfig(kind, TYPES[kind], values, true);
    if (kind === "dir") assertDirectories(call, values);
    const section: Section = { ...old };
    deleteOptions(section, TYPES[kind], values, splitList(call.params.delete));
    config.set(id, Object.assign(section, values));
  });
  return null;
}

function routesOf(kind: Kind): Route[] {
  const path = `/cluster/mapping/${kind}`;
  return [
    { id: `GET ${path}`, run: (call) => ({ data: list(call, kind) }) },
    { id: `POST ${path}`, writes: true, run: (call) => ({ data: create(call, kind) }) },
    { id: `GET ${path}/{id}`, run: (call) => ({ data: read(call, kind) }) },
    { id: `PUT ${path}/{id}`, writes: true, run: (call) => ({ data: update(call, kind) }) },
    {
      id: `DELETE ${path}/{id}`,
      writes: true,
      run: (call) => {
        configOf(call, kind).delete(text(call, "id") ?? "");
        return { data: null };
      },
    },
  ];
}

/** Names for devices and directories that stand for something else on every node. */
export const mappingRoutes: readonly Route[] = [
  directory("/cluster/mapping", "name", "dir pci usb"),
  ...routesOf("pci"),
  ...routesOf("usb"),
  ...routesOf("dir"),
];
