/** How a text becomes the words that are indexed and looked for: one reading for both sides. */

/** Phrases that mean one thing, put in one word before anything else is read. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bvirtual[ -]?machines?\b/g, "vm"],
  [/\bhigh(ly)?[ -]availab(le|ility)\b/g, "ha"],
  [/\b(power(ed)?|switch(ed)?|turn(ed)?)[ -](it )?on\b/g, "start"],
  [/\b(power(ed)?|switch(ed)?|turn(ed)?)[ -](it )?off\b/g, "stop shutdown"],
  [/\bshut(ting|s)?[ -]?downs?\b/g, "shutdown"],
  [/\bback(ed|ing|s)?[ -]ups?\b/g, "backup"],
  [/\blogg(ed|ing)[ -]in\b/g, "login user"],
  [/\broll(s|ed|ing)?[ -]back\b/g, "rollback"],
  [/\bset(ting|s)?[ -]up\b/g, "create"],
  [/\bget(s|ting)? rid of\b/g, "delete"],
  [/\blet'?s[ -]?encrypt\b/g, "acme"],
  [/\bactive[ -]directory\b/g, "ad ldap"],
  [/\btwo[ -]factor\b/g, "tfa"],
  [/\btime[ -]?zones?\b/g, "timezone"],
  [/\bhost[ -]?names?\b/g, "hostname"],
  [/\bname[ -]?servers?\b/g, "dns"],
  [/\bcloud[ -]?init\b/g, "cloudinit"],
  [/\bwake[ -]on[ -]lan\b|\bwol\b/g, "wakeonlan"],
  [/\bfire[ -]?walls?\b/g, "firewall"],
  [/\bguest[ -]agents?\b/g, "agent"],
  [/\bfile[ -]?systems?\b/g, "filesystem"],
  [/\b(over|in|for|of|during) the (last|past) (\w+ )?(hour|day|week|month|year)s?\b|\bover time\b/g, "history"],
  [/\boperating systems?\b/g, "os"],
  [/\bproxmox backup servers?\b/g, "pbs"],
];

/** Words that mean the same to an operator, by the word that stands for all of them. */
const SAME: Readonly<Record<string, string>> = {
  vm: "vms qemu kvm machine",
  container: "ct lxc cts containers",
  node: "host hypervisor hosts server",
  delete: "destroy remove drop erase purge",
  create: "add new make define register",
  config: "configuration configure settings setting option",
  change: "set update edit modify alter adjust put enable disable",
  show: "list get see view look find display check read browse inspect",
  start: "boot launch",
  stop: "kill halt",
  reboot: "restart",
  move: "migrate relocate transfer migration",
  copy: "clone duplicate",
  rollback: "revert",
  grow: "resize extend enlarge increase expand bigger",
  memory: "ram mem balloon",
  cpu: "processor core vcpu socket",
  disk: "drive harddisk hdd ssd rootfs",
  network: "net nic interface lan networking iface",
  ip: "address ipv4 ipv6 addresse",
  password: "passwd passphrase",
  permission: "privilege right acl",
  certificate: "cert ssl tls https",
  log: "logs syslog",
  journal: "journalctl systemd",
  history: "rrddata past statistic graph",
  usage: "load utilisation utilization consumption",
  status: "state health running",
  schedule: "scheduled cron nightly daily weekly regular timer",
  backup: "vzdump",
  prune: "retention keep",
  passthrough: "iommu gpu",
  notification: "alert notify mail email",
  tfa: "2fa otp totp mfa",
  user: "account login userid",
  token: "tokenid apitoken",
  realm: "domain ldap authentication ad",
  task: "upid job",
  console: "vnc novnc terminal xterm termproxy vncproxy shell",
  space: "free capacity",
  cluster: "datacenter",
  package: "apt packages deb",
  upgrade: "patch updates",
  service: "daemon systemctl",
  rule: "port",
  apply: "reload commit ifreload",
  storage: "datastore store",
  iso: "image",
  snapshot: "snap snapshots",
  template: "templates",
  resource: "inventory",
  quorum: "quorate pvecm corosync",
  pause: "suspend hibernate",
  resume: "unpause wake",
  os: "osinfo",
  mdev: "vgpu mediated",
  type: "model kind",
  wipe: "erase",
  discard: "revert unapplied undo",
};

const STOP_WORDS: ReadonlySet<string> = new Set(
  "a an and any are as at be but by can could do does for from has have how i if in into is it its let me might my no not of on one or our please should so some that the their them then there these this to us want was we were what when where which who why will with would you your need via per through using use whether also its more than too other already now".split(
    " ",
  ),
);

/** The sense that a word shares with others; no word begins with this sign. */
const SENSES: ReadonlyMap<string, string> = new Map(
  Object.entries(SAME).flatMap(([word, others]) =>
    [word, ...others.split(" ")].map((other) => [stem(other), `=${word}`] as const),
  ),
);

const ACTS: ReadonlySet<string> = new Set(
  "create change delete start stop move copy grow rollback apply pause resume wipe discard backup prune"
    .split(" ")
    .map((sense) => `=${sense}`),
);

/** How much a question asks for what is, in the place of what is to be done: 0, 1 or 2. */
export function curiosity(question: string): 0 | 1 | 2 {
  if (
    /^\s*(which|what|whats|who|whose|is|are|can|why|does|do|has|have|how (much|many|full|long)|list|show|get|read|view|see|find|check)\b/i.test(
      question,
    )
  )
    return 2;
  return wordsOf(question).some((word) => ACTS.has(word)) ? 0 : 1;
}

/** Whether a word is told by its sense too, which says most of what is meant. */
export const hasSense = (word: string): boolean => SENSES.has(word);

/** Cuts the endings of English off; wrong stems do no harm, as both sides are cut alike. */
function stem(word: string): string {
  if (word.length <= 3) return word;
  return word
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh)es$/, "$1")
    .replace(/([^su])s$/, "$1")
    .replace(/(?<=[a-z]{3})(ing|ed|ation|ate|ions?|ment|ly)$/, "")
    .replace(/([bdgmnprt])\1$/, "$1")
    .replace(/(?<=[a-z]{3})e$/, "");
}

/** The words of a text, in order: lower case, without endings, numbers and what every sentence has. */
export function wordsOf(text: string): string[] {
  let plain = text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/['’]s\b/g, "");
  for (const [phrase, word] of PHRASES) plain = plain.replace(phrase, word);
  return plain
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && !/^\d+$/.test(word) && !STOP_WORDS.has(word))
    .map((word) => word.replace(/^([a-z]{2,})\d+$/, "$1"))
    .map(stem)
    .flatMap((word) => (SENSES.has(word) ? [SENSES.get(word)!, word] : [word]));
}
