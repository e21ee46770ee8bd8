import { die, parameterRefusal, Refusal } from "../refusal.ts";
import { challengeSchemas } from "../state/acme-challenges.ts";
import { connectProblem } from "../state/reach.ts";
import { options, type Section, splitList } from "../state/section-config.ts";
import { crudRoutes, directory } from "./crud.ts";
import { type Call, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

const PRODUCTION = "https://acme-v02.api.letsencrypt.org/directory";

const DIRECTORIES = [
  { name: "Let's Encrypt V2", url: PRODUCTION },
  { name: "Let's Encrypt V2 Staging", url: "https://acme-staging-v02.api.letsencrypt.org/directory" },
];

const TERMS = "https://letsencrypt.org/documents/LE-SA-v1.6.pdf";

/** What a certificate authority says of itself, if it can be reached at all. */
function metaOf(call: Call): Section {
  const url = text(call, "directory") ?? PRODUCTION;
  const known = DIRECTORIES.some((directory) => directory.url === url);
  const problem = connectProblem(call.state, url) ?? (known ? undefined : `Can't connect to ${url} (Not Found)`);
  if (problem !== undefined) {
    const why = /\(([^)]+)\)$/.exec(problem)?.[1];
    throw new Refusal(500, `Error: GET to ${url}`, {
      long: `Error: GET to ${url}\n${problem}\n\n${why} at /usr/share/perl5/LWP/Protocol/http.pm line 49.\n`,
    });
  }
  return { caaIdentities: ["letsencrypt.org"], termsOfService: TERMS, website: "https://letsencrypt.org" };
}

function accountName(call: Call): string {
  return text(call, "name") ?? "default";
}

function theAccount(call: Call): string {
  const name = accountName(call);
  if (!call.state.datacenter.acmeAccounts.has(name))
    throw parameterRefusal({ name: `ACME account config file '${name}' does not exist.` });
  return name;
}

function contacts(call: Call): string[] {
  return splitList(call.params.contact).map((address) => `mailto:${address}`);
}

function register(call: Call): { data: string } {
  const { acmeAccounts, internet } = call.state.datacenter;
  const name = accountName(call);
  const exists = `ACME account config file '${name}' already exists.`;
  if (acmeAccounts.has(name)) throw parameterRefusal({ name: exists });
  const directoryUrl = text(call, "directory") ?? PRODUCTION;
  const tos = text(call, "tos_url");
  const contact = contacts(call);
  return startTask(call, {
    node: call.state.entry.name,
    type: "acmeregister",
    id: "",
    weight: 1,
    work: (task) => {
      task.log.push("Generating ACME account key..", "Registering ACME account..");
      if (!internet) throw new Error(`Registration failed: Error: GET to ${directoryUrl}`);
      if (acmeAccounts.has(name)) throw new Error(exists);
      const location = `${directoryUrl.replace(/directory$/, "")}acme/acct/${1_000_000 + acmeAccounts.size}`;
      acmeAccounts.set(name, {
        directory: directoryUrl,
        location,
        ...(tos === undefined ? {} : { tos }),
        account: { contact, createdAt: new Date().toISOString(), status: "valid" },
      });
      task.log.push(`Registration successful, account URL: '${location}'`);
      return undefined;
    },
  });
}

function change(call: Call, deactivate: boolean): { data: string } {
  const { acmeAccounts } = call.state.datacenter;
  const name = theAccount(call);
  const contact = contacts(call);
  const what = deactivate ? "deactivate" : contact.length > 0 ? "update" : "refresh";
  return startTask(call, {
    node: call.state.entry.name,
    type: `acme${what}`,
    id: "",
    weight: 1,
    work: (task) => {
      const account = acmeAccounts.get(name);
      if (!account) throw new Error(`ACME account config file '${name}' does not exist.`);
      if (contact.length > 0) account.account.contact = contact;
      if (!deactivate) return undefined;
      const renamed = `_deactivated_${name}_0`;
      task.log.push(`Renaming account file from '/etc/pve/priv/acme/${name}' to '/etc/pve/priv/acme/${renamed}'`);
      acmeAccounts.delete(name);
      return undefined;
    },
  });
}

/** Base64 with either alphabet, as the plugin's values are sent. */
function decoded(value: unknown): string {
  return Buffer.from(String(value).replace(/-/g, "+").replace(/_/g, "/"), "base64").toString("utf8");
}

/** Certificates from authorities: accounts, plugins, what is known of them. */
export const acmeRoutes: readonly Route[] = [
  directory("/cluster/acme", "name", "account tos meta directories plugins challenge-schema"),
  { id: "GET /cluster/acme/directories", run: () => ({ data: DIRECTORIES }) },
  { id: "GET /cluster/acme/challenge-schema", run: () => ({ data: challengeSchemas() }) },
  { id: "GET /cluster/acme/tos", run: (call) => ({ data: metaOf(call).termsOfService }) },
  { id: "GET /cluster/acme/meta", run: (call) => ({ data: metaOf(call) }) },
  {
    id: "GET /cluster/acme/account",
    run: ({ state }) => ({ data: [...state.datacenter.acmeAccounts.keys()].sort().map((name) => ({ name })) }),
  },
  { id: "POST /cluster/acme/account", writes: true, run: register },
  {
    id: "GET /cluster/acme/account/{name}",
    run: (call) => ({ data: call.state.datacenter.acmeAccounts.get(theAccount(call)) }),
  },
  { id: "PUT /cluster/acme/account/{name}", writes: true, run: (call) => change(call, false) },
  { id: "DELETE /cluster/acme/account/{name}", writes: true, run: (call) => change(call, true) },
  ...crudRoutes({
    path: "/cluster/acme/plugins",
    id: "id",
    shown: "plugin",
    config: (call) => call.state.datacenter.acmePlugins,
    types: {
      dns: options("api", "data nodes disable validation-delay"),
      standalone: options("", "nodes disable"),
    },
    texts: {
      exists: (id) => `ACME plugin ID '${id}' already exists`,
      missing: (id) => `ACME plugin '${id}' not defined`,
      missingOnUpdate: (id) => `ACME plugin ID '${id}' does not exist`,
    },
    settle: (call, _, section, old) => {
      if (section.data !== undefined && section.data !== old?.data) section.data = decoded(section.data);
      const unknown = splitList(section.nodes).find((node) => !call.state.nodes.has(node));
      if (unknown !== undefined) throw die(`no such cluster node '${unknown}'`);
    },
  }),
];
