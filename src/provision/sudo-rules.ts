/** What the user over SSH may do as root. */
export const SUDO_REACHES = ["cli", "files", "all"] as const;
export type SudoReach = (typeof SUDO_REACHES)[number];

/** Where Proxmox VE keeps its command-line families. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "/usr/sbin": ["qm", "pct", "pvesm", "pveum", "ha-manager"],
  "/usr/bin": ["pvesh", "pvenode", "pvecm", "pveceph", "pvesr", "vzdump", "apt"],
};

/** Families that a user may be let run as root. */
export const SUDO_FAMILIES: readonly string[] = Object.values(FOLDERS).flat();

/** The first version of sudo that reads regular expressions. */
const SUDO_WITH_EXPRESSIONS = [1, 9, 10] as const;

/**
 * A file for `/etc/sudoers.d`: the commands that this server runs, with the `timeout` that ends them, and nothing else
 * (docs/security.md). sudo compares the arguments as one text, so every program has its whole path.
 */
export function sudoRules(user: string, reach: SudoReach, families: readonly string[] = SUDO_FAMILIES): string {
  const head = [
    "# Made by proxmox-mcp admin enroll; proxmox-mcp admin deprovision removes it.",
    `Defaults:${user} env_reset, !requiretty, secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"`,
  ];
  const may = (command: string) => `${user} ALL=(root) NOPASSWD: ${command}`;
  if (reach === "all") return `${[...head, may("ALL")].join("\n")}\n`;
  const programs = Object.entries(FOLDERS).flatMap(([folder, names]) => {
    const chosen = names.filter((name) => families.includes(name));
    return chosen.length === 0 ? [] : [`${folder}/(${chosen.join("|")})`];
  });
  return `${[
    ...head,
    may(`/usr/bin/timeout ^-k 2 [0-9.]+ (${programs.join("|")})( .*)?$`),
    may("/usr/bin/pkill ^-TERM -f .timeout -k 2 [0-9.]+$"),
    ...(reach === "files" ? [may('/usr/lib/openssh/sftp-server ""')] : []),
  ].join("\n")}\n`;
}

/** Whether a version of sudo, `1.9.16p2`, is not too old for the rules. */
export function readsExpressions(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.p]/).map(Number);
  const [a, b, c] = SUDO_WITH_EXPRESSIONS;
  return major !== a ? major > a : minor !== b ? minor > b : patch >= c;
}
