import { isDeepStrictEqual } from "node:util";
import { deleteAccessUsersTokenByTokenid } from "../../generated/clients/access-users.ts";
import { getVersion } from "../../generated/clients/version.ts";
import type { TokenAuth } from "../config/cluster-config.ts";
import { type SecretName, secretNameText } from "../config/secret-name.ts";
import type { Send } from "../schema/operation.ts";
import {
  SecretMissingError,
  SecretReadOnlyError,
  type SecretStore,
  type SshIdentity,
  type StoredSecret,
  secretTexts,
} from "../secrets/index.ts";
import { type Hosts, makeKeyPair } from "../ssh/index.ts";
import { checkLogin, rightsOf } from "./checks.ts";
import type { Prepared } from "./enroll.ts";
import { ProvisionError } from "./errors.ts";
import { keyLine, type RootHost } from "./host-steps.ts";
import { freeTokenId, namesOf } from "./names.ts";
import { aclStep, readAccess, removed, tokenIds, tokenStep } from "./pve-steps.ts";
import { lineOf, type PveWay, type Request } from "./pve-way.ts";
import type { Step } from "./steps.ts";

type Caller = Parameters<Hosts["exec"]>[0];

/** A credential that was replaced. */
export interface Rotated {
  secret: string;
  /** The old one, e.g. `mcp@pve!server` or a key's fingerprint. */
  from: string;
  to: string;
}

/** What is done once the new one is stored: the old one goes, and nothing is taken back any more. */
export interface Rotation extends Prepared<Rotated> {
  /** Removes the old one. */
  retire: Step;
}

const NEW = "made by proxmox-mcp admin rotate";

export interface TokenRotation {
  way: PveWay;
  store: SecretStore;
  secret: SecretName<"token">;
  /** Seconds since the epoch, 0 for never; as the old one when absent, which then must not end. */
  expire?: number | undefined;
  connect(token: TokenAuth): { send: Send; close(): Promise<void> };
  keep(secret: string): void;
}

/** A new token with the rights of the old one: made, tried, stored; then the old one may go. */
export async function prepareTokenRotation(wanted: TokenRotation): Promise<Rotation> {
  const { way, store, secret, connect, keep } = wanted;
  const text = secretNameText(secret);
  const old = await readStored(store, secret);
  const userid = `${old.value.user}@${old.value.realm}`;
  const oldName = `${userid}!${old.value.id}`;
  const rows = await tokenIds(way, userid);
  const row = rows.find(({ tokenid }) => tokenid === old.value.id);
  if (!row) {
    throw new ProvisionError({
      code: "not-there",
      message: `The token ${oldName} of the secret ${text} is not on the host. Nothing was changed.`,
      next: "Is this the right cluster? Otherwise remove the secret with proxmox-mcp admin deprovision, and enroll anew.",
    });
  }
  const ends = Number(row.expire ?? 0);
  if (ends !== 0 && wanted.expire === undefined) {
    throw new ProvisionError({
      code: "expiry-needed",
      message: `${oldName} ends at ${new Date(ends * 1000).toISOString()}. Nothing was changed.`,
      next: "Say when the new one is to end: --expire 90d, a date, or never.",
    });
  }
  const entries = (await readAccess(way)).acl.filter(({ type, ugid }) => type === "token" && ugid === oldName);
  const id = freeTokenId(rows.map(({ tokenid }) => String(tokenid)));
  const name = `${userid}!${id}`;
  let token: TokenAuth | undefined;
  const made = (auth: TokenAuth) => {
    keep(auth.secret);
    token = auth;
  };
  const privsep = row.privsep === undefined || Number(row.privsep) === 1 || row.privsep === true;
  const steps = [
    await tokenStep(way, {
      userid,
      tokenId: id,
      comment: NEW,
      expire: wanted.expire || undefined,
      privsep,
      made,
    }),
  ];
  for (const { path, roleid, propagate } of entries) {
    steps.push(await aclStep(way, { path, below: propagate, role: roleid, tokens: name }));
  }
  steps.push(
    {
      what: `check of ${name}`,
      lines: [`GET /version, GET /access/permissions (as ${name}, and as ${oldName})`],
      do: async () => {
        const [now, before] = await Promise.all(
          [token!, old.value].map(async (auth) => {
            const { send, close } = connect(auth);
            try {
              await getVersion(send);
              return await rightsOf(send);
            } catch (error) {
              // An old one that has ended is a reason to rotate, and nothing to compare with.
              if (auth === token) throw error;
              return undefined;
            } finally {
              await close();
            }
          }),
        );
        if (before !== undefined && !isDeepStrictEqual(now, before)) {
          throw new ProvisionError({
            code: "rights-differ",
            message: `${name} does not hold the same rights as ${oldName}.`,
            next: "Somebody else changed the rights meanwhile, it seems: try again.",
          });
        }
      },
    },
    swapStep(store, secret, old, () => token!),
  );
  const back: Request = (send) => deleteAccessUsersTokenByTokenid(send, { userid, tokenid: old.value.id });
  return {
    steps,
    outcome: { secret: text, from: oldName, to: name },
    retire: { what: `token ${oldName}`, lines: [await lineOf(way, back)], do: () => removed(way, back) },
  };
}

export interface KeyRotation {
  host: RootHost;
  store: SecretStore;
  secret: SecretName<"ssh">;
  connect(identity: SshIdentity): { hosts: Hosts; caller: Caller };
  keep(secret: string): void;
}

/** A new key beside the old one: put there, tried, stored; then the old one may go. */
export async function prepareKeyRotation({ host, store, secret, connect, keep }: KeyRotation): Promise<Rotation> {
  const { node, session } = host;
  const text = secretNameText(secret);
  const old = await readStored(store, secret);
  const { username } = old.value;
  // Only users that were enrolled have a file of their own.
  const path = `${namesOf(username).home}/.ssh/authorized_keys`;
  const before = Buffer.from((await session.readFile({ path, maxBytes: 65_536 })).bytes).toString("utf8");
  const { privateKey, publicKey, fingerprint } = await makeKeyPair(`${username}@${node}`);
  const identity: SshIdentity = { username, privateKey, expectedHostKeys: old.value.expectedHostKeys };
  for (const one of secretTexts(identity)) keep(one);
  const write = async (content: string) => void (await session.writeFile({ path, bytes: Buffer.from(content) }));
  const lines = (what: string) => [`write ${path}: ${what}`];
  const line = `${keyLine(publicKey)}\n`;
  return {
    steps: [
      {
        what: `new key of ${username} on ${node}`,
        lines: lines("the old keys and the new one"),
        do: () => write(`${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${line}`),
        undo: () => write(before),
        undoLines: lines("the old keys"),
      },
      {
        what: `login of ${username} on ${node}`,
        lines: [`pvesh get /version (as ${username}, by sudo, with the new key)`],
        do: async () => {
          const { hosts, caller } = connect(identity);
          try {
            await checkLogin(hosts, caller, node);
          } finally {
            await hosts.close();
          }
        },
      },
      swapStep(store, secret, old, () => identity),
    ],
    outcome: { secret: text, from: "the old key", to: fingerprint },
    retire: { what: `old key of ${username} on ${node}`, lines: lines("the new key alone"), do: () => write(line) },
  };
}

async function readStored<K extends "token" | "ssh">(
  store: SecretStore,
  secret: SecretName<K>,
): Promise<StoredSecret<K>> {
  if (!store.writable) throw new SecretReadOnlyError(store.place);
  const found = await store.read(secret);
  if (!found) throw new SecretMissingError(secretNameText(secret), store, (await store.list()).map(secretNameText));
  return found;
}

/** The new one takes the old one's place in the store, if that is still the old one. */
function swapStep<K extends "token" | "ssh">(
  store: SecretStore,
  secret: SecretName<K>,
  old: StoredSecret<K>,
  value: () => StoredSecret<K>["value"],
): Step {
  const text = secretNameText(secret);
  const expect = old.version === undefined ? {} : { expect: old.version };
  return {
    what: `secret ${text}`,
    lines: [`store ${text} in ${store.place}, in the place of the old one`],
    do: async () => void (await store.write(secret, value(), expect)),
    undo: async () => void (await store.write(secret, old.value)),
    undoLines: [`store the old ${text} in ${store.place}`],
  };
}
