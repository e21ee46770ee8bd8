import { DEFAULT_RANGE, type Guests, guestsOf, parseRange, type Range } from "./guests.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a run is told. */
export interface Settings {
  range: Range;
  /** The node on which guests are made. */
  node?: string;
  /** Storages for disks, for backups, for files. */
  storage?: string;
  /** A template with a guest agent inside, which is cloned. */
  template?: number;
  /** Volume of a container template. */
  containerTemplate?: string;
  /** A small file that nodes can fetch. */
  downloadUrl?: string;
  /** Commands and files on a node itself may be tried. */
  nodeCommands: boolean;
  /** The server has a login for consoles, by which commands go where there is no SSH. */
  console: boolean;
  /** The host has hardware virtualization. */
  kvm: boolean;
}

/** Reads the settings of a run; throws where one is wrong. */
export function readSettings(env: Environment): Settings {
  const template = env.PROXMOX_LIVE_TEMPLATE;
  if (template !== undefined && !/^[1-9]\d{2,8}$/.test(template)) {
    throw new Error(`PROXMOX_LIVE_TEMPLATE is ${JSON.stringify(template)}, not a VMID`);
  }
  return {
    range: parseRange(env.PROXMOX_LIVE_VMIDS ?? DEFAULT_RANGE),
    ...(env.PROXMOX_LIVE_NODE ? { node: env.PROXMOX_LIVE_NODE } : {}),
    ...(env.PROXMOX_LIVE_STORAGE ? { storage: env.PROXMOX_LIVE_STORAGE } : {}),
    ...(template === undefined ? {} : { template: Number(template) }),
    ...(env.PROXMOX_LIVE_CT_TEMPLATE ? { containerTemplate: env.PROXMOX_LIVE_CT_TEMPLATE } : {}),
    ...(env.PROXMOX_LIVE_DOWNLOAD_URL ? { downloadUrl: env.PROXMOX_LIVE_DOWNLOAD_URL } : {}),
    nodeCommands: env.PROXMOX_LIVE_NODE_COMMANDS === "1",
    console: Boolean(env.PROXMOX_SHELL_CONSOLE_PASSWORD ?? env.PROXMOX_SHELL_CONSOLE_PASSWORD_FILE),
    kvm: env.PROXMOX_LIVE_KVM !== "0",
  };
}

/** Where a run plays: what it was told, and what the host has. */
export interface Site extends Omit<Settings, "storage" | "node"> {
  node: string;
  /** By what they hold; absent where the node has none. */
  storages: Readonly<Partial<Record<"images" | "rootdir" | "backup" | "iso" | "snippets", string>>>;
  /** Guests of others on the host. */
  strangers: readonly { vmid: number; type: string }[];
  guests: Guests;
  /** The first PCI device of the node. */
  device?: string;
  /** The server under test can log in to nodes. */
  ssh: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/** Reads one path of the API, with the server under test. */
export type Read = (path: string, params?: object) => Promise<readonly Row[]>;

/** Looks at the host. */
export async function surveySite(settings: Settings, read: Read, ssh: boolean): Promise<Site> {
  const nodes = await read("/nodes");
  const online = nodes.filter(({ status }) => status === "online").map(({ node }) => String(node));
  const node = settings.node ?? online.sort()[0];
  if (node === undefined || !online.includes(node))
    throw new Error(`node ${node ?? ""} is not online; there are: ${online.join(", ")}`);
  const stores = (await read(`/nodes/${node}/storage`)).filter(
    ({ active, enabled }) => Number(active) === 1 && Number(enabled) !== 0,
  );
  const holding = (content: string) => {
    const fit = stores
      .filter((row) => String(row.content).split(",").includes(content))
      .map(({ storage }) => String(storage));
    return fit.find((one) => one === settings.storage) ?? fit.sort()[0];
  };
  const kinds = ["images", "rootdir", "backup", "iso", "snippets"] as const;
  const storages = Object.fromEntries(
    kinds.flatMap((kind) => {
      const storage = holding(kind);
      return storage === undefined ? [] : [[kind, storage]];
    }),
  );
  const { range } = settings;
  const guests = await read("/cluster/resources", { type: "vm" });
  const vmids = guests.map((row) => ({ vmid: Number(row.vmid), type: String(row.type) }));
  const devices = await read(`/nodes/${node}/hardware/pci`);
  const containerTemplate = settings.containerTemplate ?? (await firstTemplate(read, node, stores));
  const { storage: _, ...given } = settings;
  return {
    ...given,
    node,
    ...(containerTemplate === undefined ? {} : { containerTemplate }),
    storages,
    strangers: vmids.filter(({ vmid }) => vmid < range.first || vmid > range.last),
    guests: guestsOf(range),
    ...(devices[0] === undefined ? {} : { device: String(devices[0].id) }),
    ssh,
  };
}

async function firstTemplate(read: Read, node: string, stores: readonly Row[]): Promise<string | undefined> {
  for (const { storage, content } of stores) {
    if (!String(content).split(",").includes("vztmpl")) continue;
    const [first] = await read(`/nodes/${node}/storage/${String(storage)}/content`, { content: "vztmpl" });
    if (first !== undefined) return String(first.volid);
  }
  return undefined;
}
