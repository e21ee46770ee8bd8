import type { TokenAuth } from "../config/cluster-config.ts";
import { type SecretName, secretNameText } from "../config/secret-name.ts";
import type { Send } from "../schema/operation.ts";
import { ABSENT, SecretReadOnlyError, type SecretStore, type SshIdentity, secretTexts } from "../secrets/index.ts";
import { type Hosts, makeKeyPair } from "../ssh/index.ts";
import { checkLogin, checkToken } from "./checks.ts";
import { AlreadyThereError } from "./errors.ts";
import type { Grant } from "./grants.ts";
import { hostSteps, type RootHost, takenOnHost } from "./host-steps.ts";
import type { Names } from "./names.ts";
import { freeTokenId } from "./names.ts";
import { pveSteps, readAccess } from "./pve-steps.ts";
import type { PveWay } from "./pve-way.ts";
import type { Step } from "./steps.ts";
import { SUDO_FAMILIES, type SudoReach, sudoRules } from "./sudo-rules.ts";

type Caller = Parameters<Hosts["exec"]>[0];

/** A token that is wanted. */
interface WantedToken {
  way: PveWay;
  secret: SecretName<"token">;
  /** The rights, of which the host knows these privileges. */
  grants(known: ReadonlySet<string>): readonly Grant[];
  /** Seconds since the epoch. */
  expire?: number | undefined;
  /** A way to the API with the new token. */
  connect(token: TokenAuth): { send: Send; close(): Promise<void> };
}

/** A user over SSH that is wanted. */
export interface WantedLogin {
  host: RootHost;
  secret: SecretName<"ssh">;
  reach: SudoReach;
  families?: readonly string[] | undefined;
  /** Of the node, as the connection that is used now has found it. */
  expectedHostKeys: readonly string[];
  /** A way to the node with the new key. */
  connect(identity: SshIdentity): { hosts: Hosts; caller: Caller };
}

export interface Enrolment {
  names: Names;
  token?: WantedToken | undefined;
  login?: WantedLogin | undefined;
  /** Where the secrets go; absent where the caller hands them on. */
  store?: SecretStore | undefined;
  /** Hears of every secret as soon as there is one. */
  keep(secret: string): void;
}

/** What came of an enrolment; the secrets in it are for the caller alone. */
export interface Enrolled {
  token?: TokenAuth;
  identity?: SshIdentity;
  userid?: string;
  tokenName?: string;
  grants?: readonly Grant[];
  sshUser?: string;
  node?: string;
  /** Of the new key. */
  fingerprint?: string;
  stored: { secret: string; place: string }[];
}

export interface Prepared<T> {
  steps: Step[];
  /** Filled while the steps are carried out. */
  outcome: T;
}

/** Looks whether everything can be made, changes nothing, and gives the steps; throws where something is there already. */
export async function prepareEnrolment({ names, token, login, store, keep }: Enrolment): Promise<Prepared<Enrolled>> {
  const outcome: Enrolled = { stored: [] };
  const taken: string[] = [];
  if (store && !store.writable) throw new SecretReadOnlyError(store.place);
  for (const secret of [token?.secret, login?.secret]) {
    if (store && secret && (await store.read(secret)) !== undefined) {
      taken.push(`the secret ${secretNameText(secret)} in ${store.place}`);
    }
  }
  const steps: Step[] = [];
  if (token) {
    const { users, roles, known } = await readAccess(token.way);
    const grants = token.grants(known);
    if (users.has(names.userid)) taken.push(`the user ${names.userid}`);
    for (const { path, below } of grants) {
      const role = names.role(path, below);
      if (roles.has(role)) taken.push(`the role ${role}`);
    }
    const tokenId = freeTokenId([]);
    const tokenName = `${names.userid}!${tokenId}`;
    Object.assign(outcome, { userid: names.userid, tokenName, grants });
    const made = (auth: TokenAuth) => {
      keep(auth.secret);
      outcome.token = auth;
    };
    steps.push(...(await pveSteps(token.way, { names, grants, tokenId, expire: token.expire, made })), {
      what: `check of ${tokenName}`,
      lines: [`GET /version, GET /access/permissions (as ${tokenName})`],
      do: async () => {
        const { send, close } = token.connect(outcome.token!);
        try {
          await checkToken(send, tokenName, grants);
        } finally {
          await close();
        }
      },
    });
  }
  if (login) {
    const { host, reach, families = SUDO_FAMILIES } = login;
    taken.push(...(await takenOnHost(host, names, { expressions: reach !== "all" })));
    const { privateKey, publicKey, fingerprint } = await makeKeyPair(`${names.name}@${host.node}`);
    keep(privateKey);
    const { expectedHostKeys } = login;
    const identity: SshIdentity = { username: names.sshUser, privateKey, expectedHostKeys };
    for (const text of secretTexts(identity)) keep(text);
    Object.assign(outcome, { sshUser: names.sshUser, node: host.node, fingerprint });
    steps.push(...hostSteps(host, { names, publicKey, rules: sudoRules(names.sshUser, reach, families) }), {
      what: `login of ${names.sshUser} on ${host.node}`,
      lines: [`pvesh get /version (as ${names.sshUser}, by sudo)`],
      do: async () => {
        const { hosts, caller } = login.connect(identity);
        try {
          await checkLogin(hosts, caller, host.node);
          outcome.identity = identity;
        } finally {
          // Its user could not be removed while it is logged in.
          await hosts.close();
        }
      },
    });
  }
  if (taken.length > 0) throw new AlreadyThereError(taken, names.name);
  if (store) {
    if (token) steps.push(storeStep(store, token.secret, () => outcome.token!, outcome));
    if (login) steps.push(storeStep(store, login.secret, () => outcome.identity!, outcome));
  }
  return { steps, outcome };
}

function storeStep<K extends "token" | "ssh">(
  store: SecretStore,
  secret: SecretName<K>,
  value: () => Parameters<typeof store.write<K>>[1],
  outcome: Enrolled,
): Step {
  const text = secretNameText(secret);
  return {
    what: `secret ${text}`,
    lines: [`store ${text} in ${store.place}`],
    do: async () => {
      await store.write(secret, value(), { expect: ABSENT });
      outcome.stored.push({ secret: text, place: store.place });
    },
    undo: async () => void (await store.remove(secret)),
    undoLines: [`remove ${text} from ${store.place}`],
  };
}
