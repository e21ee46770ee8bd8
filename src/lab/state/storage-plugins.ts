/** How one kind of storage takes a property: given once, given or not, or both. */
type Rule = "required" | "fixed" | "optional" | "fixed-optional";

/** One kind of storage. */
export interface StoragePlugin {
  /** Content it can hold. */
  content: readonly string[];
  /** Content it holds when nobody says. */
  usual: readonly string[];
  /** Image formats, the usual one first. */
  formats: readonly string[];
  /** Volumes are files below a directory. */
  files?: true;
  /** Every node sees the same. */
  shared?: true;
  /** The directory where it is mounted when none is given. */
  mounted?: true;
  /** Answers the creation with an object of what it made up. */
  answersConfig?: true;
  properties: Readonly<Record<string, Rule>>;
  /** Kept apart from the definition and never shown. */
  sensitive: readonly string[];
}

function rules(text: string): Record<string, Rule> {
  const kinds: Record<string, Rule> = { "!": "required", "=": "fixed", "?": "fixed-optional" };
  return Object.fromEntries(
    text
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => {
        const kind = kinds[word[0]!];
        return kind === undefined ? [word, "optional"] : [word.slice(1), kind];
      }),
  );
}

const COMMON = "nodes disable content bwlimit";
const BACKUPS = "prune-backups max-protected-backups";
const DIRECTORY = `=path content-dirs ${COMMON} ${BACKUPS} format mkdir create-base-path create-subdirs`;
const FILES = ["images", "rootdir", "vztmpl", "iso", "backup", "snippets", "import"];

/**
 * The kinds of storage and their properties: `=` marks what is fixed at creation, `?` fixed but not needed, `!` needed;
 * the rest may come and go.
 */
const STORAGE_PLUGINS: Readonly<Record<string, StoragePlugin>> = {
  dir: {
    content: [...FILES, "none"],
    usual: ["images"],
    formats: ["raw", "qcow2", "vmdk", "subvol"],
    files: true,
    properties: rules(`${DIRECTORY} shared is_mountpoint preallocation ?snapshot-as-volume-chain maxfiles`),
    sensitive: [],
  },
  btrfs: {
    content: [...FILES, "none"],
    usual: ["images", "rootdir"],
    formats: ["raw", "subvol"],
    files: true,
    properties: rules(`${DIRECTORY} shared is_mountpoint nocow preallocation`),
    sensitive: [],
  },
  nfs: {
    content: FILES,
    usual: ["images"],
    formats: ["raw", "qcow2", "vmdk", "subvol"],
    files: true,
    shared: true,
    mounted: true,
    properties: rules(`${DIRECTORY} =server =export options preallocation ?snapshot-as-volume-chain maxfiles`),
    sensitive: [],
  },
  cifs: {
    content: FILES,
    usual: ["images"],
    formats: ["raw", "qcow2", "vmdk", "subvol"],
    files: true,
    shared: true,
    mounted: true,
    properties: rules(
      `${DIRECTORY} =server =share subdir username password domain smbversion options preallocation ?snapshot-as-volume-chain maxfiles`,
    ),
    sensitive: ["password"],
  },
  cephfs: {
    content: ["vztmpl", "iso", "backup", "snippets", "import"],
    usual: ["backup"],
    formats: ["raw"],
    files: true,
    shared: true,
    mounted: true,
    properties: rules(`${DIRECTORY} monhost subdir options username fuse keyring fs-name`),
    sensitive: ["keyring"],
  },
  lvm: {
    content: ["images", "rootdir", "none"],
    usual: ["images"],
    formats: ["raw", "qcow2"],
    properties: rules(
      `=vgname ${COMMON} shared saferemove saferemove-stepsize saferemove_throughput ?base tagged_only ?snapshot-as-volume-chain`,
    ),
    sensitive: [],
  },
  lvmthin: {
    content: ["images", "rootdir", "none"],
    usual: ["images", "rootdir"],
    formats: ["raw"],
    properties: rules(`=vgname =thinpool ${COMMON}`),
    sensitive: [],
  },
  zfspool: {
    content: ["images", "rootdir", "none"],
    usual: ["images", "rootdir"],
    formats: ["raw", "subvol"],
    properties: rules(`=pool ${COMMON} blocksize sparse mountpoint`),
    sensitive: [],
  },
  zfs: {
    content: ["images"],
    usual: ["images"],
    formats: ["raw"],
    shared: true,
    properties: rules(
      `=portal =target =pool =blocksize =iscsiprovider ${COMMON} shared nowritecache sparse comstar_hg comstar_tg lio_tpg zfs-base-path`,
    ),
    sensitive: [],
  },
  rbd: {
    content: ["images", "rootdir"],
    usual: ["images"],
    formats: ["raw"],
    shared: true,
    properties: rules(`monhost pool data-pool namespace username krbd keyring ${COMMON}`),
    sensitive: ["keyring"],
  },
  iscsi: {
    content: ["images", "none"],
    usual: ["images"],
    formats: ["raw"],
    shared: true,
    properties: rules(`=portal =target ${COMMON}`),
    sensitive: [],
  },
  iscsidirect: {
    content: ["images", "none"],
    usual: ["images"],
    formats: ["raw"],
    shared: true,
    properties: rules(`=portal =target ${COMMON}`),
    sensitive: [],
  },
  pbs: {
    content: ["backup", "none"],
    usual: ["backup"],
    formats: ["raw"],
    shared: true,
    answersConfig: true,
    properties: rules(
      `=server =datastore namespace port nodes disable content username password encryption-key master-pubkey ${BACKUPS} fingerprint maxfiles`,
    ),
    sensitive: ["password", "encryption-key", "master-pubkey"],
  },
  esxi: {
    content: ["import"],
    usual: ["import"],
    formats: ["raw"],
    shared: true,
    properties: rules("=server =username =password skip-cert-verification port content nodes disable shared"),
    sensitive: ["password"],
  },
};

/** What is known of a kind of storage; an unknown kind counts as a directory. */
export function pluginOf(type: string): StoragePlugin {
  return STORAGE_PLUGINS[type] ?? STORAGE_PLUGINS.dir!;
}
