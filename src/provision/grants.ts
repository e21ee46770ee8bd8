import { needsOf, type Usage } from "../doctor/rights/needs.ts";
import { ACCESS_CLASSES, type AccessClass, type OperationId } from "../schema/operation.ts";

/** Privileges at one ACL path. */
export interface Grant {
  path: string;
  /** They hold on everything below the path too. */
  below: boolean;
  /** Sorted. */
  privileges: readonly string[];
}

export interface GrantsWanted {
  /** The operations of typed tools; only those of `tools` count. */
  usages: readonly Usage[];
  /** Names of tools; all when absent. */
  tools?: readonly string[] | undefined;
  /** The worst class of call that the token is meant for. */
  ceiling: AccessClass;
  /** Of Proxmox VE: older versions have other privileges. */
  version?: string | undefined;
  /** Privileges that the host knows; others are left out. */
  known?: ReadonlySet<string> | undefined;
}

const CONFIG = [
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
];

type Place = Omit<Grant, "privileges"> & { privileges: readonly string[] };

const VMS = (...privileges: string[]): Place => ({ path: "/vms", below: true, privileges });
const STORAGE = (...privileges: string[]): Place => ({ path: "/storage", below: true, privileges });
/** A NIC on a bridge needs the right to use it. */
const BRIDGES: Place = { path: "/sdn/zones", below: true, privileges: ["SDN.Use"] };
const DEVICES: Place = { path: "/mapping", below: true, privileges: ["Mapping.Use"] };

const CHANGES_VM: readonly Place[] = [VMS(...CONFIG), STORAGE("Datastore.AllocateSpace"), BRIDGES, DEVICES];

/** What the server's code asks for beyond what the schema says, by what is in the call. */
const UNWRITTEN: Readonly<Record<OperationId, readonly Place[]>> = {
  "POST /nodes/{node}/qemu": [...CHANGES_VM, VMS("VM.Allocate", "VM.PowerMgmt")],
  "POST /nodes/{node}/qemu/{vmid}/config": CHANGES_VM,
  "PUT /nodes/{node}/qemu/{vmid}/config": CHANGES_VM,
  "POST /nodes/{node}/qemu/{vmid}/clone": [STORAGE("Datastore.AllocateSpace"), BRIDGES],
  "POST /nodes/{node}/vzdump": [VMS("VM.Backup"), STORAGE("Datastore.AllocateSpace")],
  "DELETE /nodes/{node}/storage/{storage}/content/{volume}": [
    STORAGE("Datastore.AllocateSpace", "Datastore.AllocateTemplate"),
  ],
};

/**
 * The least that a token needs for the calls of some tools, one entry a path. An entry takes the place of what would be
 * inherited from above it, so it holds that too. Rights to write that Proxmox VE wants for a few reads are left out.
 */
export function grantsFor({ usages, tools, ceiling, version, known }: GrantsWanted): Grant[] {
  const isWanted = (of: readonly string[]) => tools === undefined || of.some((tool) => tools.includes(tool));
  const wanted = usages.filter(({ tools: of }) => isWanted(of));
  const places = new Map<string, { path: string; below: boolean; privileges: Set<string> }>();
  const note = ({ path, below, privileges }: Place): void => {
    const place = places.get(path) ?? { path, below, privileges: new Set<string>() };
    places.set(path, place);
    // There is one entry a path: one that holds below it holds at the path too.
    place.below ||= below;
    for (const one of privileges) if (known === undefined || known.has(one)) place.privileges.add(one);
  };
  for (const need of needsOf(wanted, { rights: {}, ceiling, version })) {
    if (!need.heavy && isWanted(need.tools)) note(need);
  }
  const allowed = ACCESS_CLASSES.slice(0, ACCESS_CLASSES.indexOf(ceiling) + 1);
  for (const { operation, class: its } of wanted) {
    if (allowed.includes(its)) for (const place of UNWRITTEN[operation] ?? []) note(place);
  }
  // Guests, nodes and storages are found by one list, which leaves out what a token may not see (pve-facts 27).
  if (wanted.some(({ operation, class: its }) => allowed.includes(its) && operation.includes("{node}"))) {
    note(VMS("VM.Audit"));
    note(STORAGE("Datastore.Audit"));
  }
  const all = [...places.values()].filter(({ privileges }) => privileges.size > 0);
  for (const place of all) {
    for (const above of all) {
      const prefix = above.path === "/" ? "/" : `${above.path}/`;
      if (!above.below || above === place || !place.path.startsWith(prefix)) continue;
      for (const one of above.privileges) place.privileges.add(one);
    }
  }
  return all
    .map(({ path, below, privileges }) => ({ path, below, privileges: [...privileges].sort() }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
