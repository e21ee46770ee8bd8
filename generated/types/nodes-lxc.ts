// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesLxcParams {
  node: string;
}

export interface GetNodesLxcResultItem {
  [key: string]: unknown;
  cpu?: number;
  cpus?: number;
  disk?: number;
  diskread?: number;
  diskwrite?: number;
  lock?: string;
  maxdisk?: number;
  maxmem?: number;
  maxswap?: number;
  mem?: number;
  name?: string;
  netin?: number;
  netout?: number;
  pressurecpusome?: number;
  pressureiofull?: number;
  pressureiosome?: number;
  pressurememoryfull?: number;
  pressurememorysome?: number;
  status: "stopped" | "running";
  tags?: string;
  template?: boolean;
  uptime?: number;
  vmid: number;
}

export type GetNodesLxcResult = GetNodesLxcResultItem[];

export interface DevKeys {
  "deny-write"?: boolean | 0 | 1;
  gid?: number;
  mode?: string;
  path?: string;
  uid?: number;
}

export interface FeaturesKeys {
  force_rw_sys?: boolean | 0 | 1;
  fuse?: boolean | 0 | 1;
  keyctl?: boolean | 0 | 1;
  mknod?: boolean | 0 | 1;
  mount?: string;
  nesting?: boolean | 0 | 1;
}

export interface MpKeys {
  acl?: boolean | 0 | 1;
  backup?: boolean | 0 | 1;
  /** Since 9.2. */
  idmap?: string;
  /** Since 9.1. */
  keepattrs?: boolean | 0 | 1;
  mountoptions?: string;
  mp: string;
  quota?: boolean | 0 | 1;
  replicate?: boolean | 0 | 1;
  ro?: boolean | 0 | 1;
  shared?: boolean | 0 | 1;
  size?: string;
  volume: string;
}

export interface NetKeys {
  bridge?: string;
  firewall?: boolean | 0 | 1;
  gw?: string;
  gw6?: string;
  /** Since 9.1. */
  "host-managed"?: boolean | 0 | 1;
  hwaddr?: string;
  ip?: string;
  ip6?: string;
  link_down?: boolean | 0 | 1;
  mtu?: number;
  name: string;
  rate?: number;
  tag?: number;
  trunks?: string;
  type?: "veth";
}

export interface RootfsKeys {
  acl?: boolean | 0 | 1;
  /** Since 9.2. */
  idmap?: string;
  mountoptions?: string;
  quota?: boolean | 0 | 1;
  replicate?: boolean | 0 | 1;
  ro?: boolean | 0 | 1;
  shared?: boolean | 0 | 1;
  size?: string;
  volume: string;
}

export interface UnusedKeys {
  volume: string;
}

export interface PostNodesLxcParams {
  /** Since 8.4. */
  [key: `dev${number}`]: string | DevKeys | undefined;
  [key: `mp${number}`]: string | MpKeys | undefined;
  [key: `net${number}`]: string | NetKeys | undefined;
  [key: `unused${number}`]: string | UnusedKeys | undefined;
  arch?: "amd64" | "i386" | "arm64" | "armhf" | "riscv32" | "riscv64";
  bwlimit?: number;
  cmode?: "shell" | "console" | "tty";
  console?: boolean | 0 | 1;
  cores?: number;
  cpulimit?: number;
  cpuunits?: number;
  debug?: boolean | 0 | 1;
  description?: string;
  /** Since 9.1. */
  entrypoint?: string;
  /** Since 9.1. */
  env?: string;
  features?: string | FeaturesKeys;
  force?: boolean | 0 | 1;
  /** Since 9.1. */
  "ha-managed"?: boolean | 0 | 1;
  hookscript?: string;
  hostname?: string;
  "ignore-unpack-errors"?: boolean | 0 | 1;
  lock?: "backup" | "create" | "destroyed" | "disk" | "fstrim" | "migrate" | "mounted" | "rollback" | "snapshot" | "snapshot-delete";
  memory?: number;
  nameserver?: string | readonly string[];
  node: string;
  onboot?: boolean | 0 | 1;
  ostemplate: string;
  ostype?: "debian" | "devuan" | "ubuntu" | "centos" | "fedora" | "opensuse" | "archlinux" | "alpine" | "gentoo" | "nixos" | "unmanaged";
  password?: string;
  pool?: string;
  protection?: boolean | 0 | 1;
  restore?: boolean | 0 | 1;
  rootfs?: string | RootfsKeys;
  searchdomain?: string | readonly string[];
  "ssh-public-keys"?: string;
  start?: boolean | 0 | 1;
  startup?: string;
  storage?: string;
  swap?: number;
  tags?: string | readonly string[];
  template?: boolean | 0 | 1;
  timezone?: string;
  tty?: number;
  unique?: boolean | 0 | 1;
  unprivileged?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesLxcResult = string;

export interface GetNodesLxcByVmidParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcByVmidResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesLxcByVmidResult = GetNodesLxcByVmidResultItem[];

export interface DeleteNodesLxcByVmidParams {
  "destroy-unreferenced-disks"?: boolean | 0 | 1;
  force?: boolean | 0 | 1;
  node: string;
  purge?: boolean | 0 | 1;
  vmid: number;
}

export type DeleteNodesLxcByVmidResult = string;

export interface PostNodesLxcCloneParams {
  bwlimit?: number;
  description?: string;
  full?: boolean | 0 | 1;
  hostname?: string;
  newid: number;
  node: string;
  pool?: string;
  snapname?: string;
  storage?: string;
  target?: string;
  vmid: number;
}

export type PostNodesLxcCloneResult = string;

export interface GetNodesLxcConfigParams {
  current?: boolean | 0 | 1;
  node: string;
  snapshot?: string;
  vmid: number;
}

export interface GetNodesLxcConfigResult {
  [key: `dev${number}`]: string | undefined;
  [key: `mp${number}`]: string | undefined;
  [key: `net${number}`]: string | undefined;
  [key: `unused${number}`]: string | undefined;
  [key: string]: unknown;
  arch?: "amd64" | "i386" | "arm64" | "armhf" | "riscv32" | "riscv64";
  cmode?: "shell" | "console" | "tty";
  console?: boolean;
  cores?: number;
  cpulimit?: number;
  cpuunits?: number;
  debug?: boolean;
  description?: string;
  digest: string;
  entrypoint?: string;
  env?: string;
  features?: string;
  hookscript?: string;
  hostname?: string;
  lock?: "backup" | "create" | "destroyed" | "disk" | "fstrim" | "migrate" | "mounted" | "rollback" | "snapshot" | "snapshot-delete";
  lxc?: (string[])[];
  memory?: number;
  nameserver?: string;
  onboot?: boolean;
  ostype?: "debian" | "devuan" | "ubuntu" | "centos" | "fedora" | "opensuse" | "archlinux" | "alpine" | "gentoo" | "nixos" | "unmanaged";
  protection?: boolean;
  rootfs?: string;
  searchdomain?: string;
  startup?: string;
  swap?: number;
  tags?: string;
  template?: boolean;
  timezone?: string;
  tty?: number;
  unprivileged?: boolean;
}

export interface PutNodesLxcConfigParams {
  /** Since 8.4. */
  [key: `dev${number}`]: string | DevKeys | undefined;
  [key: `mp${number}`]: string | MpKeys | undefined;
  [key: `net${number}`]: string | NetKeys | undefined;
  [key: `unused${number}`]: string | UnusedKeys | undefined;
  arch?: "amd64" | "i386" | "arm64" | "armhf" | "riscv32" | "riscv64";
  cmode?: "shell" | "console" | "tty";
  console?: boolean | 0 | 1;
  cores?: number;
  cpulimit?: number;
  cpuunits?: number;
  debug?: boolean | 0 | 1;
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  /** Since 9.1. */
  entrypoint?: string;
  /** Since 9.1. */
  env?: string;
  features?: string | FeaturesKeys;
  hookscript?: string;
  hostname?: string;
  lock?: "backup" | "create" | "destroyed" | "disk" | "fstrim" | "migrate" | "mounted" | "rollback" | "snapshot" | "snapshot-delete";
  memory?: number;
  nameserver?: string | readonly string[];
  node: string;
  onboot?: boolean | 0 | 1;
  ostype?: "debian" | "devuan" | "ubuntu" | "centos" | "fedora" | "opensuse" | "archlinux" | "alpine" | "gentoo" | "nixos" | "unmanaged";
  protection?: boolean | 0 | 1;
  revert?: string | readonly string[];
  rootfs?: string | RootfsKeys;
  searchdomain?: string | readonly string[];
  startup?: string;
  swap?: number;
  tags?: string | readonly string[];
  template?: boolean | 0 | 1;
  timezone?: string;
  tty?: number;
  unprivileged?: boolean | 0 | 1;
  vmid: number;
}

export type PutNodesLxcConfigResult = null;

export interface GetNodesLxcFeatureParams {
  feature: "snapshot" | "clone" | "copy";
  node: string;
  snapname?: string;
  vmid: number;
}

export interface GetNodesLxcFeatureResult {
  [key: string]: unknown;
  hasFeature: boolean;
}

export interface GetNodesLxcFirewallParams {
  node: string;
  vmid: number;
}

export type GetNodesLxcFirewallResult = (Record<string, unknown>)[];

export interface GetNodesLxcFirewallAliasesParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcFirewallAliasesResultItem {
  [key: string]: unknown;
  cidr: string;
  comment?: string;
  digest: string;
  name: string;
}

export type GetNodesLxcFirewallAliasesResult = GetNodesLxcFirewallAliasesResultItem[];

export interface PostNodesLxcFirewallAliasesParams {
  cidr: string;
  comment?: string;
  name: string;
  node: string;
  vmid: number;
}

export type PostNodesLxcFirewallAliasesResult = null;

export interface GetNodesLxcFirewallAliasesByNameParams {
  name: string;
  node: string;
  vmid: number;
}

export type GetNodesLxcFirewallAliasesByNameResult = Record<string, unknown>;

export interface PutNodesLxcFirewallAliasesByNameParams {
  cidr: string;
  comment?: string;
  digest?: string;
  name: string;
  node: string;
  rename?: string;
  vmid: number;
}

export type PutNodesLxcFirewallAliasesByNameResult = null;

export interface DeleteNodesLxcFirewallAliasesByNameParams {
  digest?: string;
  name: string;
  node: string;
  vmid: number;
}

export type DeleteNodesLxcFirewallAliasesByNameResult = null;

export interface GetNodesLxcFirewallIpsetParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcFirewallIpsetResultItem {
  [key: string]: unknown;
  comment?: string;
  digest: string;
  name: string;
}

export type GetNodesLxcFirewallIpsetResult = GetNodesLxcFirewallIpsetResultItem[];

export interface PostNodesLxcFirewallIpsetParams {
  comment?: string;
  digest?: string;
  name: string;
  node: string;
  rename?: string;
  vmid: number;
}

export type PostNodesLxcFirewallIpsetResult = null;

export interface GetNodesLxcFirewallIpsetByNameParams {
  name: string;
  node: string;
  vmid: number;
}

export interface GetNodesLxcFirewallIpsetByNameResultItem {
  [key: string]: unknown;
  cidr: string;
  comment?: string;
  digest: string;
  nomatch?: boolean;
}

export type GetNodesLxcFirewallIpsetByNameResult = GetNodesLxcFirewallIpsetByNameResultItem[];

export interface PostNodesLxcFirewallIpsetByNameParams {
  cidr: string;
  comment?: string;
  name: string;
  node: string;
  nomatch?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesLxcFirewallIpsetByNameResult = null;

export interface DeleteNodesLxcFirewallIpsetByNameParams {
  force?: boolean | 0 | 1;
  name: string;
  node: string;
  vmid: number;
}

export type DeleteNodesLxcFirewallIpsetByNameResult = null;

export interface GetNodesLxcFirewallIpsetByCidrParams {
  cidr: string;
  name: string;
  node: string;
  vmid: number;
}

export type GetNodesLxcFirewallIpsetByCidrResult = Record<string, unknown>;

export interface PutNodesLxcFirewallIpsetByCidrParams {
  cidr: string;
  comment?: string;
  digest?: string;
  name: string;
  node: string;
  nomatch?: boolean | 0 | 1;
  vmid: number;
}

export type PutNodesLxcFirewallIpsetByCidrResult = null;

export interface DeleteNodesLxcFirewallIpsetByCidrParams {
  cidr: string;
  digest?: string;
  name: string;
  node: string;
  vmid: number;
}

export type DeleteNodesLxcFirewallIpsetByCidrResult = null;

export interface GetNodesLxcFirewallLogParams {
  limit?: number;
  node: string;
  since?: number;
  start?: number;
  until?: number;
  vmid: number;
}

export interface GetNodesLxcFirewallLogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesLxcFirewallLogResult = GetNodesLxcFirewallLogResultItem[];

export interface GetNodesLxcFirewallOptionsParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcFirewallOptionsResult {
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

export interface PutNodesLxcFirewallOptionsParams {
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

export type PutNodesLxcFirewallOptionsResult = null;

export interface GetNodesLxcFirewallRefsParams {
  node: string;
  type?: "alias" | "ipset";
  vmid: number;
}

export interface GetNodesLxcFirewallRefsResultItem {
  [key: string]: unknown;
  comment?: string;
  name: string;
  ref: string;
  scope: string;
  type: "alias" | "ipset";
}

export type GetNodesLxcFirewallRefsResult = GetNodesLxcFirewallRefsResultItem[];

export interface GetNodesLxcFirewallRulesParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcFirewallRulesResultItem {
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

export type GetNodesLxcFirewallRulesResult = GetNodesLxcFirewallRulesResultItem[];

export interface PostNodesLxcFirewallRulesParams {
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

export type PostNodesLxcFirewallRulesResult = null;

export interface GetNodesLxcFirewallRulesByPosParams {
  node: string;
  pos: number;
  vmid: number;
}

export interface GetNodesLxcFirewallRulesByPosResult {
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

export interface PutNodesLxcFirewallRulesByPosParams {
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

export type PutNodesLxcFirewallRulesByPosResult = null;

export interface DeleteNodesLxcFirewallRulesByPosParams {
  digest?: string;
  node: string;
  pos: number;
  vmid: number;
}

export type DeleteNodesLxcFirewallRulesByPosResult = null;

export interface GetNodesLxcInterfacesParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcInterfacesResultItem {
  [key: string]: unknown;
  "hardware-address": string;
  hwaddr: string;
  inet?: string;
  inet6?: string;
  "ip-addresses": ({ "ip-address"?: string; "ip-address-type"?: string; prefix?: number; [key: string]: unknown })[];
  name: string;
}

export type GetNodesLxcInterfacesResult = GetNodesLxcInterfacesResultItem[];

export interface GetNodesLxcMigrateParams {
  node: string;
  target?: string;
  vmid: number;
}

export interface GetNodesLxcMigrateResult {
  [key: string]: unknown;
  "allowed-nodes"?: string[];
  "dependent-ha-resources"?: string[];
  "not-allowed-nodes"?: { "blocking-ha-resources"?: ({ cause: "node-affinity" | "resource-affinity"; sid: string; [key: string]: unknown })[]; [key: string]: unknown };
  running: boolean;
}

export interface PostNodesLxcMigrateParams {
  bwlimit?: number;
  node: string;
  online?: boolean | 0 | 1;
  restart?: boolean | 0 | 1;
  target: string;
  "target-storage"?: string | readonly string[];
  timeout?: number;
  vmid: number;
}

export type PostNodesLxcMigrateResult = string;

export interface PostNodesLxcMoveVolumeParams {
  bwlimit?: number;
  delete?: boolean | 0 | 1;
  digest?: string;
  node: string;
  storage?: string;
  "target-digest"?: string;
  "target-vmid"?: number;
  "target-volume"?: "rootfs" | "mp0" | "mp1" | "mp2" | "mp3" | "mp4" | "mp5" | "mp6" | "mp7" | "mp8" | "mp9" | "mp10" | "mp11" | "mp12" | "mp13" | "mp14" | "mp15" | "mp16" | "mp17" | "mp18" | "mp19" | "mp20" | "mp21" | "mp22" | "mp23" | "mp24" | "mp25" | "mp26" | "mp27" | "mp28" | "mp29" | "mp30" | "mp31" | "mp32" | "mp33" | "mp34" | "mp35" | "mp36" | "mp37" | "mp38" | "mp39" | "mp40" | "mp41" | "mp42" | "mp43" | "mp44" | "mp45" | "mp46" | "mp47" | "mp48" | "mp49" | "mp50" | "mp51" | "mp52" | "mp53" | "mp54" | "mp55" | "mp56" | "mp57" | "mp58" | "mp59" | "mp60" | "mp61" | "mp62" | "mp63" | "mp64" | "mp65" | "mp66" | "mp67" | "mp68" | "mp69" | "mp70" | "mp71" | "mp72" | "mp73" | "mp74" | "mp75" | "mp76" | "mp77" | "mp78" | "mp79" | "mp80" | "mp81" | "mp82" | "mp83" | "mp84" | "mp85" | "mp86" | "mp87" | "mp88" | "mp89" | "mp90" | "mp91" | "mp92" | "mp93" | "mp94" | "mp95" | "mp96" | "mp97" | "mp98" | "mp99" | "mp100" | "mp101" | "mp102" | "mp103" | "mp104" | "mp105" | "mp106" | "mp107" | "mp108" | "mp109" | "mp110" | "mp111" | "mp112" | "mp113" | "mp114" | "mp115" | "mp116" | "mp117" | "mp118" | "mp119" | "mp120" | "mp121" | "mp122" | "mp123" | "mp124" | "mp125" | "mp126" | "mp127" | "mp128" | "mp129" | "mp130" | "mp131" | "mp132" | "mp133" | "mp134" | "mp135" | "mp136" | "mp137" | "mp138" | "mp139" | "mp140" | "mp141" | "mp142" | "mp143" | "mp144" | "mp145" | "mp146" | "mp147" | "mp148" | "mp149" | "mp150" | "mp151" | "mp152" | "mp153" | "mp154" | "mp155" | "mp156" | "mp157" | "mp158" | "mp159" | "mp160" | "mp161" | "mp162" | "mp163" | "mp164" | "mp165" | "mp166" | "mp167" | "mp168" | "mp169" | "mp170" | "mp171" | "mp172" | "mp173" | "mp174" | "mp175" | "mp176" | "mp177" | "mp178" | "mp179" | "mp180" | "mp181" | "mp182" | "mp183" | "mp184" | "mp185" | "mp186" | "mp187" | "mp188" | "mp189" | "mp190" | "mp191" | "mp192" | "mp193" | "mp194" | "mp195" | "mp196" | "mp197" | "mp198" | "mp199" | "mp200" | "mp201" | "mp202" | "mp203" | "mp204" | "mp205" | "mp206" | "mp207" | "mp208" | "mp209" | "mp210" | "mp211" | "mp212" | "mp213" | "mp214" | "mp215" | "mp216" | "mp217" | "mp218" | "mp219" | "mp220" | "mp221" | "mp222" | "mp223" | "mp224" | "mp225" | "mp226" | "mp227" | "mp228" | "mp229" | "mp230" | "mp231" | "mp232" | "mp233" | "mp234" | "mp235" | "mp236" | "mp237" | "mp238" | "mp239" | "mp240" | "mp241" | "mp242" | "mp243" | "mp244" | "mp245" | "mp246" | "mp247" | "mp248" | "mp249" | "mp250" | "mp251" | "mp252" | "mp253" | "mp254" | "mp255" | "unused0" | "unused1" | "unused2" | "unused3" | "unused4" | "unused5" | "unused6" | "unused7" | "unused8" | "unused9" | "unused10" | "unused11" | "unused12" | "unused13" | "unused14" | "unused15" | "unused16" | "unused17" | "unused18" | "unused19" | "unused20" | "unused21" | "unused22" | "unused23" | "unused24" | "unused25" | "unused26" | "unused27" | "unused28" | "unused29" | "unused30" | "unused31" | "unused32" | "unused33" | "unused34" | "unused35" | "unused36" | "unused37" | "unused38" | "unused39" | "unused40" | "unused41" | "unused42" | "unused43" | "unused44" | "unused45" | "unused46" | "unused47" | "unused48" | "unused49" | "unused50" | "unused51" | "unused52" | "unused53" | "unused54" | "unused55" | "unused56" | "unused57" | "unused58" | "unused59" | "unused60" | "unused61" | "unused62" | "unused63" | "unused64" | "unused65" | "unused66" | "unused67" | "unused68" | "unused69" | "unused70" | "unused71" | "unused72" | "unused73" | "unused74" | "unused75" | "unused76" | "unused77" | "unused78" | "unused79" | "unused80" | "unused81" | "unused82" | "unused83" | "unused84" | "unused85" | "unused86" | "unused87" | "unused88" | "unused89" | "unused90" | "unused91" | "unused92" | "unused93" | "unused94" | "unused95" | "unused96" | "unused97" | "unused98" | "unused99" | "unused100" | "unused101" | "unused102" | "unused103" | "unused104" | "unused105" | "unused106" | "unused107" | "unused108" | "unused109" | "unused110" | "unused111" | "unused112" | "unused113" | "unused114" | "unused115" | "unused116" | "unused117" | "unused118" | "unused119" | "unused120" | "unused121" | "unused122" | "unused123" | "unused124" | "unused125" | "unused126" | "unused127" | "unused128" | "unused129" | "unused130" | "unused131" | "unused132" | "unused133" | "unused134" | "unused135" | "unused136" | "unused137" | "unused138" | "unused139" | "unused140" | "unused141" | "unused142" | "unused143" | "unused144" | "unused145" | "unused146" | "unused147" | "unused148" | "unused149" | "unused150" | "unused151" | "unused152" | "unused153" | "unused154" | "unused155" | "unused156" | "unused157" | "unused158" | "unused159" | "unused160" | "unused161" | "unused162" | "unused163" | "unused164" | "unused165" | "unused166" | "unused167" | "unused168" | "unused169" | "unused170" | "unused171" | "unused172" | "unused173" | "unused174" | "unused175" | "unused176" | "unused177" | "unused178" | "unused179" | "unused180" | "unused181" | "unused182" | "unused183" | "unused184" | "unused185" | "unused186" | "unused187" | "unused188" | "unused189" | "unused190" | "unused191" | "unused192" | "unused193" | "unused194" | "unused195" | "unused196" | "unused197" | "unused198" | "unused199" | "unused200" | "unused201" | "unused202" | "unused203" | "unused204" | "unused205" | "unused206" | "unused207" | "unused208" | "unused209" | "unused210" | "unused211" | "unused212" | "unused213" | "unused214" | "unused215" | "unused216" | "unused217" | "unused218" | "unused219" | "unused220" | "unused221" | "unused222" | "unused223" | "unused224" | "unused225" | "unused226" | "unused227" | "unused228" | "unused229" | "unused230" | "unused231" | "unused232" | "unused233" | "unused234" | "unused235" | "unused236" | "unused237" | "unused238" | "unused239" | "unused240" | "unused241" | "unused242" | "unused243" | "unused244" | "unused245" | "unused246" | "unused247" | "unused248" | "unused249" | "unused250" | "unused251" | "unused252" | "unused253" | "unused254" | "unused255";
  vmid: number;
  volume: "rootfs" | "mp0" | "mp1" | "mp2" | "mp3" | "mp4" | "mp5" | "mp6" | "mp7" | "mp8" | "mp9" | "mp10" | "mp11" | "mp12" | "mp13" | "mp14" | "mp15" | "mp16" | "mp17" | "mp18" | "mp19" | "mp20" | "mp21" | "mp22" | "mp23" | "mp24" | "mp25" | "mp26" | "mp27" | "mp28" | "mp29" | "mp30" | "mp31" | "mp32" | "mp33" | "mp34" | "mp35" | "mp36" | "mp37" | "mp38" | "mp39" | "mp40" | "mp41" | "mp42" | "mp43" | "mp44" | "mp45" | "mp46" | "mp47" | "mp48" | "mp49" | "mp50" | "mp51" | "mp52" | "mp53" | "mp54" | "mp55" | "mp56" | "mp57" | "mp58" | "mp59" | "mp60" | "mp61" | "mp62" | "mp63" | "mp64" | "mp65" | "mp66" | "mp67" | "mp68" | "mp69" | "mp70" | "mp71" | "mp72" | "mp73" | "mp74" | "mp75" | "mp76" | "mp77" | "mp78" | "mp79" | "mp80" | "mp81" | "mp82" | "mp83" | "mp84" | "mp85" | "mp86" | "mp87" | "mp88" | "mp89" | "mp90" | "mp91" | "mp92" | "mp93" | "mp94" | "mp95" | "mp96" | "mp97" | "mp98" | "mp99" | "mp100" | "mp101" | "mp102" | "mp103" | "mp104" | "mp105" | "mp106" | "mp107" | "mp108" | "mp109" | "mp110" | "mp111" | "mp112" | "mp113" | "mp114" | "mp115" | "mp116" | "mp117" | "mp118" | "mp119" | "mp120" | "mp121" | "mp122" | "mp123" | "mp124" | "mp125" | "mp126" | "mp127" | "mp128" | "mp129" | "mp130" | "mp131" | "mp132" | "mp133" | "mp134" | "mp135" | "mp136" | "mp137" | "mp138" | "mp139" | "mp140" | "mp141" | "mp142" | "mp143" | "mp144" | "mp145" | "mp146" | "mp147" | "mp148" | "mp149" | "mp150" | "mp151" | "mp152" | "mp153" | "mp154" | "mp155" | "mp156" | "mp157" | "mp158" | "mp159" | "mp160" | "mp161" | "mp162" | "mp163" | "mp164" | "mp165" | "mp166" | "mp167" | "mp168" | "mp169" | "mp170" | "mp171" | "mp172" | "mp173" | "mp174" | "mp175" | "mp176" | "mp177" | "mp178" | "mp179" | "mp180" | "mp181" | "mp182" | "mp183" | "mp184" | "mp185" | "mp186" | "mp187" | "mp188" | "mp189" | "mp190" | "mp191" | "mp192" | "mp193" | "mp194" | "mp195" | "mp196" | "mp197" | "mp198" | "mp199" | "mp200" | "mp201" | "mp202" | "mp203" | "mp204" | "mp205" | "mp206" | "mp207" | "mp208" | "mp209" | "mp210" | "mp211" | "mp212" | "mp213" | "mp214" | "mp215" | "mp216" | "mp217" | "mp218" | "mp219" | "mp220" | "mp221" | "mp222" | "mp223" | "mp224" | "mp225" | "mp226" | "mp227" | "mp228" | "mp229" | "mp230" | "mp231" | "mp232" | "mp233" | "mp234" | "mp235" | "mp236" | "mp237" | "mp238" | "mp239" | "mp240" | "mp241" | "mp242" | "mp243" | "mp244" | "mp245" | "mp246" | "mp247" | "mp248" | "mp249" | "mp250" | "mp251" | "mp252" | "mp253" | "mp254" | "mp255" | "unused0" | "unused1" | "unused2" | "unused3" | "unused4" | "unused5" | "unused6" | "unused7" | "unused8" | "unused9" | "unused10" | "unused11" | "unused12" | "unused13" | "unused14" | "unused15" | "unused16" | "unused17" | "unused18" | "unused19" | "unused20" | "unused21" | "unused22" | "unused23" | "unused24" | "unused25" | "unused26" | "unused27" | "unused28" | "unused29" | "unused30" | "unused31" | "unused32" | "unused33" | "unused34" | "unused35" | "unused36" | "unused37" | "unused38" | "unused39" | "unused40" | "unused41" | "unused42" | "unused43" | "unused44" | "unused45" | "unused46" | "unused47" | "unused48" | "unused49" | "unused50" | "unused51" | "unused52" | "unused53" | "unused54" | "unused55" | "unused56" | "unused57" | "unused58" | "unused59" | "unused60" | "unused61" | "unused62" | "unused63" | "unused64" | "unused65" | "unused66" | "unused67" | "unused68" | "unused69" | "unused70" | "unused71" | "unused72" | "unused73" | "unused74" | "unused75" | "unused76" | "unused77" | "unused78" | "unused79" | "unused80" | "unused81" | "unused82" | "unused83" | "unused84" | "unused85" | "unused86" | "unused87" | "unused88" | "unused89" | "unused90" | "unused91" | "unused92" | "unused93" | "unused94" | "unused95" | "unused96" | "unused97" | "unused98" | "unused99" | "unused100" | "unused101" | "unused102" | "unused103" | "unused104" | "unused105" | "unused106" | "unused107" | "unused108" | "unused109" | "unused110" | "unused111" | "unused112" | "unused113" | "unused114" | "unused115" | "unused116" | "unused117" | "unused118" | "unused119" | "unused120" | "unused121" | "unused122" | "unused123" | "unused124" | "unused125" | "unused126" | "unused127" | "unused128" | "unused129" | "unused130" | "unused131" | "unused132" | "unused133" | "unused134" | "unused135" | "unused136" | "unused137" | "unused138" | "unused139" | "unused140" | "unused141" | "unused142" | "unused143" | "unused144" | "unused145" | "unused146" | "unused147" | "unused148" | "unused149" | "unused150" | "unused151" | "unused152" | "unused153" | "unused154" | "unused155" | "unused156" | "unused157" | "unused158" | "unused159" | "unused160" | "unused161" | "unused162" | "unused163" | "unused164" | "unused165" | "unused166" | "unused167" | "unused168" | "unused169" | "unused170" | "unused171" | "unused172" | "unused173" | "unused174" | "unused175" | "unused176" | "unused177" | "unused178" | "unused179" | "unused180" | "unused181" | "unused182" | "unused183" | "unused184" | "unused185" | "unused186" | "unused187" | "unused188" | "unused189" | "unused190" | "unused191" | "unused192" | "unused193" | "unused194" | "unused195" | "unused196" | "unused197" | "unused198" | "unused199" | "unused200" | "unused201" | "unused202" | "unused203" | "unused204" | "unused205" | "unused206" | "unused207" | "unused208" | "unused209" | "unused210" | "unused211" | "unused212" | "unused213" | "unused214" | "unused215" | "unused216" | "unused217" | "unused218" | "unused219" | "unused220" | "unused221" | "unused222" | "unused223" | "unused224" | "unused225" | "unused226" | "unused227" | "unused228" | "unused229" | "unused230" | "unused231" | "unused232" | "unused233" | "unused234" | "unused235" | "unused236" | "unused237" | "unused238" | "unused239" | "unused240" | "unused241" | "unused242" | "unused243" | "unused244" | "unused245" | "unused246" | "unused247" | "unused248" | "unused249" | "unused250" | "unused251" | "unused252" | "unused253" | "unused254" | "unused255";
}

export type PostNodesLxcMoveVolumeResult = string;

export interface PostNodesLxcMtunnelParams {
  bridges?: string | readonly string[];
  node: string;
  storages?: string | readonly string[];
  vmid: number;
}

export interface PostNodesLxcMtunnelResult {
  [key: string]: unknown;
  socket: string;
  ticket: string;
  upid: string;
}

export interface GetNodesLxcMtunnelwebsocketParams {
  node: string;
  socket: string;
  ticket: string;
  vmid: number;
}

export interface GetNodesLxcMtunnelwebsocketResult {
  [key: string]: unknown;
  port?: string;
  socket?: string;
}

export interface GetNodesLxcPendingParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcPendingResultItem {
  [key: string]: unknown;
  delete?: number;
  key: string;
  pending?: string;
  value?: string;
}

export type GetNodesLxcPendingResult = GetNodesLxcPendingResultItem[];

export interface TargetEndpointKeys {
  host: string;
  apitoken: string;
  port?: number;
  fingerprint?: string;
}

export interface PostNodesLxcRemoteMigrateParams {
  bwlimit?: number;
  delete?: boolean | 0 | 1;
  node: string;
  online?: boolean | 0 | 1;
  restart?: boolean | 0 | 1;
  "target-bridge": string | readonly string[];
  "target-endpoint": string | TargetEndpointKeys;
  "target-storage": string | readonly string[];
  "target-vmid"?: number;
  timeout?: number;
  vmid: number;
}

export type PostNodesLxcRemoteMigrateResult = string;

export interface PutNodesLxcResizeParams {
  digest?: string;
  disk: "rootfs" | "mp0" | "mp1" | "mp2" | "mp3" | "mp4" | "mp5" | "mp6" | "mp7" | "mp8" | "mp9" | "mp10" | "mp11" | "mp12" | "mp13" | "mp14" | "mp15" | "mp16" | "mp17" | "mp18" | "mp19" | "mp20" | "mp21" | "mp22" | "mp23" | "mp24" | "mp25" | "mp26" | "mp27" | "mp28" | "mp29" | "mp30" | "mp31" | "mp32" | "mp33" | "mp34" | "mp35" | "mp36" | "mp37" | "mp38" | "mp39" | "mp40" | "mp41" | "mp42" | "mp43" | "mp44" | "mp45" | "mp46" | "mp47" | "mp48" | "mp49" | "mp50" | "mp51" | "mp52" | "mp53" | "mp54" | "mp55" | "mp56" | "mp57" | "mp58" | "mp59" | "mp60" | "mp61" | "mp62" | "mp63" | "mp64" | "mp65" | "mp66" | "mp67" | "mp68" | "mp69" | "mp70" | "mp71" | "mp72" | "mp73" | "mp74" | "mp75" | "mp76" | "mp77" | "mp78" | "mp79" | "mp80" | "mp81" | "mp82" | "mp83" | "mp84" | "mp85" | "mp86" | "mp87" | "mp88" | "mp89" | "mp90" | "mp91" | "mp92" | "mp93" | "mp94" | "mp95" | "mp96" | "mp97" | "mp98" | "mp99" | "mp100" | "mp101" | "mp102" | "mp103" | "mp104" | "mp105" | "mp106" | "mp107" | "mp108" | "mp109" | "mp110" | "mp111" | "mp112" | "mp113" | "mp114" | "mp115" | "mp116" | "mp117" | "mp118" | "mp119" | "mp120" | "mp121" | "mp122" | "mp123" | "mp124" | "mp125" | "mp126" | "mp127" | "mp128" | "mp129" | "mp130" | "mp131" | "mp132" | "mp133" | "mp134" | "mp135" | "mp136" | "mp137" | "mp138" | "mp139" | "mp140" | "mp141" | "mp142" | "mp143" | "mp144" | "mp145" | "mp146" | "mp147" | "mp148" | "mp149" | "mp150" | "mp151" | "mp152" | "mp153" | "mp154" | "mp155" | "mp156" | "mp157" | "mp158" | "mp159" | "mp160" | "mp161" | "mp162" | "mp163" | "mp164" | "mp165" | "mp166" | "mp167" | "mp168" | "mp169" | "mp170" | "mp171" | "mp172" | "mp173" | "mp174" | "mp175" | "mp176" | "mp177" | "mp178" | "mp179" | "mp180" | "mp181" | "mp182" | "mp183" | "mp184" | "mp185" | "mp186" | "mp187" | "mp188" | "mp189" | "mp190" | "mp191" | "mp192" | "mp193" | "mp194" | "mp195" | "mp196" | "mp197" | "mp198" | "mp199" | "mp200" | "mp201" | "mp202" | "mp203" | "mp204" | "mp205" | "mp206" | "mp207" | "mp208" | "mp209" | "mp210" | "mp211" | "mp212" | "mp213" | "mp214" | "mp215" | "mp216" | "mp217" | "mp218" | "mp219" | "mp220" | "mp221" | "mp222" | "mp223" | "mp224" | "mp225" | "mp226" | "mp227" | "mp228" | "mp229" | "mp230" | "mp231" | "mp232" | "mp233" | "mp234" | "mp235" | "mp236" | "mp237" | "mp238" | "mp239" | "mp240" | "mp241" | "mp242" | "mp243" | "mp244" | "mp245" | "mp246" | "mp247" | "mp248" | "mp249" | "mp250" | "mp251" | "mp252" | "mp253" | "mp254" | "mp255";
  node: string;
  size: string;
  vmid: number;
}

export type PutNodesLxcResizeResult = string;

export interface GetNodesLxcRrdParams {
  cf?: "AVERAGE" | "MAX";
  ds: string | readonly string[];
  node: string;
  timeframe: "hour" | "day" | "week" | "month" | "year";
  vmid: number;
}

export interface GetNodesLxcRrdResult {
  [key: string]: unknown;
  filename: string;
}

export interface GetNodesLxcRrddataParams {
  cf?: "AVERAGE" | "MAX";
  node: string;
  timeframe: "hour" | "day" | "week" | "month" | "year";
  vmid: number;
}

export type GetNodesLxcRrddataResult = (Record<string, unknown>)[];

export interface GetNodesLxcSnapshotParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcSnapshotResultItem {
  [key: string]: unknown;
  description: string;
  name: string;
  parent?: string;
  snaptime?: number;
}

export type GetNodesLxcSnapshotResult = GetNodesLxcSnapshotResultItem[];

export interface PostNodesLxcSnapshotParams {
  description?: string;
  node: string;
  snapname: string;
  vmid: number;
}

export type PostNodesLxcSnapshotResult = string;

export interface GetNodesLxcSnapshotBySnapnameParams {
  node: string;
  snapname: string;
  vmid: number;
}

export type GetNodesLxcSnapshotBySnapnameResult = (Record<string, unknown>)[];

export interface DeleteNodesLxcSnapshotBySnapnameParams {
  force?: boolean | 0 | 1;
  node: string;
  snapname: string;
  vmid: number;
}

export type DeleteNodesLxcSnapshotBySnapnameResult = string;

export interface GetNodesLxcSnapshotConfigParams {
  node: string;
  snapname: string;
  vmid: number;
}

export type GetNodesLxcSnapshotConfigResult = Record<string, unknown>;

export interface PutNodesLxcSnapshotConfigParams {
  description?: string;
  node: string;
  snapname: string;
  vmid: number;
}

export type PutNodesLxcSnapshotConfigResult = null;

export interface PostNodesLxcSnapshotRollbackParams {
  node: string;
  snapname: string;
  start?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesLxcSnapshotRollbackResult = string;

export interface PostNodesLxcSpiceproxyParams {
  node: string;
  proxy?: string;
  vmid: number;
}

export interface PostNodesLxcSpiceproxyResult {
  [key: string]: unknown;
  host: string;
  password: string;
  proxy: string;
  "tls-port": number;
  type: string;
}

export interface GetNodesLxcStatusParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcStatusResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesLxcStatusResult = GetNodesLxcStatusResultItem[];

export interface GetNodesLxcStatusCurrentParams {
  node: string;
  vmid: number;
}

export interface GetNodesLxcStatusCurrentResult {
  [key: string]: unknown;
  cpu?: number;
  cpus?: number;
  disk?: number;
  diskread?: number;
  diskwrite?: number;
  ha: Record<string, unknown>;
  lock?: string;
  maxdisk?: number;
  maxmem?: number;
  maxswap?: number;
  mem?: number;
  name?: string;
  netin?: number;
  netout?: number;
  pressurecpusome?: number;
  pressureiofull?: number;
  pressureiosome?: number;
  pressurememoryfull?: number;
  pressurememorysome?: number;
  status: "stopped" | "running";
  tags?: string;
  template?: boolean;
  uptime?: number;
  vmid: number;
}

export interface PostNodesLxcStatusRebootParams {
  node: string;
  timeout?: number;
  vmid: number;
}

export type PostNodesLxcStatusRebootResult = string;

export interface PostNodesLxcStatusResumeParams {
  node: string;
  vmid: number;
}

export type PostNodesLxcStatusResumeResult = string;

export interface PostNodesLxcStatusShutdownParams {
  forceStop?: boolean | 0 | 1;
  node: string;
  timeout?: number;
  vmid: number;
}

export type PostNodesLxcStatusShutdownResult = string;

export interface PostNodesLxcStatusStartParams {
  debug?: boolean | 0 | 1;
  node: string;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesLxcStatusStartResult = string;

export interface PostNodesLxcStatusStopParams {
  node: string;
  /** Since 8.4. */
  "overrule-shutdown"?: boolean | 0 | 1;
  skiplock?: boolean | 0 | 1;
  vmid: number;
}

export type PostNodesLxcStatusStopResult = string;

export interface PostNodesLxcStatusSuspendParams {
  node: string;
  vmid: number;
}

export type PostNodesLxcStatusSuspendResult = string;

export interface PostNodesLxcTemplateParams {
  node: string;
  vmid: number;
}

export type PostNodesLxcTemplateResult = null;

export interface PostNodesLxcTermproxyParams {
  node: string;
  vmid: number;
}

export interface PostNodesLxcTermproxyResult {
  [key: string]: unknown;
  port: number;
  ticket: string;
  upid: string;
  user: string;
}

export interface PostNodesLxcVncproxyParams {
  height?: number;
  node: string;
  vmid: number;
  websocket?: boolean | 0 | 1;
  width?: number;
}

export interface PostNodesLxcVncproxyResult {
  [key: string]: unknown;
  cert: string;
  password?: string;
  port: number;
  ticket: string;
  upid: string;
  user: string;
}

export interface GetNodesLxcVncwebsocketParams {
  node: string;
  port: number;
  vmid: number;
  vncticket: string;
}

export interface GetNodesLxcVncwebsocketResult {
  [key: string]: unknown;
  port: string;
}
