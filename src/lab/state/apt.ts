import { createHash } from "node:crypto";
import { die } from "../refusal.ts";
import type { HostProfile, LabPackage } from "./host-profile.ts";

export interface LabRepository {
  Types: string[];
  URIs: string[];
  Suites: string[];
  Components: string[];
  Enabled: 0 | 1;
  FileType: "list" | "sources";
}

interface SourceFile {
  path: string;
  repositories: LabRepository[];
}

interface StandardRepository {
  handle: string;
  name: string;
  file: string;
  uri: string;
  component: string;
}

const SUITE = "trixie";
const ENTERPRISE = "https://enterprise.proxmox.com/debian";
const FREE = "http://download.proxmox.com/debian";

function standard(handle: string, name: string, uri: string, file: string, component: string): StandardRepository {
  return { handle, name, uri, component, file: `/etc/apt/sources.list.d/${file}.sources` };
}

/** Repositories that the server knows by a handle. */
const STANDARD: readonly StandardRepository[] = [
  standard("enterprise", "Enterprise", `${ENTERPRISE}/pve`, "pve-enterprise", "pve-enterprise"),
  standard("no-subscription", "No-Subscription", `${FREE}/pve`, "proxmox", "pve-no-subscription"),
  standard("test", "Test", `${FREE}/pve`, "pve-test", "pve-test"),
  standard("ceph-squid-enterprise", "Ceph Squid Enterprise", `${ENTERPRISE}/ceph-squid`, "ceph", "enterprise"),
  standard("ceph-squid-no-subscription", "Ceph Squid No-Subscription", `${FREE}/ceph-squid`, "ceph", "no-subscription"),
  standard("ceph-squid-test", "Ceph Squid Test", `${FREE}/ceph-squid`, "ceph", "test"),
];

function repository(uri: string, suites: string[], components: string[]): LabRepository {
  return { Types: ["deb"], URIs: [uri], Suites: suites, Components: components, Enabled: 1, FileType: "sources" };
}

function ordinarySources(): SourceFile[] {
  const debian = ["main", "contrib", "non-free-firmware"];
  return [
    {
      path: "/etc/apt/sources.list.d/debian.sources",
      repositories: [
        repository("http://deb.debian.org/debian", [SUITE, `${SUITE}-updates`], debian),
        repository("http://security.debian.org/debian-security", [`${SUITE}-security`], debian),
      ],
    },
    {
      path: "/etc/apt/sources.list.d/proxmox.sources",
      repositories: [repository(`${FREE}/pve`, [SUITE], ["pve-no-subscription"])],
    },
  ];
}

/** Software of a node: what is installed, what could be, and where it comes from. */
export class AptState {
  readonly #packages: readonly LabPackage[];
  readonly #files: SourceFile[];
  /** Seconds since the epoch when the lists were last fetched. */
  refreshed = 0;

  constructor(profile: HostProfile) {
    this.#packages = profile.packages;
    this.#files = profile.sources ? ordinarySources() : [];
  }

  find(name: string): LabPackage | undefined {
    return this.#packages.find((known) => known.name === name);
  }

  #row({ name, title, section, origin, arch, installed, candidate }: LabPackage): Record<string, unknown> {
    return {
      Package: name,
      Title: title,
      Description: `${title} (${name})`,
      Version: candidate,
      ...(installed === undefined ? {} : { OldVersion: installed }),
      Arch: arch ?? "amd64",
      Section: section,
      Priority: "optional",
      Origin: origin,
    };
  }

  /** Packages with a newer version than the installed one. */
  updates(): Record<string, unknown>[] {
    return this.#packages
      .filter(({ installed, candidate }) => installed !== undefined && installed !== candidate)
      .map((known) => this.#row(known));
  }

  /** The packages that matter to the server, installed or not. */
  versions(extra: Readonly<Record<string, Record<string, string>>>): Record<string, unknown>[] {
    return this.#packages
      .filter((known) => known.listed)
      .map((known) => ({
        ...this.#row(known),
        CurrentState: known.installed === undefined ? "NotInstalled" : "Installed",
        ...extra[known.name],
      }));
  }

  /** SHA-256 over all source files; zeros when there are none. */
  get digest(): string {
    if (this.#files.length === 0) return "0".repeat(64);
    return createHash("sha256").update(JSON.stringify(this.#files)).digest("hex");
  }

  repositories(): Record<string, unknown> {
    return {
      digest: this.digest,
      errors: [],
      infos: this.#infos(),
      files: this.#files.map((file) => ({
        path: file.path,
        "file-type": "sources",
        digest: [...createHash("sha256").update(JSON.stringify(file)).digest()],
        repositories: file.repositories,
      })),
      "standard-repos":
        this.#files.length === 0
          ? []
          : STANDARD.map((known) => {
              const found = this.#configured(known);
              return {
                handle: known.handle,
                name: known.name,
                description: `The ${known.name} repository.`,
                ...(found ? { status: found.Enabled } : {}),
              };
            }),
    };
  }

  #infos(): Record<string, unknown>[] {
    return this.#files.flatMap((file) =>
      file.repositories.map((_, index) => ({
        path: file.path,
        index: String(index),
        kind: "origin",
        property: "Suites",
        message: file.path.endsWith("debian.sources") ? "Debian" : "Proxmox",
      })),
    );
  }

  #configured(known: StandardRepository): LabRepository | undefined {
    return this.#files
      .flatMap((file) => file.repositories)
      .find(({ URIs, Components }) => URIs.includes(known.uri) && Components.includes(known.component));
  }

  #checkDigest(digest: string | undefined): void {
    if (digest !== undefined && digest !== this.digest)
      throw die("detected modified configuration - file changed by other user? Try again.");
  }

  /** Turns one repository on or off. */
  change(path: string, index: number, enabled: boolean | undefined, digest: string | undefined): void {
    this.#checkDigest(digest);
    const file = this.#files.find((known) => known.path === path);
    if (!file) throw die(`invalid path - ${path}`);
    const found = file.repositories[index];
    if (!found) throw die(`invalid index - ${index}`);
    if (enabled !== undefined) found.Enabled = enabled ? 1 : 0;
  }

  /** Adds a repository by its handle, or turns it on where it is there. */
  add(handle: string, digest: string | undefined): void {
    this.#checkDigest(digest);
    const known = STANDARD.find((standardOne) => standardOne.handle === handle);
    if (!known) throw die(`invalid repository handle - ${handle}`);
    const found = this.#configured(known);
    if (found) {
      if (found.Enabled === 1) throw die("already configured");
      found.Enabled = 1;
      return;
    }
    const added = repository(known.uri, [SUITE], [known.component]);
    const file = this.#files.find(({ path }) => path === known.file);
    if (file) file.repositories.push(added);
    else this.#files.push({ path: known.file, repositories: [added] });
  }
}
