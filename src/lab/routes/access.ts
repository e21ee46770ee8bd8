import { accessAclRoutes } from "./access-acl.ts";
import { accessDomainRoutes } from "./access-domains.ts";
import { accessGroupRoutes, accessRoleRoutes } from "./access-groups.ts";
import { accessPasswordRoutes } from "./access-password.ts";
import { accessTfaRoutes } from "./access-tfa.ts";
import { accessTicketRoutes } from "./access-ticket.ts";
import { accessTokenRoutes } from "./access-tokens.ts";
import { accessUserRoutes } from "./access-users.ts";
import type { Route } from "./route.ts";

const CHILDREN = ["users", "groups", "roles", "acl", "domains", "openid", "tfa", "ticket", "password"];

/** Operations on users, rights and logins. */
export const accessRoutes: readonly Route[] = [
  { id: "GET /access", run: () => ({ data: CHILDREN.map((subdir) => ({ subdir })) }) },
  ...accessUserRoutes,
  ...accessTokenRoutes,
  ...accessGroupRoutes,
  ...accessRoleRoutes,
  ...accessAclRoutes,
  ...accessDomainRoutes,
  ...accessTfaRoutes,
  ...accessTicketRoutes,
  ...accessPasswordRoutes,
];
