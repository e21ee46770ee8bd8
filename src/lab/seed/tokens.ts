import { randomUUID } from "node:crypto";
import { callerName, ROOT } from "../permissions/caller.ts";
import { PRIVILEGES } from "../permissions/roles.ts";
import type { ClusterState } from "../state/cluster.ts";

/** A token as a client is given it. */
export interface TokenIdentity {
  user: string;
  realm: string;
  id: string;
  secret: string;
}

/** Adds a token with privileges by path, which hold below it too; the nearest path decides. */
export type AddToken = (
  identity: Omit<TokenIdentity, "secret">,
  acl: Readonly<Record<string, readonly string[]>>,
) => TokenIdentity;

/** The role of exactly these privileges: a built-in one where there is one, else one made for it. */
function roleOf({ access }: ClusterState, privileges: readonly string[]): string {
  const wanted = [...new Set(privileges)].sort().join();
  for (const [role, held] of access.roles) if ([...held].sort().join() === wanted) return role;
  const role = `Custom${access.roles.size}`;
  access.roles.set(role, new Set(privileges));
  return role;
}

/** Adds the token with all rights and root@pam's password; gives a way to add further tokens. */
export function plantTokens(
  state: ClusterState,
  options: { token?: Partial<TokenIdentity>; rootPassword?: string },
): { addToken: AddToken; token: TokenIdentity; rootPassword: string } {
  const { access } = state;
  const rootPassword = options.rootPassword ?? randomUUID();
  access.addUser(ROOT, { password: rootPassword });

  const addToken: AddToken = ({ user, realm, id }, acl) => {
    const userid = callerName({ user, realm });
    const { secret } = access.addToken(userid, id);
    for (const [path, privileges] of Object.entries(acl)) {
      access.grant(path, "tokens", `${userid}!${id}`, roleOf(state, privileges));
      // A token has at most its owner's rights, so the owner has them all.
      if (userid !== ROOT) access.grant("/", "users", userid, roleOf(state, PRIVILEGES));
    }
    return { user, realm, id, secret };
  };

  const { user = "root", realm = "pam", id = "lab" } = options.token ?? {};
  const userid = callerName({ user, realm });
  const { secret } = access.addToken(userid, id, {
    privsep: false,
    ...(options.token?.secret === undefined ? {} : { secret: options.token.secret }),
  });
  if (userid !== ROOT) access.grant("/", "users", userid, roleOf(state, PRIVILEGES));
  return { addToken, token: { user, realm, id, secret }, rootPassword };
}
