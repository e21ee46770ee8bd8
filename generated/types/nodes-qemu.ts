// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesQemuParams {
  full?: boolean | 0 | 1;
  node: string;
}

export interface GetNodesQemuResultItem {
  [key: string]: unknown;
  cpu?: number;
  cpus?: number;
  diskread?: number;
  diskwrite?: number;
  lock?: string;
  maxdisk?: number;
  maxmem?: number;
  mem?: number;
  memhost?: number;
  name?: string;
  netin?: number;
  netout?: number;
  pid?: number;
  pressurecpufull?: number;
  pressurecpusome?: number;
  pressureiofull?: number;
  pressureiosome?: number;
  pressurememoryfull?: number;
  pressurememorysome?: number;
  qmpstatus?: string;
  "running-machine"?: string;
  "running-qemu"?: string;
  serial?: boolean;
  status: "stopped" | "running";
  tags?: string;
  template?: boolean;
  uptime?: number;
  vmid: number;
}

export type GetNodesQemuResult = GetNodesQemuResultItem[];

export interface AgentKeys {
  enabled: boolean | 0 | 1;
  /** Since 9.1. */
  "freeze-fs"?: boolean | 0 | 1;
  /** Since 9.1. */
  "freeze-fs-on-backup"?: boolean | 0 | 1;
  fstrim_cloned_disks?: boolean | 0 | 1;
  /** Since 9.1. */
  "guest-fsfreeze"?: boolean | 0 | 1;
  type?: "virtio" | "isa";
}

export interface AmdSevKeys {
  type: "std" | "es" | "snp";
  "no-debug"?: boolean | 0 | 1;
  "no-key-sharing"?: boolean | 0 | 1;
  "kernel-hashes"?: boolean | 0 | 1;
  "allow-smt"?: boolean | 0 | 1;
}

export interface Audio0Keys {
  device: "ich9-intel-hda" | "intel-hda" | "AC97";
  driver?: "spice" | "none";
}

export interface BootKeys {
  legacy?: string;
  order?: string | readonly string[];
}

export interface CdromKeys {
  volume?: string;
  file: string;
  media?: "cdrom" | "disk";
  snapshot?: boolean | 0 | 1;
  backup?: boolean | 0 | 1;
  detect_zeroes?: boolean | 0 | 1;
  ssd?: boolean | 0 | 1;
  cache?: "none" | "writethrough" | "writeback" | "unsafe" | "directsync";
  format?: "raw" | "qcow" | "qed" | "qcow2" | "vmdk" | "cloop";
  size?: string;
  replicate?: boolean | 0 | 1;
  rerror?: "ignore" | "report" | "stop";
  werror?: "enospc" | "ignore" | "report" | "stop";
  aio?: "native" | "threads" | "io_uring";
  discard?: "ignore" | "on";
  serial?: string;
  shared?: boolean | 0 | 1;
  model?: string;
  wwn?: string;
  bps?: number;
  bps_rd?: number;
  bps_wr?: number;
  iops?: number;
  iops_rd?: number;
  iops_wr?: number;
  iops_max?: number;
  iops_rd_max?: number;
  iops_wr_max?: number;
  mbps?: number;
  mbps_rd?: number;
  mbps_wr?: number;
  mbps_max?: number;
  mbps_rd_max?: number;
  mbps_wr_max?: number;
  bps_max_length?: number;
  bps_rd_max_length?: number;
  bps_wr_max_length?: number;
  iops_max_length?: number;
  iops_rd_max_length?: number;
  iops_wr_max_length?: number;
  bps_rd_length?: number;
  bps_wr_length?: number;
  iops_rd_length?: number;
  iops_wr_length?: number;
}

export interface CicustomKeys {
  meta?: string;
  network?: string;
  user?: string;
  vendor?: string;
}

export interface CpuKeys {
  cputype?: string;
  "reported-model"?: string;
  hidden?: boolean | 0 | 1;
  "hv-vendor-id"?: string;
  flags?: string;
  "guest-phys-bits"?: number;
  "phys-bits"?: string;
  level?: number;
}

export interface Efidisk0Keys {
  efitype?: "2m" | "4m";
  file: string;
  format?: "raw" | "qcow" | "qed" | "qcow2" | "vmdk" | "cloop";
  "import-from"?: string;
  /** Since 9.1. */
  "ms-cert"?: "2011" | "2023" | "2023w" | "2023k";
  "pre-enrolled-keys"?: boolean | 0 | 1;
  size?: string;
  volume?: string;
}

export interface HostpciKeys {
  host?: string;
  mapping?: string;
  rombar?: boolean | 0 | 1;
  romfile?: string;
  pcie?: boolean | 0 | 1;
  "x-vga"?: boolean | 0 | 1;
  "legacy-igd"?: boolean | 0 | 1;
  mdev?: string;
  "vendor-id"?: string;
  "device-id"?: string;
  "sub-vendor-id"?: string;
  "sub-device-id"?: string;
  driver?: "vfio" | "keep";
}

export interface IdeKeys {
  aio?: "native" | "threads" | "io_uring";
  backup?: boolean | 0 | 1;
  bps?: number;
  bps_max_length?: number;
  bps_rd?: number;
  bps_rd_length?: number;
  bps_rd_max_length?: number;
  bps_wr?: number;
  bps_wr_length?: number;
  bps_wr_max_length?: number;
  cache?: "none" | "writethrough" | "writeback" | "unsafe" | "directsync";
  detect_zeroes?: boolean | 0 | 1;
  discard?: "ignore" | "on";
  file: string;
  format?: "raw" | "qcow" | "qed" | "qcow2" | "vmdk" | "cloop";
  "import-from"?: string;
  iops?: number;
  iops_max?: number;
  iops_max_length?: number;
  iops_rd?: number;
  iops_rd_length?: number;
  iops_rd_max?: number;
  iops_rd_max_length?: number;
  iops_wr?: number;
  iops_wr_length?: number;
  iops_wr_max?: number;
  iops_wr_max_length?: number;
  mbps?: number;
  mbps_max?: number;
  mbps_rd?: number;
  mbps_rd_max?: number;
  mbps_wr?: number;
  mbps_wr_max?: number;
  media?: "cdrom" | "disk";
  model?: string;
  replicate?: boolean | 0 | 1;
  rerror?: "ignore" | "report" | "stop";
  serial?: string;
  shared?: boolean | 0 | 1;
  size?: string;
  snapshot?: boolean | 0 | 1;
  ssd?: boolean | 0 | 1;
  volume?: string;
  werror?: "enospc" | "ignore" | "report" | "stop";
  wwn?: string;
}

export interface IntelTdxKeys {
  type: "tdx";
  attestation: boolean | 0 | 1;
  "vsock-cid"?: number;
  "vsock-port"?: number;
}

export interface IpconfigKeys {
  ip?: string;
  gw?: string;
  ip6?: string;
  gw6?: string;
}

export interface IvshmemKeys {
  name?: string;
  size: number;
}

export interface MachineKeys {
  /** Since 9.1. */
  "aw-bits"?: number;
  "enable-s3"?: boolean | 0 | 1;
  "enable-s4"?: boolean | 0 | 1;
  type?: string;
  viommu?: "intel" | "virtio";
}

export interface MemoryKeys {
  current: number;
}

export interface NetKeys {
  bridge?: string;
  e1000?: string;
  "e1000-82540em"?: string;
  "e1000-82544gc"?: string;
  "e1000-82545em"?: string;
  e1000e?: string;
  firewall?: boolean | 0 | 1;
  /** Since 9.2. */
  "host-tunnel"?: boolean | 0 | 1;
  i82551?: string;
  i82557b?: string;
  i82559er?: string;
  link_down?: boolean | 0 | 1;
  macaddr?: string;
  model: "e1000" | "e1000-82540em" | "e1000-82544gc" | "e1000-82545em" | "e1000e" | "i82551" | "i82557b" | "i82559er" | "ne2k_isa" | "ne2k_pci" | "pcnet" | "rtl8139" | "virtio" | "vmxnet3";
  mtu?: number;
  ne2k_isa?: string;
  ne2k_pci?: string;
  pcnet?: string;
  queues?: number;
  rate?: number;
  rtl8139?: string;
  tag?: number;
  trunks?: string;
  virtio?: string;
  vmxnet3?: string;
}

export interface NumaKeys {
  cpus: string;
  hostnodes?: string;
  memory?: number;
  policy?: "preferred" | "bind" | "interleave";
}

export interface Rng0Keys {
  source: "/dev/urandom" | "/dev/random" | "/dev/hwrng";
  max_bytes?: number;
  period?: number;
}

export interface SataKeys {
  aio?: "native" | "threads" | "io_uring";
  backup?: boolean | 0 | 1;
  bps?: number;
  bps_max_length?: number;
  bps_rd?: number;
  bps_rd_length?: number;
  bps_rd_max_length?: number;
  bps_wr?: number;
  bps_wr_length?: number;
  bps_wr_max_length?: number;
  cache?: "none" | "writethrough" | "writeback" | "unsafe" | "directsync";
  detect_zeroes?: boolean | 0 | 1;
  discard?: "ignore" | "on";
  file: string;
  format?: "raw" | "qcow" | "qed" | "qcow2" | "vmdk" | "cloop";
  "import-from"?: string;
  iops?: number;
  iops_max?: number;
  iops_max_length?: number;
  iops_rd?: number;
  iops_rd_length?: number;
  iops_rd_max?: number;
  iops_rd_max_length?: number;
  iops_wr?: number;
  iops_wr_length?: number;
  iops_wr_max?: number;
  iops_wr_max_length?: number;
  mbps?: number;
  mbps_max?: number;
  mbps_rd?: number;
  mbps_rd_max?: number;
  mbps_wr?: number;
  mbps_wr_max?: number;
  media?: "cdrom" | "disk";
  replicate?: boolean | 0 | 1;
  rerror?: "ignore" | "report" | "stop";
  serial?: string;
  shared?: boolean | 0 | 1;
  size?: string;
  snapshot?: boolean | 0 | 1;
  ssd?: boolean | 0 | 1;
  volume?: string;
  werror?: "enospc" | "ignore" | "report" | "stop";
  wwn?: string;
}

export interface ScsiKeys {
  aio?: "native" | "threads" | "io_uring";
  backup?: boolean | 0 | 1;
  bps?: number;
  bps_max_length?: number;
  bps_rd?: number;
  bps_rd_length?: number;
  bps_rd_max_length?: number;
  bps_wr?: number;
  bps_wr_length?: number;
  bps_wr_max_length?: number;
  cache?: "none" | "writethrough" | "writeback" | "unsafe" | "directsync";
  detect_zeroes?: boolean | 0 | 1;
  discard?: "ignore" | "on";
  file: string;
  format?: "raw" | "qcow" | "qed" | "qcow2" | "vmdk" | "cloop";
  "import-from"?: string;
  iops?: number;
  iops_max?: number;
  iops_max_length?: number;
  iops_rd?: number;
  iops_rd_length?: number;
  iops_rd_max?: number;
  iops_rd_max_length?: number;
  iops_wr?: number;
  iops_wr_length?: number;
  iops_wr_max?: number;
  iops_wr_max_length?: number;
  iothread?: boolean | 0 | 1;
  mbps?: number;
  mbps_max?: number;
  mbps_rd?: number;
  mbps_rd_max?: number;
  mbps_wr?: number;
  mbps_wr_max?: number;
  media?: "cdrom" | "disk";
  /** Since 8.4. */
  product?: string;
  queues?: number;
  replicate?: boolean | 0 | 1;
  rerror?: "ignore" | "report" | "stop";
  ro?: boolean | 0 | 1;
  scsiblock?: boolean | 0 | 1;
  serial?: string;
  shared?: boolean | 0 | 1;
  size?: string;
  snapshot?: boolean | 0 | 1;
  ssd?: boolean | 0 | 1;
  /** Since 8.4. */
  vendor?: string;
  volume?: string;
  werror?: "enospc" | "ignore" | "report" | "stop";
  wwn?: string;
}

export interface Smbios1Keys {
  uuid?: string;
  version?: string;
  serial?: string;
  manufacturer?: string;
  product?: string;
  sku?: string;
  family?: string;
  base64?: boolean | 0 | 1;
}

export interface SpiceEnhancementsKeys {
  foldersharing?: boolean | 0 | 1;
  videostreaming?: "off" | "all" | "filter";
}

export interface Tpmstate0Keys {
  file: string;
  /** Since 9.1. */
  format?: "raw" | "qcow2" | "vmdk";
  "import-from"?: string;
  size?: string;
  version?: "v1.2" | "v2.0";
  volume?: string;
}

export interface UnusedKeys {
  file: string;
  volume?: string;
}

export interface UsbKeys {
  host?: string;
  /** Since 8.0. */
  mapping?: string;
  usb3?: boolean | 0 | 1;
}

export interface VgaKeys {
  /** Since 8.4. */
  clipboard?: "vnc";
  memory?: number;
  type?: "cirrus" | "qxl" | "qxl2" | "qxl3" | "qxl4" | "none" | "serial0" | "serial1" | "serial2" | "serial3" | "std" | "virtio" | "virtio-gl" | "vmware";
}

export interface VirtioKeys {
  aio?: "native" | "threads" | "io_uring";
  backup?: boolean | 0 | 1;
  bps?: number;
  bps_max_length?: number;
  bps_rd?: number;
  bps_rd_length?: number;
  bps_rd_max_length?: number;
  bps_wr?: number;
  bps_wr_length?: number;
  bps_wr_max_length?: number;
  cache?: "none" | "writethrough" | "writeback" | "unsafe" | "directsync";
  detect_zeroes?: boolean | 0 | 1;
  discard?: "ignore" | "on";
  file: string;
  format?: "raw" | "qcow" | "qed" | "qcow2" | "vmdk" | "cloop";
  "import-from"?: string;
  iops?: number;
  iops_max?: number;
  iops_max_length?: number;
  iops_rd?: number;
  iops_rd_length?: number;
  iops_rd_max?: number;
  iops_rd_max_length?: number;
  iops_wr?: number;
  iops_wr_length?: number;
  iops_wr_max?: number;
  iops_wr_max_length?: number;
  iothread?: boolean | 0 | 1;
  mbps?: number;
  mbps_max?: number;
  mbps_rd?: number;
  mbps_rd_max?: number;
  mbps_wr?: number;
  mbps_wr_max?: number;
  media?: "cdrom" | "disk";
  replicate?: boolean | 0 | 1;
  rerror?: "ignore" | "report" | "stop";
  ro?: boolean | 0 | 1;
  serial?: string;
  shared?: boolean | 0 | 1;
  size?: string;
  snapshot?: boolean | 0 | 1;
  volume?: string;
  werror?: "enospc" | "ignore" | "report" | "stop";
}

export interface VirtiofsKeys {
  cache?: "auto" | "always" | "metadata" | "never";
  "direct-io"?: boolean | 0 | 1;
  dirid: string;
  "expose-acl"?: boolean | 0 | 1;
  "expose-xattr"?: boolean | 0 | 1;
}

export interface WatchdogKeys {
  model?: "i6300esb" | "ib700";
  action?: "reset" | "shutdown" | "poweroff" | "pause" | "debug" | "none";
}

export interface PostNodesQemuParams {
  [key: `hostpci${number}`]: string | HostpciKeys | undefined;
  [key: `ide${number}`]: string | IdeKeys | undefined;
  [key: `ipconfig${number}`]: string | IpconfigKeys | undefined;
  [key: `net${number}`]: string | NetKeys | undefined;
  [key: `numa${number}`]: string | NumaKeys | undefined;
  [key: `parallel${number}`]: string | undefined;
  [key: `sata${number}`]: string | SataKeys | undefined;
  [key: `scsi${number}`]: string | ScsiKeys | undefined;
  [key: `serial${number}`]: string | undefined;
  [key: `unused${number}`]: string | UnusedKeys | undefined;
  [key: `usb${number}`]: string | UsbKeys | undefined;
  [key: `virtio${number}`]: string | VirtioKeys | undefined;
  /** Since 8.4. */
  [key: `virtiofs${number}`]: string | VirtiofsKeys | undefined;
  acpi?: boolean | 0 | 1;
  affinity?: string;
  agent?: string | AgentKeys;
  /** Since 9.1. */
  "allow-ksm"?: boolean | 0 | 1;
  /** Since 8.4. */
  "amd-sev"?: string | AmdSevKeys;
  arch?: "x86_64" | "aarch64";
  archive?: string;
  args?: string;
  audio0?: string | Audio0Keys;
  autostart?: boolean | 0 | 1;
  balloon?: number;
  bios?: "seabios" | "ovmf";
  boot?: string | BootKeys;
  /** @deprecated */
  bootdisk?: string;
  bwlimit?: number;
  cdrom?: string | CdromKeys;
  cicustom?: string | CicustomKeys;
  cipassword?: string;
  citype?: "configdrive2" | "nocloud" | "opennebula";
  /** Since 8.0. */
  ciupgrade?: boolean | 0 | 1;
  ciuser?: string;
  cores?: number;
  cpu?: string | CpuKeys;
  cpulimit?: number;
  cpuunits?: number;
  description?: string;
  efidisk0?: string | Efidisk0Keys;
  force?: boolean | 0 | 1;
  freeze?: boolean | 0 | 1;
  /** Since 9.1. */
  "ha-managed"?: boolean | 0 | 1;
  hookscript?: string;
  hotplug?: string;
  hugepages?: "any" | "2" | "1024";
  /** Since 8.4. */
  "import-working-storage"?: string;
  /** Since 9.1. */
  "intel-tdx"?: string | IntelTdxKeys;
  ivshmem?: string | IvshmemKeys;
  keephugepages?: boolean | 0 | 1;
  keyboard?: "de" | "de-ch" | "da" | "en-gb" | "en-us" | "es" | "fi" | "fr" | "fr-be" | "fr-ca" | "fr-ch" | "hu" | "is" | "it" | "ja" | "lt" | "mk" | "nl" | "no" | "pl" | "pt" | "pt-br" | "sv" | "sl" | "tr";
  kvm?: boolean | 0 | 1;
  "live-restore"?: boolean | 0 | 1;
  localtime?: boolean | 0 | 1;
  lock?: "backup" | "clone" | "create" | "migrate" | "rollback" | "snapshot" | "snapshot-delete" | "suspending" | "suspended";
  machine?: string | MachineKeys;
  memory?: string | MemoryKeys;
  migrate_downtime?: number;
  migrate_speed?: number;
  name?: string;
  nameserver?: string | readonly string[];
  node: string;
  numa?: boolean | 0 | 1;
  onboot?: boolean | 0 | 1;
  ostype?: "other" | "wxp" | "w2k" | "w2k3" | "w2k8" | "wvista" | "win7" | "win8" | "win10" | "win11" | "l24" | "l26" | "solaris";
  pool?: string;
  protection?: boolean | 0 | 1;
  reboot?: boolean | 0 | 1;
  rng0?: string | Rng0Keys;
  scsihw?: "lsi" | "lsi53c810" | "virtio-scsi-pci" | "virtio-scsi-single" | "megasas" | "pvscsi";
  searchdomain?: string;
  shares?: number;
  smbios1?: string | Smbios1Keys;
  smp?: number;
  sockets?: number;
  spice_enhancements?: string | SpiceEnhancementsKeys;
  sshkeys?: string;
  start?: boolean | 0 | 1;
  startdate?: string;
  startup?: string;
  storage?: string;
  tablet?: boolean | 0 | 1;
  tags?: string | readonly string[];
  tdf?: boolean | 0 | 1;
  template?: boolean | 0 | 1;
  tpmstate0?: string | Tpmstate0Keys;
  unique?: boolean | 0 | 1;
  vcpus?: number;
  vga?: string | VgaKeys;
  vmgenid?: string;
  vmid: number;
  vmstatestorage?: string;
  watchdog?: string | WatchdogKeys;
}

export type PostNodesQemuResult = string;

export interface GetNodesQemuByVmidParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuByVmidResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesQemuByVmidResult = GetNodesQemuByVmidResultItem[];

export interface DeleteNodesQemuByVmidParams {
  "destroy-unreferenced-disks"?: boolean | 0 | 1;
  node: string;
  purge?: boolean | 0 | 1;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type DeleteNodesQemuByVmidResult = string;

export interface GetNodesQemuAgentParams {
  [key: string]: unknown;
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentResult = (Record<string, unknown>)[];

export interface PostNodesQemuAgentParams {
  command: "fsfreeze-freeze" | "fsfreeze-status" | "fsfreeze-thaw" | "fstrim" | "get-fsinfo" | "get-host-name" | "get-memory-block-info" | "get-memory-blocks" | "get-osinfo" | "get-time" | "get-timezone" | "get-users" | "get-vcpus" | "info" | "network-get-interfaces" | "ping" | "shutdown" | "suspend-disk" | "suspend-hybrid" | "suspend-ram";
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentResult = Record<string, unknown>;

export interface PostNodesQemuAgentExecParams {
  command: readonly string[];
  "input-data"?: string;
  node: string;
  vmid: number;
}

export interface PostNodesQemuAgentExecResult {
  [key: string]: unknown;
  pid: number;
}

export interface GetNodesQemuAgentExecStatusParams {
  node: string;
  pid: number;
  vmid: number;
}

export interface GetNodesQemuAgentExecStatusResult {
  [key: string]: unknown;
  "err-data"?: string;
  "err-truncated"?: boolean;
  exitcode?: number;
  exited: boolean;
  "out-data"?: string;
  "out-truncated"?: boolean;
  signal?: number;
}

export interface GetNodesQemuAgentFileReadParams {
  /** Since 9.1. */
  count?: number;
  /** Since 9.1. */
  decode?: boolean | 0 | 1;
  file: string;
  node: string;
  /** Since 9.1. */
  offset?: number;
  vmid: number;
}

export interface GetNodesQemuAgentFileReadResult {
  [key: string]: unknown;
  content: string;
  truncated?: boolean;
}

export interface PostNodesQemuAgentFileWriteParams {
  content: string;
  encode?: boolean | 0 | 1;
  file: string;
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentFileWriteResult = null;

export interface PostNodesQemuAgentFsfreezeFreezeParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentFsfreezeFreezeResult = Record<string, unknown>;

export interface PostNodesQemuAgentFsfreezeStatusParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentFsfreezeStatusResult = Record<string, unknown>;

export interface PostNodesQemuAgentFsfreezeThawParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentFsfreezeThawResult = Record<string, unknown>;

export interface PostNodesQemuAgentFstrimParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentFstrimResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetFsinfoParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetFsinfoResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetHostNameParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetHostNameResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetMemoryBlockInfoParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetMemoryBlockInfoResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetMemoryBlocksParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetMemoryBlocksResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetOsinfoParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetOsinfoResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetTimeParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetTimeResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetTimezoneParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetTimezoneResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetUsersParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetUsersResult = Record<string, unknown>;

export interface GetNodesQemuAgentGetVcpusParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentGetVcpusResult = Record<string, unknown>;

export interface GetNodesQemuAgentInfoParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentInfoResult = Record<string, unknown>;

export interface GetNodesQemuAgentNetworkGetInterfacesParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuAgentNetworkGetInterfacesResult = Record<string, unknown>;

export interface PostNodesQemuAgentPingParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentPingResult = Record<string, unknown>;

export interface PostNodesQemuAgentSetUserPasswordParams {
  crypted?: boolean | 0 | 1;
  node: string;
  password: string;
  username: string;
  vmid: number;
}

export type PostNodesQemuAgentSetUserPasswordResult = Record<string, unknown>;

export interface PostNodesQemuAgentShutdownParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentShutdownResult = Record<string, unknown>;

export interface PostNodesQemuAgentSuspendDiskParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentSuspendDiskResult = Record<string, unknown>;

export interface PostNodesQemuAgentSuspendHybridParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentSuspendHybridResult = Record<string, unknown>;

export interface PostNodesQemuAgentSuspendRamParams {
  node: string;
  vmid: number;
}

export type PostNodesQemuAgentSuspendRamResult = Record<string, unknown>;

export interface PostNodesQemuCloneParams {
  bwlimit?: number;
  description?: string;
  format?: "raw" | "qcow2" | "vmdk";
  full?: boolean | 0 | 1;
  name?: string;
  newid: number;
  node: string;
  pool?: string;
  snapname?: string;
  storage?: string;
  target?: string;
  vmid: number;
}

export type PostNodesQemuCloneResult = string;

export interface GetNodesQemuCloudinitParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuCloudinitResultItem {
  [key: string]: unknown;
  delete?: number;
  key: string;
  pending?: string;
  value?: string;
}

export type GetNodesQemuCloudinitResult = GetNodesQemuCloudinitResultItem[];

export interface PutNodesQemuCloudinitParams {
  node: string;
  vmid: number;
}

export type PutNodesQemuCloudinitResult = null;

export interface GetNodesQemuCloudinitDumpParams {
  node: string;
  type: "user" | "network" | "meta";
  vmid: number;
}

export type GetNodesQemuCloudinitDumpResult = string;

export interface GetNodesQemuConfigParams {
  current?: boolean | 0 | 1;
  node: string;
  snapshot?: string;
  vmid: number;
}

export interface GetNodesQemuConfigResult {
  [key: `hostpci${number}`]: string | undefined;
  [key: `ide${number}`]: string | undefined;
  [key: `ipconfig${number}`]: string | undefined;
  [key: `net${number}`]: string | undefined;
  [key: `numa${number}`]: string | undefined;
  [key: `parallel${number}`]: string | undefined;
  [key: `sata${number}`]: string | undefined;
  [key: `scsi${number}`]: string | undefined;
  [key: `serial${number}`]: string | undefined;
  [key: `unused${number}`]: string | undefined;
  [key: `usb${number}`]: string | undefined;
  [key: `virtio${number}`]: string | undefined;
  [key: `virtiofs${number}`]: string | undefined;
  [key: string]: unknown;
  acpi?: boolean;
  affinity?: string;
  agent?: string;
  "allow-ksm"?: boolean;
  "amd-sev"?: string;
  arch?: "x86_64" | "aarch64";
  args?: string;
  audio0?: string;
  autostart?: boolean;
  balloon?: number;
  bios?: "seabios" | "ovmf";
  boot?: string;
  /** @deprecated */
  bootdisk?: string;
  cdrom?: string;
  cicustom?: string;
  cipassword?: string;
  citype?: "configdrive2" | "nocloud" | "opennebula";
  ciupgrade?: boolean;
  ciuser?: string;
  cores?: number;
  cpu?: string;
  cpulimit?: number;
  cpuunits?: number;
  description?: string;
  digest: string;
  efidisk0?: string;
  freeze?: boolean;
  hookscript?: string;
  hotplug?: string;
  hugepages?: "any" | "2" | "1024";
  "intel-tdx"?: string;
  ivshmem?: string;
  keephugepages?: boolean;
  keyboard?: "de" | "de-ch" | "da" | "en-gb" | "en-us" | "es" | "fi" | "fr" | "fr-be" | "fr-ca" | "fr-ch" | "hu" | "is" | "it" | "ja" | "lt" | "mk" | "nl" | "no" | "pl" | "pt" | "pt-br" | "sv" | "sl" | "tr";
  kvm?: boolean;
  localtime?: boolean;
  lock?: "backup" | "clone" | "create" | "migrate" | "rollback" | "snapshot" | "snapshot-delete" | "suspending" | "suspended";
  machine?: string;
  memory?: string;
  meta?: string;
  migrate_downtime?: number;
  migrate_speed?: number;
  name?: string;
  nameserver?: string;
  numa?: boolean;
  onboot?: boolean;
  ostype?: "other" | "wxp" | "w2k" | "w2k3" | "w2k8" | "wvista" | "win7" | "win8" | "win10" | "win11" | "l24" | "l26" | "solaris";
  parent?: string;
  protection?: boolean;
  reboot?: boolean;
  rng0?: string;
  "running-nets-host-mtu"?: string;
  runningcpu?: string;
  runningmachine?: string;
  scsihw?: "lsi" | "lsi53c810" | "virtio-scsi-pci" | "virtio-scsi-single" | "megasas" | "pvscsi";
  searchdomain?: string;
  shares?: number;
  smbios1?: string;
  smp?: number;
  snaptime?: number;
  sockets?: number;
  spice_enhancements?: string;
  sshkeys?: string;
  startdate?: string;
  startup?: string;
  tablet?: boolean;
  tags?: string;
  tdf?: boolean;
  template?: boolean;
  tpmstate0?: string;
  vcpus?: number;
  vga?: string;
  vmgenid?: string;
  vmstate?: string;
  vmstatestorage?: string;
  watchdog?: string;
}

export interface PostNodesQemuConfigParams {
  [key: `hostpci${number}`]: string | HostpciKeys | undefined;
  [key: `ide${number}`]: string | IdeKeys | undefined;
  [key: `ipconfig${number}`]: string | IpconfigKeys | undefined;
  [key: `net${number}`]: string | NetKeys | undefined;
  [key: `numa${number}`]: string | NumaKeys | undefined;
  [key: `parallel${number}`]: string | undefined;
  [key: `sata${number}`]: string | SataKeys | undefined;
  [key: `scsi${number}`]: string | ScsiKeys | undefined;
  [key: `serial${number}`]: string | undefined;
  [key: `unused${number}`]: string | UnusedKeys | undefined;
  [key: `usb${number}`]: string | UsbKeys | undefined;
  [key: `virtio${number}`]: string | VirtioKeys | undefined;
  /** Since 8.4. */
  [key: `virtiofs${number}`]: string | VirtiofsKeys | undefined;
  acpi?: boolean | 0 | 1;
  affinity?: string;
  agent?: string | AgentKeys;
  /** Since 9.1. */
  "allow-ksm"?: boolean | 0 | 1;
  /** Since 8.4. */
  "amd-sev"?: string | AmdSevKeys;
  arch?: "x86_64" | "aarch64";
  args?: string;
  audio0?: string | Audio0Keys;
  autostart?: boolean | 0 | 1;
  background_delay?: number;
  balloon?: number;
  bios?: "seabios" | "ovmf";
  boot?: string | BootKeys;
  /** @deprecated */
  bootdisk?: string;
  cdrom?: string | CdromKeys;
  cicustom?: string | CicustomKeys;
  cipassword?: string;
  citype?: "configdrive2" | "nocloud" | "opennebula";
  /** Since 8.0. */
  ciupgrade?: boolean | 0 | 1;
  ciuser?: string;
  cores?: number;
  cpu?: string | CpuKeys;
  cpulimit?: number;
  cpuunits?: number;
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  efidisk0?: string | Efidisk0Keys;
  force?: boolean | 0 | 1;
  freeze?: boolean | 0 | 1;
  hookscript?: string;
  hotplug?: string;
  hugepages?: "any" | "2" | "1024";
  /** Since 8.4. */
  "import-working-storage"?: string;
  /** Since 9.1. */
  "intel-tdx"?: string | IntelTdxKeys;
  ivshmem?: string | IvshmemKeys;
  keephugepages?: boolean | 0 | 1;
  keyboard?: "de" | "de-ch" | "da" | "en-gb" | "en-us" | "es" | "fi" | "fr" | "fr-be" | "fr-ca" | "fr-ch" | "hu" | "is" | "it" | "ja" | "lt" | "mk" | "nl" | "no" | "pl" | "pt" | "pt-br" | "sv" | "sl" | "tr";
  kvm?: boolean | 0 | 1;
  localtime?: boolean | 0 | 1;
  lock?: "backup" | "clone" | "create" | "migrate" | "rollback" | "snapshot" | "snapshot-delete" | "suspending" | "suspended";
  machine?: string | MachineKeys;
  memory?: string | MemoryKeys;
  migrate_downtime?: number;
  migrate_speed?: number;
  name?: string;
  nameserver?: string | readonly string[];
  node: string;
  numa?: boolean | 0 | 1;
  onboot?: boolean | 0 | 1;
  ostype?: "other" | "wxp" | "w2k" | "w2k3" | "w2k8" | "wvista" | "win7" | "win8" | "win10" | "win11" | "l24" | "l26" | "solaris";
  protection?: boolean | 0 | 1;
  reboot?: boolean | 0 | 1;
  revert?: string | readonly string[];
  rng0?: string | Rng0Keys;
  scsihw?: "lsi" | "lsi53c810" | "virtio-scsi-pci" | "virtio-scsi-single" | "megasas" | "pvscsi";
  searchdomain?: string;
  shares?: number;
  skiplock?: boolean | 0 | 1;
  smbios1?: string | Smbios1Keys;
  smp?: number;
  sockets?: number;
  spice_enhancements?: string | SpiceEnhancementsKeys;
  sshkeys?: string;
  startdate?: string;
  startup?: string;
  tablet?: boolean | 0 | 1;
  tags?: string | readonly string[];
  tdf?: boolean | 0 | 1;
  template?: boolean | 0 | 1;
  tpmstate0?: string | Tpmstate0Keys;
  vcpus?: number;
  vga?: string | VgaKeys;
  vmgenid?: string;
  vmid: number;
  vmstatestorage?: string;
  watchdog?: string | WatchdogKeys;
}

export type PostNodesQemuConfigResult = string;

export interface PutNodesQemuConfigParams {
  [key: `hostpci${number}`]: string | HostpciKeys | undefined;
  [key: `ide${number}`]: string | IdeKeys | undefined;
  [key: `ipconfig${number}`]: string | IpconfigKeys | undefined;
  [key: `net${number}`]: string | NetKeys | undefined;
  [key: `numa${number}`]: string | NumaKeys | undefined;
  [key: `parallel${number}`]: string | undefined;
  [key: `sata${number}`]: string | SataKeys | undefined;
  [key: `scsi${number}`]: string | ScsiKeys | undefined;
  [key: `serial${number}`]: string | undefined;
  [key: `unused${number}`]: string | UnusedKeys | undefined;
  [key: `usb${number}`]: string | UsbKeys | undefined;
  [key: `virtio${number}`]: string | VirtioKeys | undefined;
  /** Since 8.4. */
  [key: `virtiofs${number}`]: string | VirtiofsKeys | undefined;
  acpi?: boolean | 0 | 1;
  affinity?: string;
  agent?: string | AgentKeys;
  /** Since 9.1. */
  "allow-ksm"?: boolean | 0 | 1;
  /** Since 8.4. */
  "amd-sev"?: string | AmdSevKeys;
  arch?: "x86_64" | "aarch64";
  args?: string;
  audio0?: string | Audio0Keys;
  autostart?: boolean | 0 | 1;
  balloon?: number;
  bios?: "seabios" | "ovmf";
  boot?: string | BootKeys;
  /** @deprecated */
  bootdisk?: string;
  cdrom?: string | CdromKeys;
  cicustom?: string | CicustomKeys;
  cipassword?: string;
  citype?: "configdrive2" | "nocloud" | "opennebula";
  /** Since 8.0. */
  ciupgrade?: boolean | 0 | 1;
  ciuser?: string;
  cores?: number;
  cpu?: string | CpuKeys;
  cpulimit?: number;
  cpuunits?: number;
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  efidisk0?: string | Efidisk0Keys;
  force?: boolean | 0 | 1;
  freeze?: boolean | 0 | 1;
  hookscript?: string;
  hotplug?: string;
  hugepages?: "any" | "2" | "1024";
  /** Since 9.1. */
  "intel-tdx"?: string | IntelTdxKeys;
  ivshmem?: string | IvshmemKeys;
  keephugepages?: boolean | 0 | 1;
  keyboard?: "de" | "de-ch" | "da" | "en-gb" | "en-us" | "es" | "fi" | "fr" | "fr-be" | "fr-ca" | "fr-ch" | "hu" | "is" | "it" | "ja" | "lt" | "mk" | "nl" | "no" | "pl" | "pt" | "pt-br" | "sv" | "sl" | "tr";
  kvm?: boolean | 0 | 1;
  localtime?: boolean | 0 | 1;
  lock?: "backup" | "clone" | "create" | "migrate" | "rollback" | "snapshot" | "snapshot-delete" | "suspending" | "suspended";
  machine?: string | MachineKeys;
  memory?: string | MemoryKeys;
  migrate_downtime?: number;
  migrate_speed?: number;
  name?: string;
  nameserver?: string | readonly string[];
  node: string;
  numa?: boolean | 0 | 1;
  onboot?: boolean | 0 | 1;
  ostype?: "other" | "wxp" | "w2k" | "w2k3" | "w2k8" | "wvista" | "win7" | "win8" | "win10" | "win11" | "l24" | "l26" | "solaris";
  protection?: boolean | 0 | 1;
  reboot?: boolean | 0 | 1;
  revert?: string | readonly string[];
  rng0?: string | Rng0Keys;
  scsihw?: "lsi" | "lsi53c810" | "virtio-scsi-pci" | "virtio-scsi-single" | "megasas" | "pvscsi";
  searchdomain?: string;
  shares?: number;
  skiplock?: boolean | 0 | 1;
  smbios1?: string | Smbios1Keys;
  smp?: number;
  sockets?: number;
  spice_enhancements?: string | SpiceEnhancementsKeys;
  sshkeys?: string;
  startdate?: string;
  startup?: string;
  tablet?: boolean | 0 | 1;
  tags?: string | readonly string[];
  tdf?: boolean | 0 | 1;
  template?: boolean | 0 | 1;
  tpmstate0?: string | Tpmstate0Keys;
  vcpus?: number;
  vga?: string | VgaKeys;
  vmgenid?: string;
  vmid: number;
  vmstatestorage?: string;
  watchdog?: string | WatchdogKeys;
}

export type PutNodesQemuConfigResult = null;

export interface PostNodesQemuDbusVmstateParams {
  action: "start" | "stop";
  node: string;
  vmid: number;
}

export type PostNodesQemuDbusVmstateResult = null;

export interface GetNodesQemuFeatureParams {
  feature: "snapshot" | "clone" | "copy";
  node: string;
  snapname?: string;
  vmid: number;
}

export interface GetNodesQemuFeatureResult {
  [key: string]: unknown;
  hasFeature: boolean;
  nodes: string[];
}

export interface GetNodesQemuFirewallParams {
  node: string;
  vmid: number;
}

export type GetNodesQemuFirewallResult = (Record<string, unknown>)[];

export interface GetNodesQemuFirewallAliasesParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuFirewallAliasesResultItem {
  [key: string]: unknown;
  cidr: string;
  comment?: string;
  digest: string;
  name: string;
}

export type GetNodesQemuFirewallAliasesResult = GetNodesQemuFirewallAliasesResultItem[];

export interface PostNodesQemuFirewallAliasesParams {
  cidr: string;
  comment?: string;
  name: string;
  node: string;
  vmid: number;
}

export type PostNodesQemuFirewallAliasesResult = null;

export interface GetNodesQemuFirewallAliasesByNameParams {
  name: string;
  node: string;
  vmid: number;
}

export type GetNodesQemuFirewallAliasesByNameResult = Record<string, unknown>;

export interface PutNodesQemuFirewallAliasesByNameParams {
  cidr: string;
  comment?: string;
  digest?: string;
  name: string;
  node: string;
  rename?: string;
  vmid: number;
}

export type PutNodesQemuFirewallAliasesByNameResult = null;

export interface DeleteNodesQemuFirewallAliasesByNameParams {
  digest?: string;
  name: string;
  node: string;
  vmid: number;
}

export type DeleteNodesQemuFirewallAliasesByNameResult = null;

export interface GetNodesQemuFirewallIpsetParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuFirewallIpsetResultItem {
  [key: string]: unknown;
  comment?: string;
  digest: string;
  name: string;
}

export type GetNodesQemuFirewallIpsetResult = GetNodesQemuFirewallIpsetResultItem[];

export interface PostNodesQemuFirewallIpsetParams {
  comment?: string;
  digest?: string;
  name: string;
  node: string;
  rename?: string;
  vmid: number;
}

export type PostNodesQemuFirewallIpsetResult = null;

export interface GetNodesQemuFirewallIpsetByNameParams {
  name: string;
  node: string;
  vmid: number;
}

export interface GetNodesQemuFirewallIpsetByNameResultItem {
  [key: string]: unknown;
  cidr: string;
  comment?: string;
  digest: string;
  nomatch?: boolean;
}

export type GetNodesQemuFirewallIpsetByNameResult = GetNodesQemuFirewallIpsetByNameResultItem[];

export interface PostNodesQemuFirewallIpsetByNameParams {
  cidr: string;
  comment?: string;
  name: string;
  node: string;
  nomatch?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesQemuFirewallIpsetByNameResult = null;

export interface DeleteNodesQemuFirewallIpsetByNameParams {
  force?: boolean | 0 | 1;
  name: string;
  node: string;
  vmid: number;
}

export type DeleteNodesQemuFirewallIpsetByNameResult = null;

export interface GetNodesQemuFirewallIpsetByCidrParams {
  cidr: string;
  name: string;
  node: string;
  vmid: number;
}

export type GetNodesQemuFirewallIpsetByCidrResult = Record<string, unknown>;

export interface PutNodesQemuFirewallIpsetByCidrParams {
  cidr: string;
  comment?: string;
  digest?: string;
  name: string;
  node: string;
  nomatch?: boolean | 0 | 1;
  vmid: number;
}

export type PutNodesQemuFirewallIpsetByCidrResult = null;

export interface DeleteNodesQemuFirewallIpsetByCidrParams {
  cidr: string;
  digest?: string;
  name: string;
  node: string;
  vmid: number;
}

export type DeleteNodesQemuFirewallIpsetByCidrResult = null;

export interface GetNodesQemuFirewallLogParams {
  limit?: number;
  node: string;
  since?: number;
  start?: number;
  until?: number;
  vmid: number;
}

export interface GetNodesQemuFirewallLogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesQemuFirewallLogResult = GetNodesQemuFirewallLogResultItem[];

export interface GetNodesQemuFirewallOptionsParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuFirewallOptionsResult {
  [key: string]: unknown;
  dhcp?: boolean;
  enable?: boolean;
  ipfilter?: boolean;
  log_level_in?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_level_out?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macfilter?: boolean;
  ndp?: boolean;
  policy_in?: "ACCEPT" | "REJECT" | "DROP";
  policy_out?: "ACCEPT" | "REJECT" | "DROP";
  radv?: boolean;
}

export interface PutNodesQemuFirewallOptionsParams {
  delete?: string | readonly string[];
  dhcp?: boolean | 0 | 1;
  digest?: string;
  enable?: boolean | 0 | 1;
  ipfilter?: boolean | 0 | 1;
  log_level_in?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_level_out?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macfilter?: boolean | 0 | 1;
  ndp?: boolean | 0 | 1;
  node: string;
  policy_in?: "ACCEPT" | "REJECT" | "DROP";
  policy_out?: "ACCEPT" | "REJECT" | "DROP";
  radv?: boolean | 0 | 1;
  vmid: number;
}

export type PutNodesQemuFirewallOptionsResult = null;

export interface GetNodesQemuFirewallRefsParams {
  node: string;
  type?: "alias" | "ipset";
  vmid: number;
}

export interface GetNodesQemuFirewallRefsResultItem {
  [key: string]: unknown;
  comment?: string;
  name: string;
  ref: string;
  scope: string;
  type: "alias" | "ipset";
}

export type GetNodesQemuFirewallRefsResult = GetNodesQemuFirewallRefsResultItem[];

export interface GetNodesQemuFirewallRulesParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuFirewallRulesResultItem {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export type GetNodesQemuFirewallRulesResult = GetNodesQemuFirewallRulesResultItem[];

export interface PostNodesQemuFirewallRulesParams {
  action: string;
  comment?: string;
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  node: string;
  pos?: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: "in" | "out" | "forward" | "group";
  vmid: number;
}

export type PostNodesQemuFirewallRulesResult = null;

export interface GetNodesQemuFirewallRulesByPosParams {
  node: string;
  pos: number;
  vmid: number;
}

export interface GetNodesQemuFirewallRulesByPosResult {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export interface PutNodesQemuFirewallRulesByPosParams {
  action?: string;
  comment?: string;
  delete?: string | readonly string[];
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  moveto?: number;
  node: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type?: "in" | "out" | "forward" | "group";
  vmid: number;
}

export type PutNodesQemuFirewallRulesByPosResult = null;

export interface DeleteNodesQemuFirewallRulesByPosParams {
  digest?: string;
  node: string;
  pos: number;
  vmid: number;
}

export type DeleteNodesQemuFirewallRulesByPosResult = null;

export interface GetNodesQemuMigrateParams {
  node: string;
  target?: string;
  vmid: number;
}

export interface GetNodesQemuMigrateResult {
  [key: string]: unknown;
  allowed_nodes?: string[];
  "dependent-ha-resources"?: string[];
  "has-dbus-vmstate": boolean;
  local_disks: ({ cdrom: boolean; is_unused: boolean; size: number; volid: string; [key: string]: unknown })[];
  local_resources: string[];
  "mapped-resource-info": Record<string, unknown>;
  /** @deprecated */
  "mapped-resources": string[];
  not_allowed_nodes?: { "blocking-ha-resources"?: ({ cause: "node-affinity" | "resource-affinity"; sid: string; [key: string]: unknown })[]; unavailable_storages?: string[]; [key: string]: unknown };
  running: boolean;
}

export interface PostNodesQemuMigrateParams {
  bwlimit?: number;
  force?: boolean | 0 | 1;
  migration_network?: string;
  migration_type?: "secure" | "insecure";
  node: string;
  online?: boolean | 0 | 1;
  target: string;
  targetstorage?: string | readonly string[];
  vmid: number;
  /** Since 9.0. */
  "with-conntrack-state"?: boolean | 0 | 1;
  "with-local-disks"?: boolean | 0 | 1;
}

export type PostNodesQemuMigrateResult = string;

export interface PostNodesQemuMonitorParams {
  command: string;
  node: string;
  vmid: number;
}

export type PostNodesQemuMonitorResult = string;

export interface PostNodesQemuMoveDiskParams {
  bwlimit?: number;
  delete?: boolean | 0 | 1;
  digest?: string;
  disk: "ide0" | "ide1" | "ide2" | "ide3" | "scsi0" | "scsi1" | "scsi2" | "scsi3" | "scsi4" | "scsi5" | "scsi6" | "scsi7" | "scsi8" | "scsi9" | "scsi10" | "scsi11" | "scsi12" | "scsi13" | "scsi14" | "scsi15" | "scsi16" | "scsi17" | "scsi18" | "scsi19" | "scsi20" | "scsi21" | "scsi22" | "scsi23" | "scsi24" | "scsi25" | "scsi26" | "scsi27" | "scsi28" | "scsi29" | "scsi30" | "virtio0" | "virtio1" | "virtio2" | "virtio3" | "virtio4" | "virtio5" | "virtio6" | "virtio7" | "virtio8" | "virtio9" | "virtio10" | "virtio11" | "virtio12" | "virtio13" | "virtio14" | "virtio15" | "sata0" | "sata1" | "sata2" | "sata3" | "sata4" | "sata5" | "efidisk0" | "tpmstate0" | "unused0" | "unused1" | "unused2" | "unused3" | "unused4" | "unused5" | "unused6" | "unused7" | "unused8" | "unused9" | "unused10" | "unused11" | "unused12" | "unused13" | "unused14" | "unused15" | "unused16" | "unused17" | "unused18" | "unused19" | "unused20" | "unused21" | "unused22" | "unused23" | "unused24" | "unused25" | "unused26" | "unused27" | "unused28" | "unused29" | "unused30" | "unused31" | "unused32" | "unused33" | "unused34" | "unused35" | "unused36" | "unused37" | "unused38" | "unused39" | "unused40" | "unused41" | "unused42" | "unused43" | "unused44" | "unused45" | "unused46" | "unused47" | "unused48" | "unused49" | "unused50" | "unused51" | "unused52" | "unused53" | "unused54" | "unused55" | "unused56" | "unused57" | "unused58" | "unused59" | "unused60" | "unused61" | "unused62" | "unused63" | "unused64" | "unused65" | "unused66" | "unused67" | "unused68" | "unused69" | "unused70" | "unused71" | "unused72" | "unused73" | "unused74" | "unused75" | "unused76" | "unused77" | "unused78" | "unused79" | "unused80" | "unused81" | "unused82" | "unused83" | "unused84" | "unused85" | "unused86" | "unused87" | "unused88" | "unused89" | "unused90" | "unused91" | "unused92" | "unused93" | "unused94" | "unused95" | "unused96" | "unused97" | "unused98" | "unused99" | "unused100" | "unused101" | "unused102" | "unused103" | "unused104" | "unused105" | "unused106" | "unused107" | "unused108" | "unused109" | "unused110" | "unused111" | "unused112" | "unused113" | "unused114" | "unused115" | "unused116" | "unused117" | "unused118" | "unused119" | "unused120" | "unused121" | "unused122" | "unused123" | "unused124" | "unused125" | "unused126" | "unused127" | "unused128" | "unused129" | "unused130" | "unused131" | "unused132" | "unused133" | "unused134" | "unused135" | "unused136" | "unused137" | "unused138" | "unused139" | "unused140" | "unused141" | "unused142" | "unused143" | "unused144" | "unused145" | "unused146" | "unused147" | "unused148" | "unused149" | "unused150" | "unused151" | "unused152" | "unused153" | "unused154" | "unused155" | "unused156" | "unused157" | "unused158" | "unused159" | "unused160" | "unused161" | "unused162" | "unused163" | "unused164" | "unused165" | "unused166" | "unused167" | "unused168" | "unused169" | "unused170" | "unused171" | "unused172" | "unused173" | "unused174" | "unused175" | "unused176" | "unused177" | "unused178" | "unused179" | "unused180" | "unused181" | "unused182" | "unused183" | "unused184" | "unused185" | "unused186" | "unused187" | "unused188" | "unused189" | "unused190" | "unused191" | "unused192" | "unused193" | "unused194" | "unused195" | "unused196" | "unused197" | "unused198" | "unused199" | "unused200" | "unused201" | "unused202" | "unused203" | "unused204" | "unused205" | "unused206" | "unused207" | "unused208" | "unused209" | "unused210" | "unused211" | "unused212" | "unused213" | "unused214" | "unused215" | "unused216" | "unused217" | "unused218" | "unused219" | "unused220" | "unused221" | "unused222" | "unused223" | "unused224" | "unused225" | "unused226" | "unused227" | "unused228" | "unused229" | "unused230" | "unused231" | "unused232" | "unused233" | "unused234" | "unused235" | "unused236" | "unused237" | "unused238" | "unused239" | "unused240" | "unused241" | "unused242" | "unused243" | "unused244" | "unused245" | "unused246" | "unused247" | "unused248" | "unused249" | "unused250" | "unused251" | "unused252" | "unused253" | "unused254" | "unused255";
  format?: "raw" | "qcow2" | "vmdk";
  node: string;
  storage?: string;
  "target-digest"?: string;
  "target-disk"?: "ide0" | "ide1" | "ide2" | "ide3" | "scsi0" | "scsi1" | "scsi2" | "scsi3" | "scsi4" | "scsi5" | "scsi6" | "scsi7" | "scsi8" | "scsi9" | "scsi10" | "scsi11" | "scsi12" | "scsi13" | "scsi14" | "scsi15" | "scsi16" | "scsi17" | "scsi18" | "scsi19" | "scsi20" | "scsi21" | "scsi22" | "scsi23" | "scsi24" | "scsi25" | "scsi26" | "scsi27" | "scsi28" | "scsi29" | "scsi30" | "virtio0" | "virtio1" | "virtio2" | "virtio3" | "virtio4" | "virtio5" | "virtio6" | "virtio7" | "virtio8" | "virtio9" | "virtio10" | "virtio11" | "virtio12" | "virtio13" | "virtio14" | "virtio15" | "sata0" | "sata1" | "sata2" | "sata3" | "sata4" | "sata5" | "efidisk0" | "tpmstate0" | "unused0" | "unused1" | "unused2" | "unused3" | "unused4" | "unused5" | "unused6" | "unused7" | "unused8" | "unused9" | "unused10" | "unused11" | "unused12" | "unused13" | "unused14" | "unused15" | "unused16" | "unused17" | "unused18" | "unused19" | "unused20" | "unused21" | "unused22" | "unused23" | "unused24" | "unused25" | "unused26" | "unused27" | "unused28" | "unused29" | "unused30" | "unused31" | "unused32" | "unused33" | "unused34" | "unused35" | "unused36" | "unused37" | "unused38" | "unused39" | "unused40" | "unused41" | "unused42" | "unused43" | "unused44" | "unused45" | "unused46" | "unused47" | "unused48" | "unused49" | "unused50" | "unused51" | "unused52" | "unused53" | "unused54" | "unused55" | "unused56" | "unused57" | "unused58" | "unused59" | "unused60" | "unused61" | "unused62" | "unused63" | "unused64" | "unused65" | "unused66" | "unused67" | "unused68" | "unused69" | "unused70" | "unused71" | "unused72" | "unused73" | "unused74" | "unused75" | "unused76" | "unused77" | "unused78" | "unused79" | "unused80" | "unused81" | "unused82" | "unused83" | "unused84" | "unused85" | "unused86" | "unused87" | "unused88" | "unused89" | "unused90" | "unused91" | "unused92" | "unused93" | "unused94" | "unused95" | "unused96" | "unused97" | "unused98" | "unused99" | "unused100" | "unused101" | "unused102" | "unused103" | "unused104" | "unused105" | "unused106" | "unused107" | "unused108" | "unused109" | "unused110" | "unused111" | "unused112" | "unused113" | "unused114" | "unused115" | "unused116" | "unused117" | "unused118" | "unused119" | "unused120" | "unused121" | "unused122" | "unused123" | "unused124" | "unused125" | "unused126" | "unused127" | "unused128" | "unused129" | "unused130" | "unused131" | "unused132" | "unused133" | "unused134" | "unused135" | "unused136" | "unused137" | "unused138" | "unused139" | "unused140" | "unused141" | "unused142" | "unused143" | "unused144" | "unused145" | "unused146" | "unused147" | "unused148" | "unused149" | "unused150" | "unused151" | "unused152" | "unused153" | "unused154" | "unused155" | "unused156" | "unused157" | "unused158" | "unused159" | "unused160" | "unused161" | "unused162" | "unused163" | "unused164" | "unused165" | "unused166" | "unused167" | "unused168" | "unused169" | "unused170" | "unused171" | "unused172" | "unused173" | "unused174" | "unused175" | "unused176" | "unused177" | "unused178" | "unused179" | "unused180" | "unused181" | "unused182" | "unused183" | "unused184" | "unused185" | "unused186" | "unused187" | "unused188" | "unused189" | "unused190" | "unused191" | "unused192" | "unused193" | "unused194" | "unused195" | "unused196" | "unused197" | "unused198" | "unused199" | "unused200" | "unused201" | "unused202" | "unused203" | "unused204" | "unused205" | "unused206" | "unused207" | "unused208" | "unused209" | "unused210" | "unused211" | "unused212" | "unused213" | "unused214" | "unused215" | "unused216" | "unused217" | "unused218" | "unused219" | "unused220" | "unused221" | "unused222" | "unused223" | "unused224" | "unused225" | "unused226" | "unused227" | "unused228" | "unused229" | "unused230" | "unused231" | "unused232" | "unused233" | "unused234" | "unused235" | "unused236" | "unused237" | "unused238" | "unused239" | "unused240" | "unused241" | "unused242" | "unused243" | "unused244" | "unused245" | "unused246" | "unused247" | "unused248" | "unused249" | "unused250" | "unused251" | "unused252" | "unused253" | "unused254" | "unused255";
  "target-vmid"?: number;
  vmid: number;
}

export type PostNodesQemuMoveDiskResult = string;

export interface PostNodesQemuMtunnelParams {
  bridges?: string | readonly string[];
  node: string;
  storages?: string | readonly string[];
  vmid: number;
}

export interface PostNodesQemuMtunnelResult {
  [key: string]: unknown;
  socket: string;
  ticket: string;
  upid: string;
}

export interface GetNodesQemuMtunnelwebsocketParams {
  node: string;
  socket: string;
  ticket: string;
  vmid: number;
}

export interface GetNodesQemuMtunnelwebsocketResult {
  [key: string]: unknown;
  port?: string;
  socket?: string;
}

export interface GetNodesQemuPendingParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuPendingResultItem {
  [key: string]: unknown;
  delete?: number;
  key: string;
  pending?: string;
  value?: string;
}

export type GetNodesQemuPendingResult = GetNodesQemuPendingResultItem[];

export interface TargetEndpointKeys {
  host: string;
  apitoken: string;
  port?: number;
  fingerprint?: string;
}

export interface PostNodesQemuRemoteMigrateParams {
  bwlimit?: number;
  delete?: boolean | 0 | 1;
  node: string;
  online?: boolean | 0 | 1;
  "target-bridge": string | readonly string[];
  "target-endpoint": string | TargetEndpointKeys;
  "target-storage": string | readonly string[];
  "target-vmid"?: number;
  vmid: number;
}

export type PostNodesQemuRemoteMigrateResult = string;

export interface PutNodesQemuResizeParams {
  digest?: string;
  disk: "ide0" | "ide1" | "ide2" | "ide3" | "scsi0" | "scsi1" | "scsi2" | "scsi3" | "scsi4" | "scsi5" | "scsi6" | "scsi7" | "scsi8" | "scsi9" | "scsi10" | "scsi11" | "scsi12" | "scsi13" | "scsi14" | "scsi15" | "scsi16" | "scsi17" | "scsi18" | "scsi19" | "scsi20" | "scsi21" | "scsi22" | "scsi23" | "scsi24" | "scsi25" | "scsi26" | "scsi27" | "scsi28" | "scsi29" | "scsi30" | "virtio0" | "virtio1" | "virtio2" | "virtio3" | "virtio4" | "virtio5" | "virtio6" | "virtio7" | "virtio8" | "virtio9" | "virtio10" | "virtio11" | "virtio12" | "virtio13" | "virtio14" | "virtio15" | "sata0" | "sata1" | "sata2" | "sata3" | "sata4" | "sata5" | "efidisk0" | "tpmstate0";
  node: string;
  size: string;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type PutNodesQemuResizeResult = string;

export interface GetNodesQemuRrdParams {
  cf?: "AVERAGE" | "MAX";
  ds: string | readonly string[];
  node: string;
  timeframe: "hour" | "day" | "week" | "month" | "year";
  vmid: number;
}

export interface GetNodesQemuRrdResult {
  [key: string]: unknown;
  filename: string;
}

export interface GetNodesQemuRrddataParams {
  cf?: "AVERAGE" | "MAX";
  node: string;
  timeframe: "hour" | "day" | "week" | "month" | "year";
  vmid: number;
}

export type GetNodesQemuRrddataResult = (Record<string, unknown>)[];

export interface PutNodesQemuSendkeyParams {
  key: string;
  node: string;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type PutNodesQemuSendkeyResult = null;

export interface GetNodesQemuSnapshotParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuSnapshotResultItem {
  [key: string]: unknown;
  description: string;
  name: string;
  parent?: string;
  snaptime?: number;
  vmstate?: boolean;
}

export type GetNodesQemuSnapshotResult = GetNodesQemuSnapshotResultItem[];

export interface PostNodesQemuSnapshotParams {
  description?: string;
  node: string;
  snapname: string;
  vmid: number;
  vmstate?: boolean | 0 | 1;
}

export type PostNodesQemuSnapshotResult = string;

export interface GetNodesQemuSnapshotBySnapnameParams {
  node: string;
  snapname: string;
  vmid: number;
}

export type GetNodesQemuSnapshotBySnapnameResult = (Record<string, unknown>)[];

export interface DeleteNodesQemuSnapshotBySnapnameParams {
  force?: boolean | 0 | 1;
  node: string;
  snapname: string;
  vmid: number;
}

export type DeleteNodesQemuSnapshotBySnapnameResult = string;

export interface GetNodesQemuSnapshotConfigParams {
  node: string;
  snapname: string;
  vmid: number;
}

export type GetNodesQemuSnapshotConfigResult = Record<string, unknown>;

export interface PutNodesQemuSnapshotConfigParams {
  description?: string;
  node: string;
  snapname: string;
  vmid: number;
}

export type PutNodesQemuSnapshotConfigResult = null;

export interface PostNodesQemuSnapshotRollbackParams {
  node: string;
  snapname: string;
  start?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesQemuSnapshotRollbackResult = string;

export interface PostNodesQemuSpiceproxyParams {
  node: string;
  proxy?: string;
  vmid: number;
}

export interface PostNodesQemuSpiceproxyResult {
  [key: string]: unknown;
  host: string;
  password: string;
  proxy: string;
  "tls-port": number;
  type: string;
}

export interface GetNodesQemuStatusParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuStatusResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesQemuStatusResult = GetNodesQemuStatusResultItem[];

export interface GetNodesQemuStatusCurrentParams {
  node: string;
  vmid: number;
}

export interface GetNodesQemuStatusCurrentResult {
  [key: string]: unknown;
  agent?: boolean;
  clipboard?: "vnc";
  cpu?: number;
  cpus?: number;
  diskread?: number;
  diskwrite?: number;
  ha: Record<string, unknown>;
  lock?: string;
  maxdisk?: number;
  maxmem?: number;
  mem?: number;
  memhost?: number;
  name?: string;
  netin?: number;
  netout?: number;
  pid?: number;
  pressurecpufull?: number;
  pressurecpusome?: number;
  pressureiofull?: number;
  pressureiosome?: number;
  pressurememoryfull?: number;
  pressurememorysome?: number;
  qmpstatus?: string;
  "running-machine"?: string;
  "running-qemu"?: string;
  serial?: boolean;
  spice?: boolean;
  status: "stopped" | "running";
  tags?: string;
  template?: boolean;
  uptime?: number;
  vmid: number;
}

export interface PostNodesQemuStatusRebootParams {
  node: string;
  timeout?: number;
  vmid: number;
}

export type PostNodesQemuStatusRebootResult = string;

export interface PostNodesQemuStatusResetParams {
  node: string;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesQemuStatusResetResult = string;

export interface PostNodesQemuStatusResumeParams {
  nocheck?: boolean | 0 | 1;
  node: string;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesQemuStatusResumeResult = string;

export interface PostNodesQemuStatusShutdownParams {
  forceStop?: boolean | 0 | 1;
  keepActive?: boolean | 0 | 1;
  node: string;
  skiplock?: boolean | 0 | 1;
  timeout?: number;
  vmid: number;
}

export type PostNodesQemuStatusShutdownResult = string;

export interface PostNodesQemuStatusStartParams {
  "force-cpu"?: string;
  machine?: string | MachineKeys;
  migratedfrom?: string;
  migration_network?: string;
  migration_type?: "secure" | "insecure";
  /** Since 9.0. */
  "nets-host-mtu"?: string;
  node: string;
  skiplock?: boolean | 0 | 1;
  stateuri?: string;
  targetstorage?: string | readonly string[];
  timeout?: number;
  vmid: number;
  /** Since 9.0. */
  "with-conntrack-state"?: boolean | 0 | 1;
}

export type PostNodesQemuStatusStartResult = string;

export interface PostNodesQemuStatusStopParams {
  keepActive?: boolean | 0 | 1;
  migratedfrom?: string;
  node: string;
  /** Since 8.4. */
  "overrule-shutdown"?: boolean | 0 | 1;
  skiplock?: boolean | 0 | 1;
  timeout?: number;
  vmid: number;
}

export type PostNodesQemuStatusStopResult = string;

export interface PostNodesQemuStatusSuspendParams {
  node: string;
  skiplock?: boolean | 0 | 1;
  statestorage?: string;
  todisk?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesQemuStatusSuspendResult = string;

export interface PostNodesQemuTemplateParams {
  disk?: "ide0" | "ide1" | "ide2" | "ide3" | "scsi0" | "scsi1" | "scsi2" | "scsi3" | "scsi4" | "scsi5" | "scsi6" | "scsi7" | "scsi8" | "scsi9" | "scsi10" | "scsi11" | "scsi12" | "scsi13" | "scsi14" | "scsi15" | "scsi16" | "scsi17" | "scsi18" | "scsi19" | "scsi20" | "scsi21" | "scsi22" | "scsi23" | "scsi24" | "scsi25" | "scsi26" | "scsi27" | "scsi28" | "scsi29" | "scsi30" | "virtio0" | "virtio1" | "virtio2" | "virtio3" | "virtio4" | "virtio5" | "virtio6" | "virtio7" | "virtio8" | "virtio9" | "virtio10" | "virtio11" | "virtio12" | "virtio13" | "virtio14" | "virtio15" | "sata0" | "sata1" | "sata2" | "sata3" | "sata4" | "sata5" | "efidisk0" | "tpmstate0";
  node: string;
  vmid: number;
}

export type PostNodesQemuTemplateResult = string;

export interface PostNodesQemuTermproxyParams {
  node: string;
  serial?: "serial0" | "serial1" | "serial2" | "serial3";
  vmid: number;
}

export interface PostNodesQemuTermproxyResult {
  [key: string]: unknown;
  port: number;
  ticket: string;
  upid: string;
  user: string;
}

export interface PutNodesQemuUnlinkParams {
  force?: boolean | 0 | 1;
  idlist: string | readonly string[];
  node: string;
  vmid: number;
}

export type PutNodesQemuUnlinkResult = null;

export interface PostNodesQemuVncproxyParams {
  /** @deprecated */
  "generate-password"?: boolean | 0 | 1;
  node: string;
  vmid: number;
  websocket?: boolean | 0 | 1;
}

export interface PostNodesQemuVncproxyResult {
  [key: string]: unknown;
  cert: string;
  password?: string;
  port: number;
  ticket: string;
  upid: string;
  user: string;
}

export interface GetNodesQemuVncwebsocketParams {
  node: string;
  port: number;
  vmid: number;
  vncticket: string;
}

export interface GetNodesQemuVncwebsocketResult {
  [key: string]: unknown;
  port: string;
}
